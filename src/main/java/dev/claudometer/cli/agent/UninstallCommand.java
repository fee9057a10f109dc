package dev.claudometer.cli.agent;

import dev.claudometer.agent.service.AgentConfigFile;
import dev.claudometer.app.agent.AgentFiles;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.install.ClientTelemetry;
import dev.claudometer.model.Cause;
import dev.claudometer.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `agent uninstall`: the machine is as it was before.
@Command(
    name = "uninstall",
    description =
        "Stop the agent and remove its service, configuration and log. The local history, which"
            + " reports use, stays unless --purge is given; the server keeps what it has.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class UninstallCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  @Option(
      names = "--purge",
      description =
          "Delete the local history too: usage of deleted transcripts is then only on the"
              + " server.")
  private boolean purge;

  UninstallCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    AgentFiles files = AgentFiles.of(surroundings);
    String what = purge ? "the agent and the local history" : "the agent";
    if (!yes && !new Dialogue(surroundings).yes("Remove " + what + " from this machine?")) {
      return 0;
    }
    SystemService service = SystemService.of(surroundings);
    if (service.exists()) {
      service.remove();
    }
    StopCommand.stop(files);
    new ClientTelemetry(surroundings).switchOff();
    forget(files);
    remove(files);
    surroundings.out().println("Removed: " + what + ".");
    return 0;
  }

  /// What cannot be read is not remembered either.
  private void forget(AgentFiles files) {
    try {
      ResetCommand.forget(surroundings, files, files.config().read());
    } catch (AgentConfigFile.Unusable | StoreException nothing) {
      // it is about to go
    }
  }

  private void remove(AgentFiles files) {
    try {
      files.config().delete();
      for (Path trace : files.traces()) {
        Files.deleteIfExists(trace);
      }
      if (purge) {
        for (Path store : stores(files.state().path())) {
          Files.deleteIfExists(store);
        }
      }
      AgentFiles.deleteIfEmpty(files.configDirectory());
      AgentFiles.deleteIfEmpty(files.state().path());
    } catch (IOException failure) {
      throw new Failed("cannot remove everything: " + Cause.of(failure), failure);
    }
  }

  /// The local stores with their journals; a server's store is not among them.
  private static List<Path> stores(Path state) throws IOException {
    if (!Files.isDirectory(state)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(state)) {
      return files.filter(file -> file.getFileName().toString().startsWith("claudometer")).toList();
    }
  }
}
