package dev.claudometer.agent;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.claudometer.agent.DirectoryWatch.Change;
import dev.claudometer.model.Cause;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import dev.claudometer.source.claudecode.place.TranscriptTree;
import dev.claudometer.store.StoreException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keeps a store in step with the transcripts of this machine until it is closed.
///
/// The system tells which files change; from time to time everything is looked at, so that what it
/// did not tell is found too: on network drives, in directories that came late, after an overflow.
public final class ContinuousSync implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("claudometer.sync");

  private static final Duration LOOK_AROUND = Duration.ofSeconds(30);
  private static final Duration LOOK_AROUND_UNWATCHED = Duration.ofSeconds(2);

  /// Looking around takes no more of the time than one part in this many; and than one in so few
  /// while directories come and go, or while it finds what nobody told.
  private static final int REST = 100;

  private static final int HURRIED_REST = 4;

  /// However slow looking around is.
  private static final Duration LONGEST_REST = Duration.ofMinutes(5);

  /// A client writes a response in several lines: they are read at once.
  private static final Duration SETTLE = Duration.ofMillis(250);

  private final LocalSync sync;
  private final Supplier<List<ClaudeHome>> homes;
  private final Listener listener;
  private final Opening opening;
  private final Thread thread;
  private final Set<String> complained = new HashSet<>();

  /// Who wants to know of syncs.
  public interface Listener {

    /// The store is in step.
    ///
    /// @param everything whether everything was looked at, or only what had changed
    void synced(SyncReport report, boolean everything);
  }

  /// Opens a watch, where the system allows one more.
  interface Opening {
    DirectoryWatch open() throws IOException;
  }

  /// Starts.
  ///
  /// @param homes where to look, asked each time: one may appear
  /// @param listener is told after each sync, on the syncing thread
  public ContinuousSync(LocalSync sync, Supplier<List<ClaudeHome>> homes, Listener listener) {
    this(sync, homes, listener, () -> new DirectoryWatch(FileSystems.getDefault()));
  }

  ContinuousSync(
      LocalSync sync, Supplier<List<ClaudeHome>> homes, Listener listener, Opening opening) {
    this.sync = sync;
    this.homes = homes;
    this.listener = listener;
    this.opening = opening;
    thread = Thread.ofPlatform().daemon().name("sync").start(this::run);
  }

  private void run() {
    try (DirectoryWatch watch = open()) {
      while (!Thread.currentThread().isInterrupted()) {
        Look look = lookAround(watch);
        if (follow(watch, rest(look, watch != null && watch.complete()))) {
          Thread.sleep(longest(look.took().multipliedBy(HURRIED_REST), SETTLE));
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } catch (IOException failure) {
      LOG.log(WARNING, "cannot end watching: " + Cause.of(failure));
    }
  }

  private @Nullable DirectoryWatch open() {
    try {
      return opening.open();
    } catch (IOException failure) {
      LOG.log(
          WARNING,
          "cannot watch directories ("
              + Cause.of(failure)
              + "): they are looked into every few seconds instead");
      return null;
    }
  }

  /// How long one look around took, and whether there was something to read.
  private record Look(Duration took, boolean found) {}

  /// Where files change untold, more of them are about to.
  private static Duration rest(Look look, boolean told) {
    if (look.found() && !told) {
      return longest(look.took().multipliedBy(HURRIED_REST), LOOK_AROUND_UNWATCHED);
    }
    Duration rest = look.took().multipliedBy(REST);
    return longest(
        rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST,
        told ? LOOK_AROUND : LOOK_AROUND_UNWATCHED);
  }

  private static Duration longest(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private Look lookAround(@Nullable DirectoryWatch watch) throws InterruptedException {
    long began = System.nanoTime();
    long read =
        attempt(
            () -> {
              TranscriptTree tree = TranscriptTree.below(homes.get());
              if (watch != null) {
                // before reading: what is written meanwhile is told
                watch.watch(tree.directories());
              }
              return sync.sync(tree);
            },
            true);
    return new Look(Duration.ofNanos(System.nanoTime() - began), read > 0);
  }

  /// Reads what changes, until it is time to look around.
  ///
  /// @return true where that is sooner than planned
  private boolean follow(@Nullable DirectoryWatch watch, Duration time)
      throws InterruptedException {
    if (watch == null) {
      Thread.sleep(time);
      return false;
    }
    long end = System.nanoTime() + time.toNanos();
    long left = time.toNanos();
    while (left > 0) {
      switch (watch.await(Duration.ofNanos(left))) {
        case Change.Nothing _ -> {}
        case Change.Anything _ -> {
          return true;
        }
        case Change.Files(Set<Path> files) -> {
          if (!followed(watch, files)) {
            return true;
          }
        }
      }
      left = end - System.nanoTime();
    }
    return false;
  }

  /// @return false where everything has to be looked at
  private boolean followed(DirectoryWatch watch, Set<Path> files) throws InterruptedException {
    Thread.sleep(SETTLE);
    switch (watch.await(Duration.ZERO)) {
      case Change.Nothing _ -> {}
      case Change.Files(Set<Path> more) -> files.addAll(more);
      case Change.Anything _ -> {
        return false;
      }
    }
    var _ = attempt(() -> sync.syncAgain(TranscriptTree.among(homes.get(), files)), false);
    return true;
  }

  private interface Attempt {
    SyncReport run() throws IOException, InterruptedException;
  }

  /// What fails now is tried again when everything is looked at.
  ///
  /// @return bytes read
  private long attempt(Attempt attempt, boolean everything) throws InterruptedException {
    try {
      SyncReport report = attempt.run();
      if (report.bytesRead() > 0) {
        LOG.log(
            DEBUG,
            "{0} bytes read, {1} responses added",
            report.bytesRead(),
            report.admission().stored().added());
      }
      if (report.admission().stored().givenWay() > 0) {
        LOG.log(
            INFO,
            "{0} responses that claude-usage-daemon sent do not count: the transcripts of their"
                + " sessions are here",
            report.admission().stored().givenWay());
      }
      report.unreadable().forEach(this::complain);
      listener.synced(report, everything);
      return report.bytesRead();
    } catch (IOException | StoreException failure) {
      LOG.log(WARNING, "not synced: " + Cause.of(failure));
      return 0;
    }
  }

  /// Once about each.
  private void complain(String unreadable) {
    if (complained.add(unreadable)) {
      LOG.log(WARNING, "cannot read " + unreadable);
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
