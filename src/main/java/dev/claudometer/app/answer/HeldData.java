package dev.claudometer.app.answer;

import dev.claudometer.agent.ContinuousSync;
import dev.claudometer.agent.SyncReport;
import dev.claudometer.app.LocalData;
import dev.claudometer.app.Memory;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.PriceBooks;
import dev.claudometer.app.process.StateDirectory;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import dev.claudometer.store.StoreException;
import dev.claudometer.store.UsageStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// The local store as a running process holds it: open, and followed.
///
/// @param file of the store
/// @param prices that the store prices with
/// @param memory of what was answered from it
public record HeldData(
    StateDirectory state,
    Path file,
    UsageStore store,
    PriceBooks prices,
    ContinuousSync sync,
    Memory memory) {

  public HeldData(
      StateDirectory state, Path file, UsageStore store, PriceBooks prices, ContinuousSync sync) {
    this(state, file, store, prices, sync, new Memory());
  }

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /// For one command of one asker.
  Once once(InstantSource clock) {
    return new Once(clock);
  }

  /// Remembers whether the command got what it needed. Where it did not, nothing that it has
  /// printed is an answer.
  final class Once implements LocalData.Held {

    private final InstantSource clock;
    private boolean refused;
    private @Nullable String version;

    private Once(InstantSource clock) {
      this.clock = clock;
    }

    boolean refused() {
      return refused;
    }

    /// Of what the command was answered from; null where it did not ask.
    @Nullable String version() {
      return version;
    }

    /// The version of what would be answered from now; null where nothing would be.
    @Nullable String versionNow(ClaudeHome.Search search) {
      SyncReport report = inStep(search, false);
      return report == null || !report.unreadable().isEmpty() ? null : versionInStep(search);
    }

    private String versionInStep(ClaudeHome.Search search) {
      prices.look(search.homes(), clock.instant());
      String book = prices.reread();
      store.reprice(book);
      return store.standing().version() + " " + book;
    }

    @Override
    public int use(
        Surroundings asker, ClaudeHome.Search search, boolean everything, LocalData.Use use) {
      SyncReport report = inStep(search, everything);
      if (report == null || !report.unreadable().isEmpty()) {
        refused = true;
        throw new Failed("not held");
      }
      try {
        version = versionInStep(search);
        return new LocalData(store, search, file, report, prices, false, memory).run(asker, use);
      } catch (StoreException failure) {
        refused = true;
        throw failure;
      }
    }

    private @Nullable SyncReport inStep(ClaudeHome.Search search, boolean everything) {
      boolean other =
          search.homes().isEmpty()
              || !search.lookedAt().stream().allMatch(Path::isAbsolute)
              || !state.store(search).equals(file);
      try {
        return other ? null : sync.inStep(search.homes(), everything, PATIENCE);
      } catch (InterruptedException ending) {
        Thread.currentThread().interrupt();
        return null;
      }
    }
  }
}
