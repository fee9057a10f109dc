package dev.claudometer.app.answer;

import static java.lang.System.Logger.Level.WARNING;

import dev.claudometer.agent.ContinuousSync;
import dev.claudometer.agent.LocalSync;
import dev.claudometer.app.config.ClaudeFiles;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.ManagedSettings;
import dev.claudometer.app.process.PriceBooks;
import dev.claudometer.app.process.StateDirectory;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.model.DeviceId;
import dev.claudometer.store.StoreException;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The local store of a process that itself needs none: opened in the background when somebody asks
/// for the first time, and followed from then on.
public final class OnDemand implements Supplier<@Nullable HeldData>, AutoCloseable {

  private static final System.Logger LOG = System.getLogger("claudometer.answer");

  private final Surroundings surroundings;
  private final List<Path> homes;
  private @Nullable HeldData held;
  private boolean opening;
  private boolean closed;

  /// @param homes that the process was given, none for the usual ones
  public OnDemand(Surroundings surroundings, List<Path> homes) {
    this.surroundings = surroundings;
    this.homes = homes;
  }

  @Override
  public synchronized @Nullable HeldData get() {
    if (!opening) {
      opening = true;
      Thread.ofPlatform().daemon().name("answer-open").start(this::open);
    }
    return held;
  }

  private void open() {
    try {
      keep(opened());
    } catch (StoreException | Failed failure) {
      LOG.log(WARNING, "does not answer the command line: " + failure.getMessage());
    }
  }

  private HeldData opened() {
    StateDirectory state = StateDirectory.of(surroundings);
    Path file = state.store(ClaudeFiles.search(homes, surroundings));
    var prices = new PriceBooks(state, ManagedSettings.of(surroundings));
    UsageStore store = SqliteStore.open(file, prices::book);
    var sync =
        new ContinuousSync(
            new LocalSync(store, DeviceId.THIS, 1, (_, _) -> {}),
            () -> ClaudeFiles.search(homes, surroundings).homes(),
            (_, _) -> {},
            Reception.marks(state));
    return new HeldData(state, file, store, prices, sync);
  }

  private synchronized void keep(HeldData opened) {
    if (closed) {
      end(opened);
    } else {
      held = opened;
    }
  }

  private static void end(HeldData data) {
    data.sync().close();
    data.store().close();
  }

  @Override
  public synchronized void close() {
    closed = true;
    HeldData data = held;
    held = null;
    if (data != null) {
      end(data);
    }
  }
}
