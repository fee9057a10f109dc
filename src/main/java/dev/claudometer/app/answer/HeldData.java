package dev.claudometer.app.answer;

import dev.claudometer.agent.ContinuousSync;
import dev.claudometer.agent.SyncReport;
import dev.claudometer.app.LocalData;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.PriceBooks;
import dev.claudometer.app.process.StateDirectory;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import dev.claudometer.store.StoreException;
import dev.claudometer.store.UsageStore;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The local store as a running process holds it: open, and followed.
///
/// @param file of the store
/// @param prices that the store prices with
public record HeldData(
    StateDirectory state, Path file, UsageStore store, PriceBooks prices, ContinuousSync sync) {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /// For one command of one asker.
  Once once() {
    return new Once();
  }

  /// Remembers whether the command got what it needed. Where it did not, nothing that it has
  /// printed is an answer.
  final class Once implements LocalData.Held {

    private boolean refused;

    private Once() {}

    boolean refused() {
      return refused;
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
        prices.look(search.homes(), asker.clock().instant());
        store.reprice(prices.reread());
        return new LocalData(store, search, file, report, prices, false).run(asker, use);
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
