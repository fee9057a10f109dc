package dev.claudometer.agent;

import dev.claudometer.source.claudecode.ClaudeHome;
import dev.claudometer.source.claudecode.TranscriptTree;
import dev.claudometer.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// Keeps a store in step with the transcripts of this machine until it is closed.
public final class ContinuousSync implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("claudometer.sync");

  private final LocalSync sync;
  private final Supplier<List<ClaudeHome>> homes;
  private final Duration pause;
  private final Runnable synced;
  private final Thread thread;

  /// @param homes where to look, asked each time: one may appear
  /// @param pause between the end of one sync and the next
  /// @param synced is run after each sync
  public ContinuousSync(
      LocalSync sync, Supplier<List<ClaudeHome>> homes, Duration pause, Runnable synced) {
    this.sync = sync;
    this.homes = homes;
    this.pause = pause;
    this.synced = synced;
    thread = Thread.ofPlatform().daemon().name("sync").start(this::run);
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        once();
        Thread.sleep(pause);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /// What fails now is tried again after the pause.
  private void once() throws InterruptedException {
    try {
      SyncReport report = sync.sync(TranscriptTree.below(homes.get()));
      if (report.bytesRead() > 0) {
        LOG.log(
            System.Logger.Level.DEBUG,
            "{0} bytes read, {1} responses added",
            report.bytesRead(),
            report.admission().stored().added());
      }
      report
          .unreadable()
          .forEach(what -> LOG.log(System.Logger.Level.WARNING, "cannot read " + what));
      synced.run();
    } catch (IOException | StoreException failure) {
      LOG.log(System.Logger.Level.WARNING, "not synced: " + failure.getMessage());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
