package dev.claudometer.agent.service;

import static java.lang.System.Logger.Level.DEBUG;

import dev.claudometer.model.Cause;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A message on the desktop, where there is one. Its words are the agent's own: nothing that a
/// server says is among them, and no shell reads them.
public final class Notice {

  private static final System.Logger LOG = System.getLogger("claudometer.agent");
  private static final String TITLE = "Claudometer";

  /// `display notification` with the words as arguments, so that they are never a script.
  private static final String APPLE_SCRIPT =
      "on run argv\ndisplay notification (item 1 of argv) with title (item 2 of argv)\nend run";

  private Notice() {}

  /// The command that shows a message.
  ///
  /// @param system as `os.name` says it
  static List<String> command(String system, String message) {
    return system.startsWith("Mac")
        ? List.of("osascript", "-e", APPLE_SCRIPT, message, TITLE)
        : List.of("notify-send", "--app-name", TITLE, "--", TITLE, message);
  }

  /// Shows a message, or does not: many machines have no desktop.
  public static void show(String message) {
    try {
      Process process =
          new ProcessBuilder(command(System.getProperty("os.name", ""), message))
              .redirectInput(Redirect.from(new File("/dev/null")))
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      var _ = process.onExit().orTimeout(10, TimeUnit.SECONDS).exceptionally(_ -> end(process));
    } catch (IOException noDesktop) {
      LOG.log(DEBUG, "no desktop to tell: " + Cause.of(noDesktop));
    }
  }

  private static Process end(Process process) {
    process.destroyForcibly();
    return process;
  }
}
