package dev.claudometer.agent;

import dev.claudometer.model.DeviceId;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import dev.claudometer.source.claudecode.place.TranscriptTree;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Reads transcripts into a store in a process of its own, which ends while it prices its n-th
/// response, as `kill -9` would end it: in the midst of a transaction, and of reading.
final class CrashingFirstRun {

  private CrashingFirstRun() {}

  /// @param arguments home, store, how many responses are priced
  public static void main(String... arguments) throws InterruptedException, IOException {
    var left = new AtomicInteger(Integer.parseInt(arguments[2]));
    UsageStore store =
        SqliteStore.open(
            Path.of(arguments[1]),
            () -> {
              if (left.decrementAndGet() == 0) {
                Runtime.getRuntime().halt(137);
              }
              return PriceBook.builtIn();
            });
    var tree = TranscriptTree.below(List.of(new ClaudeHome(Path.of(arguments[0], "projects"))));
    new LocalSync(store, DeviceId.THIS, 2, (_, _) -> {}).sync(tree);
    System.out.println("done");
  }
}
