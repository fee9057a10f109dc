package dev.claudometer.cli.agent;

import dev.claudometer.agent.forward.Destination;
import dev.claudometer.agent.forward.Parcel;
import dev.claudometer.agent.service.AgentConfig;
import dev.claudometer.app.agent.AgentFiles;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.PriceBooks;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.Version;
import dev.claudometer.model.Claim;
import dev.claudometer.store.Changes;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sqlite.SqliteStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `agent show-wire`: the very bodies that would be sent, one per line.
@Command(
    name = "show-wire",
    description = "Print exactly what would leave this machine: JSON, one request per line.",
    mixinStandardHelpOptions = true)
final class ShowWireCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Option(names = "--all", description = "Also what was sent already.")
  private boolean all;

  ShowWireCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    AgentFiles files = AgentFiles.of(surroundings);
    AgentConfig config = files.read();
    Path file = files.store(surroundings, config);
    if (!Files.exists(file)) {
      throw new Failed("nothing has been read yet: run 'claudometer agent start', or any report");
    }
    try (UsageStore store = SqliteStore.open(file, PriceBooks.of(surroundings)::book)) {
      if (print(store, new Destination(store.outbox(), config.device())) == 0) {
        surroundings.err().println("claudometer: nothing waits; --all shows what was sent already");
      }
    }
    return 0;
  }

  private long print(UsageStore store, Destination destination) {
    long elements = 0;
    long from = all ? 0 : destination.acknowledged();
    Changes changes = store.outbox().changes(from, Parcel.MOST_ELEMENTS);
    while (changes.size() > 0 || changes.more()) {
      if (changes.size() > 0) {
        Claim claim = destination.claim(from, changes.upTo());
        surroundings
            .out()
            .println(Parcel.of("claudometer/" + Version.text(), claim, changes).json());
      }
      elements += changes.size();
      from = changes.upTo();
      changes = store.outbox().changes(from, Parcel.MOST_ELEMENTS);
    }
    return elements;
  }
}
