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
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
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

  /// What stood in the way, as a full disk, may be gone.
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

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
  private final @Nullable Marks marks;
  private final ReentrantLock one = new ReentrantLock();
  private final SingleFlight<SyncReport> heard = new SingleFlight<>();
  private final SingleFlight<SyncReport> looked = new SingleFlight<>();
  private volatile @Nullable Look last;

  /// Who wants to know of syncs.
  public interface Listener {

    /// The store is in step.
    ///
    /// @param everything whether everything was looked at, or only what had changed
    void synced(SyncReport report, boolean everything);

    /// It could not be brought in step.
    default void failed(String why) {}
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
    this(sync, homes, listener, () -> new DirectoryWatch(FileSystems.getDefault()), null);
  }

  /// The same, for those who want to know that the store is [#inStep].
  ///
  /// @param marks a directory that nobody else writes to
  public ContinuousSync(
      LocalSync sync, Supplier<List<ClaudeHome>> homes, Listener listener, Path marks) {
    this(
        sync,
        homes,
        listener,
        () -> new DirectoryWatch(FileSystems.getDefault()),
        new Marks(marks));
  }

  ContinuousSync(
      LocalSync sync, Supplier<List<ClaudeHome>> homes, Listener listener, Opening opening) {
    this(sync, homes, listener, opening, null);
  }

  private ContinuousSync(
      LocalSync sync,
      Supplier<List<ClaudeHome>> homes,
      Listener listener,
      Opening opening,
      @Nullable Marks marks) {
    this.sync = sync;
    this.homes = homes;
    this.listener = listener;
    this.opening = opening;
    this.marks = marks;
    thread = Thread.ofPlatform().daemon().name("sync").start(this::run);
  }

  /// The names of files that come into the directory of marks.
  public static List<String> markNames() {
    return Marks.NAMES;
  }

  /// Waits until everything that was written to transcripts before this call is in the store.
  ///
  /// @param wanted the homes that are meant
  /// @param everything whether the report has to tell of all transcripts, not only of changed ones
  /// @return what was read for that, with all that cannot be; null where it cannot be said in time,
  ///   or where other homes are read
  public @Nullable SyncReport inStep(List<ClaudeHome> wanted, boolean everything, Duration most)
      throws InterruptedException {
    Look known = last;
    SyncReport before = known == null ? null : known.report();
    if (known == null || before == null || !known.homes().equals(wanted)) {
      return null;
    }
    if (marks == null || everything || !known.told()) {
      return looked.join(most, () -> look(wanted, null).report());
    }
    SyncReport report = heard.join(most, () -> marks.await(most));
    return report == null ? null : report.after(before);
  }

  private void run() {
    try (DirectoryWatch watch = open()) {
      while (!Thread.currentThread().isInterrupted()) {
        Look look = lookAround(watch);
        if (follow(watch, rest(look, watch != null && watch.complete()))) {
          var _ = gather(watch, longest(look.took().multipliedBy(HURRIED_REST), SETTLE));
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
      DirectoryWatch watch = opening.open();
      if (marks != null) {
        watch.mark(marks.directory());
      }
      return watch;
    } catch (IOException failure) {
      LOG.log(
          WARNING,
          "cannot watch directories ("
              + Cause.of(failure)
              + "): they are looked into every few seconds instead");
      return null;
    }
  }

  /// A look around.
  ///
  /// @param told whether the system tells of every change that comes after it
  /// @param report null where it failed
  private record Look(
      Duration took, boolean told, List<ClaudeHome> homes, @Nullable SyncReport report) {

    boolean found() {
      return report != null && report.bytesRead() > 0;
    }
  }

  /// Where files change untold, more of them are about to.
  private static Duration rest(Look look, boolean told) {
    if (look.found() && !told) {
      return longest(look.took().multipliedBy(HURRIED_REST), LOOK_AROUND_UNWATCHED);
    }
    if (look.report() == null) {
      return AFTER_FAILURE;
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
    boolean awaited = awaited(watch);
    Look look = look(homes.get(), watch);
    last = look;
    if (awaited) {
      Objects.requireNonNull(marks).stored(look.report());
    }
    return look;
  }

  private Look look(List<ClaudeHome> places, @Nullable DirectoryWatch watch)
      throws InterruptedException {
    long began = System.nanoTime();
    var told = new AtomicBoolean();
    SyncReport report =
        attempt(
            () -> {
              TranscriptTree tree = TranscriptTree.below(places);
              // before reading: what is written meanwhile is told
              while (watch != null && watch.watch(tree.directories())) {
                tree = TranscriptTree.below(places);
              }
              told.set(watch != null && watch.complete() && ToldTree.complete(places, tree));
              return sync.sync(tree);
            },
            Thread.currentThread().equals(thread));
    var took = Duration.ofNanos(System.nanoTime() - began);
    return new Look(took, told.get(), places, report);
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
      Change change = watch.await(Duration.ofNanos(left));
      if (!(change instanceof Change.Nothing)) {
        change = change.and(gather(watch, SETTLE));
      }
      if (change instanceof Change.Anything) {
        return true;
      }
      if (!followed(change instanceof Change.Files(Set<Path> files) ? files : Set.of(), watch)) {
        return true;
      }
      left = end - System.nanoTime();
    }
    return false;
  }

  /// What changes within a time, or until somebody waits for it.
  private static Change gather(@Nullable DirectoryWatch watch, Duration time)
      throws InterruptedException {
    Change all = new Change.Nothing();
    if (watch == null) {
      Thread.sleep(time);
      return all;
    }
    long end = System.nanoTime() + time.toNanos();
    long left = time.toNanos();
    while (left > 0 && !watch.marked()) {
      all = all.and(watch.await(Duration.ofNanos(left)));
      left = end - System.nanoTime();
    }
    return all;
  }

  /// @return false where that failed
  private boolean followed(Set<Path> files, DirectoryWatch watch) throws InterruptedException {
    boolean awaited = awaited(watch);
    if (awaited || !files.isEmpty()) {
      SyncReport report =
          attempt(() -> sync.syncAgain(TranscriptTree.among(homes.get(), files)), false);
      if (awaited) {
        Objects.requireNonNull(marks).stored(report);
      }
      return report != null;
    }
    return true;
  }

  private boolean awaited(@Nullable DirectoryWatch watch) {
    return marks != null && watch != null && marks.hear(watch);
  }

  private interface Attempt {
    SyncReport run() throws IOException, InterruptedException;
  }

  /// What fails now is tried again when everything is looked at.
  ///
  /// @param planned whether everything was looked at because it was time to
  /// @return null where it failed
  private @Nullable SyncReport attempt(Attempt attempt, boolean planned)
      throws InterruptedException {
    one.lockInterruptibly();
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
      listener.synced(report, planned);
      return report;
    } catch (IOException | StoreException failure) {
      LOG.log(WARNING, "not synced: " + Cause.of(failure));
      listener.failed(Cause.of(failure).words());
      return null;
    } finally {
      one.unlock();
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
