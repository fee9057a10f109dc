package dev.claudometer.agent;

import static java.lang.System.Logger.Level.WARNING;
import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import dev.claudometer.model.Cause;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Tells of what changes in directories, as far as the system does: it may tell too much, and where
/// it has told too little, whoever uses it has to look from time to time.
final class DirectoryWatch implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("claudometer.sync");

  private final WatchService service;
  private final Registration registration;
  private final Map<Path, WatchKey> keys = new HashMap<>();
  private final Set<String> marks = new HashSet<>();
  private @Nullable Path markDirectory;
  private boolean complete = true;

  DirectoryWatch(FileSystem system) throws IOException {
    this(
        system.newWatchService(),
        (directory, service) -> directory.register(service, ENTRY_CREATE, ENTRY_MODIFY));
  }

  DirectoryWatch(WatchService service, Registration registration) {
    this.service = service;
    this.registration = registration;
  }

  /// How one directory comes to be watched.
  interface Registration {

    /// Asks the system to watch a directory.
    ///
    /// @throws IOException where it does not, because it is gone or too many are watched
    WatchKey register(Path directory, WatchService service) throws IOException;
  }

  /// What has changed.
  sealed interface Change {

    /// Both.
    default Change and(Change other) {
      if (this instanceof Anything || other instanceof Nothing) {
        return this;
      }
      if (this instanceof Change.Files(Set<Path> some)
          && other instanceof Change.Files(Set<Path> more)) {
        some.addAll(more);
        return this;
      }
      return other;
    }

    /// Nothing that is known of.
    record Nothing() implements Change {}

    /// These files, and perhaps others in a moment.
    record Files(Set<Path> files) implements Change {}

    /// Anything: directories came, or the system could not keep up.
    record Anything() implements Change {}
  }

  /// From now on files that are written in this directory are [#marks()], not changes: the system
  /// tells of them in order, so whoever hears of one has heard of all that was written before it.
  void mark(Path directory) throws IOException {
    markDirectory = directory;
    registration.register(directory, service);
  }

  /// Watches these directories and no others.
  ///
  /// @return whether some of them are watched only now: what has come into them in the meantime was
  ///   not told
  boolean watch(Collection<Path> directories) {
    Set<Path> wanted = Set.copyOf(directories);
    keys.entrySet().removeIf(known -> gone(known.getKey(), known.getValue(), wanted));
    boolean all = true;
    boolean some = false;
    for (Path directory : wanted) {
      if (!keys.containsKey(directory)) {
        boolean added = add(directory);
        some |= added;
        all &= added;
      }
    }
    complete = all;
    return some;
  }

  private static boolean gone(Path directory, WatchKey key, Set<Path> wanted) {
    boolean gone = !key.isValid() || !wanted.contains(directory);
    if (gone) {
      key.cancel();
    }
    return gone;
  }

  private boolean add(Path directory) {
    try {
      keys.put(directory, registration.register(directory, service));
      return true;
    } catch (IOException limitOrGone) {
      if (complete && Files.isDirectory(directory)) {
        complete = false;
        LOG.log(
            WARNING,
            "cannot watch {0} ({1}): such directories are looked into every few seconds instead; on"
                + " Linux, a larger fs.inotify.max_user_watches helps",
            directory,
            Cause.of(limitOrGone));
      }
      return false;
    }
  }

  /// Whether every directory is watched.
  boolean complete() {
    return complete;
  }

  boolean marked() {
    return !marks.isEmpty();
  }

  /// The names of marks that were heard of since this was asked last.
  Set<String> marks() {
    Set<String> heard = Set.copyOf(marks);
    marks.clear();
    return heard;
  }

  /// Waits until something changes or a mark is heard of, at most for a time.
  Change await(Duration most) throws InterruptedException {
    WatchKey key = service.poll(Math.max(0, most.toMillis()), TimeUnit.MILLISECONDS);
    Set<Path> files = new HashSet<>();
    boolean anything = false;
    while (key != null) {
      anything |= take(key, files);
      key = service.poll();
    }
    if (anything) {
      return new Change.Anything();
    }
    return files.isEmpty() ? new Change.Nothing() : new Change.Files(files);
  }

  /// Collects the files that one directory's events name.
  ///
  /// @return true where they do not name all
  private boolean take(WatchKey key, Set<Path> files) {
    Path directory = (Path) key.watchable();
    boolean anything = false;
    for (WatchEvent<?> event : key.pollEvents()) {
      @Nullable Object name = event.context();
      if (event.kind() == OVERFLOW || !(name instanceof Path file)) {
        anything = true;
      } else if (directory.equals(markDirectory)) {
        marks.add(file.toString());
      } else {
        Path path = directory.resolve(file);
        anything |= event.kind() == ENTRY_CREATE && !isFile(path);
        files.add(path);
      }
    }
    return !key.reset() || anything;
  }

  private static boolean isFile(Path path) {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void close() throws IOException {
    service.close();
  }
}
