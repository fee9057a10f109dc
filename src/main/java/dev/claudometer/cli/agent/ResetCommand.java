package dev.claudometer.cli.agent;

import dev.claudometer.agent.forward.Destination;
import dev.claudometer.agent.service.AgentConfig;
import dev.claudometer.app.agent.AgentFiles;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.PriceBooks;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `agent reset`: everything is sent again, which changes nothing where it arrived before.
@Command(
    name = "reset",
    description =
        "Forget what the server has: everything is sent again, and what it already has counts"
            + " once.",
    mixinStandardHelpOptions = true)
final class ResetCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Option(
      names = {"-c", "--config"},
      description = "Forget the server and the key as well; the agent is stopped.")
  private boolean forgetConfig;

  ResetCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    AgentFiles files = AgentFiles.of(surroundings);
    forget(surroundings, files, files.read());
    surroundings.out().println("Everything will be sent again.");
    if (forgetConfig) {
      StopCommand.stop(files);
      delete(files);
      surroundings.out().println("The server and the key are forgotten.");
    }
    return 0;
  }

  static void forget(Surroundings surroundings, AgentFiles files, AgentConfig config) {
    Path file = files.store(surroundings, config);
    if (Files.exists(file)) {
      try (UsageStore store = SqliteStore.open(file, PriceBooks.of(surroundings)::book)) {
        new Destination(store.outbox(), config.device()).forget();
      }
    }
  }

  private static void delete(AgentFiles files) {
    try {
      files.config().delete();
    } catch (IOException failure) {
      throw new Failed("cannot delete " + files.config().path(), failure);
    }
  }
}
