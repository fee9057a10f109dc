package dev.claudometer.cli.agent;

import dev.claudometer.app.process.Surroundings;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A program of the system that is run silently.
record SystemCommand(Surroundings surroundings) {

  private static final int PATIENCE_SECONDS = 30;

  /// Runs commands, each whatever became of the others.
  ///
  /// @return those that did not work, empty where all did
  List<List<String>> failing(List<List<String>> commands) {
    return commands.stream().filter(command -> !works(command)).toList();
  }

  private boolean works(List<String> command) {
    var builder =
        new ProcessBuilder(command)
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(surroundings.environment());
    @Nullable Process process = null;
    try {
      process = builder.start();
      process.getOutputStream().close();
      return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException notThere) {
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      if (process != null) {
        process.destroy();
      }
    }
  }
}
