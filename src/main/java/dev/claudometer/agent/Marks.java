package dev.claudometer.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Marks between changes of files. Whoever wants to know that all that was written so far is stored
/// leaves one, in a directory that is watched like the others. The system tells of changes in their
/// order: what was heard of before the mark is everything.
///
/// One mark at a time is waited for: [SingleFlight] sees to that.
final class Marks {

  /// A late mark must not be taken for a later one.
  static final List<String> NAMES = List.of("0", "1", "2", "3", "4", "5", "6", "7");

  private final Path directory;
  private final AtomicReference<@Nullable Mark> left = new AtomicReference<>();
  private @Nullable Mark heard;
  private int number;

  private record Mark(String name, CompletableFuture<@Nullable SyncReport> stored) {}

  Marks(Path directory) {
    this.directory = directory;
  }

  Path directory() {
    return directory;
  }

  /// Leaves a mark, and waits until what was written before it is stored.
  ///
  /// @return what was read then; null where that failed, or was not known in time
  @Nullable SyncReport await(Duration most) throws InterruptedException {
    var mark = new Mark(NAMES.get(number), new CompletableFuture<>());
    number = (number + 1) % NAMES.size();
    left.set(mark);
    try {
      Files.write(directory.resolve(mark.name()), new byte[] {'\n'});
      return mark.stored().get(most.toNanos(), TimeUnit.NANOSECONDS);
    } catch (IOException | TimeoutException | ExecutionException noAnswer) {
      return null;
    }
  }

  /// Looks whether the system has told of the mark; then the next [#stored] is its answer.
  ///
  /// @return whether somebody waits
  boolean hear(DirectoryWatch watch) {
    Mark mark = left.get();
    boolean told = mark != null && watch.marks().contains(mark.name());
    if (told && left.compareAndSet(mark, null)) {
      heard = mark;
    }
    return heard != null;
  }

  /// What was told of before the mark is stored.
  ///
  /// @param report null where it could not be
  void stored(@Nullable SyncReport report) {
    Mark mark = heard;
    heard = null;
    if (mark != null) {
      mark.stored().complete(report);
    }
  }
}
