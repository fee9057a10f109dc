package dev.claudometer.cli.keep;

import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.PriceBooks;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.options.DatabaseOption;
import dev.claudometer.ingest.Admission;
import dev.claudometer.ingest.Gate;
import dev.claudometer.ingest.Intake;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.server.auth.Secrets;
import dev.claudometer.store.Receipt;
import dev.claudometer.store.registry.Credential;
import dev.claudometer.store.registry.Credential.Kind;
import dev.claudometer.store.registry.Device;
import dev.claudometer.store.registry.Registry;
import dev.claudometer.store.registry.Registry.Deed;
import dev.claudometer.store.sql.SqlStore;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.registry.SqlRegistry;
import dev.claudometer.store.sqlite.PeerFile;
import dev.claudometer.wire.legacy.LegacyEntry;
import dev.claudometer.wire.legacy.LegacyEvents;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `import`: takes over the usage and the machines of claude-code-prometheus.
@Command(
    name = "import",
    description =
        "Take over the SQLite file of claude-code-prometheus: its machines, with their keys, and"
            + " their usage. Running it again changes nothing.",
    mixinStandardHelpOptions = true)
public final class ImportCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private DatabaseOption database = new DatabaseOption();

  @Parameters(paramLabel = "FILE", description = "The peer's database file.")
  private Path file = Path.of("");

  public ImportCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    var prices = PriceBooks.of(surroundings);
    try (PeerFile peer = PeerFile.open(file);
        Database to = database.open(surroundings)) {
      var store = new SqlStore(to, prices::book);
      Registry registry = new SqlRegistry(to);
      Receipt all = Receipt.EMPTY;
      long read = 0;
      long copies = 0;
      for (PeerFile.Machine machine : peer.machines()) {
        var gate = new Gate(store, device(registry, machine).id());
        peer.entries(machine, entry -> take(gate, entry));
        gate.flush();
        Admission admission = gate.admission();
        all = all.plus(admission.stored());
        read += admission.received();
        copies += admission.joined();
      }
      surroundings
          .out()
          .println(
              read
                  + " entries read: "
                  + all.added()
                  + " stored, "
                  + (copies + all.replaced() + all.unchanged())
                  + " were there already or twice in the file"
                  + (all.givenWay() == 0
                      ? ""
                      : "; " + all.givenWay() + " do not count: the server has their transcripts"));
      return Exit.DONE;
    }
  }

  /// A machine keeps its key, so that its daemon goes on without noticing.
  private Device device(Registry registry, PeerFile.Machine machine) {
    Instant now = surroundings.clock().instant();
    String digest = Secrets.digest(machine.key());
    Credential known = registry.credentials().find(Kind.DEVICE_KEY, digest, now);
    Device device = known == null ? null : registry.devices().find(new DeviceId(known.holder()));
    return device != null
        ? device
        : registry.change(
            new Deed("console", "", "device.import", machine.name(), machine.hostname(), now),
            () -> add(registry, machine, digest, now));
  }

  private static Device add(
      Registry registry, PeerFile.Machine machine, String digest, Instant now) {
    Device added = registry.devices().add(machine.name(), machine.hostname(), "", now);
    String prefix = machine.key().substring(0, Math.min(8, machine.key().length()));
    registry
        .credentials()
        .add(
            new Credential(
                digest, Kind.DEVICE_KEY, added.id().text(), "", "", prefix, "", now, null, null));
    return added;
  }

  private static void take(Gate gate, PeerFile.Entry entry) {
    UsageEvent event =
        LegacyEvents.toEvent(
            new LegacyEntry(
                entry.session(),
                entry.project(),
                entry.at(),
                entry.type(),
                entry.model(),
                entry.input(),
                entry.output(),
                entry.cacheCreation(),
                entry.cacheRead(),
                null));
    if (event != null) {
      var one = new Intake();
      one.accept(event);
      gate.accept(one);
    }
  }
}
