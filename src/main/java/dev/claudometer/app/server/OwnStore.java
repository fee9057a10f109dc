package dev.claudometer.app.server;

import static java.lang.System.Logger.Level.WARNING;

import dev.claudometer.app.config.ClaudeFiles;
import dev.claudometer.app.process.DamagedStore;
import dev.claudometer.app.process.PriceBooks;
import dev.claudometer.app.process.StateDirectory;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.ingest.Gate;
import dev.claudometer.ingest.Intake;
import dev.claudometer.model.DeviceId;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import dev.claudometer.store.StoreException;
import dev.claudometer.store.UsageStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The local store of the machine that a server runs on, which the command line's reports read.
/// Opened when it is first needed.
final class OwnStore implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("claudometer.telemetry");

  private final Surroundings surroundings;
  private final List<Path> homes;
  private final StateDirectory state;
  private final PriceBooks prices;
  private @Nullable UsageStore store;

  /// @param homes that the server was given, none for the usual ones
  OwnStore(Surroundings surroundings, List<Path> homes) {
    this.surroundings = surroundings;
    this.homes = homes;
    state = StateDirectory.of(surroundings);
    prices = PriceBooks.of(surroundings);
  }

  /// Whether this machine has one already.
  boolean exists() {
    return Files.exists(state.store(search()));
  }

  /// Opens it; a damaged one is kept aside and replaced.
  synchronized UsageStore open() {
    UsageStore open = store;
    if (open == null) {
      ClaudeHome.Search search = search();
      state.create();
      open =
          DamagedStore.replaced(
              surroundings, state.store(search), prices, why -> LOG.log(WARNING, why));
      store = open;
      prices.look(search.homes(), surroundings.clock().instant());
    }
    return open;
  }

  /// Stores what this machine told, priced as its reports price, in one transaction.
  synchronized void add(List<Intake> come) {
    UsageStore open = open();
    try {
      open.reprice(prices.reread());
      var gate = new Gate(open, DeviceId.THIS);
      come.forEach(gate::accept);
      gate.flush();
    } catch (StoreException failure) {
      if (failure.kind() == StoreException.Kind.GONE
          || failure.kind() == StoreException.Kind.CORRUPT) {
        close();
      }
      throw failure;
    }
  }

  private ClaudeHome.Search search() {
    return ClaudeFiles.search(homes, surroundings);
  }

  @Override
  public synchronized void close() {
    UsageStore open = store;
    store = null;
    if (open != null) {
      open.close();
    }
  }
}
