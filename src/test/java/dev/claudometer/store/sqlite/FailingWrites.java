package dev.claudometer.store.sqlite;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.sqlite.SQLiteJDBCLoader;

/// SQLite's writes below a directory are well until one of them: from then on the disk is full, or
/// that one write fails, or that one wait.
@SuppressWarnings("restricted") // memory of the system is what this class writes
final class FailingWrites implements AutoCloseable {

  private static final FunctionDescriptor PWRITE =
      FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
  private static final FunctionDescriptor SYNC = FunctionDescriptor.of(JAVA_INT, JAVA_INT);

  private static final MethodHandle REAL_PWRITE = SystemCalls.real("pwrite64", PWRITE);
  private static final MethodHandle REAL_SYNC = SystemCalls.real("fsync", SYNC);

  /// Where the C library keeps why a call failed.
  private static final MethodHandle ERRNO =
      SystemCalls.real("__errno_location", FunctionDescriptor.of(ADDRESS));

  private final SystemCalls sqlite;
  private final Path directory;
  private final Failure failure;
  private final int at;
  private final AtomicInteger calls = new AtomicInteger();

  /// How it fails.
  enum Failure {
    /// EIO, once.
    ERROR(5),
    /// ENOSPC, from then on.
    FULL(28);

    private final int number;

    Failure(int number) {
      this.number = number;
    }
  }

  /// @param at which of all writes and waits fails first, from 0
  FailingWrites(Path directory, Failure failure, int at) throws Exception {
    SQLiteJDBCLoader.initialize();
    this.directory = directory.toRealPath();
    this.failure = failure;
    this.at = at;
    sqlite = new SystemCalls("sqlitejdbc");
    var lookup = MethodHandles.lookup();
    sqlite.replace("pwrite64", lookup.bind(this, "written", PWRITE.toMethodType()), PWRITE);
    sqlite.replace("fsync", lookup.bind(this, "waited", SYNC.toMethodType()), SYNC);
  }

  /// How many writes and waits there were.
  int calls() {
    return calls.get();
  }

  private long written(int descriptor, MemorySegment bytes, long length, long offset) {
    try {
      return fails(descriptor)
          ? (long) failed()
          : (long) REAL_PWRITE.invokeExact(descriptor, bytes, length, offset);
    } catch (Throwable broken) {
      throw new IllegalStateException(broken);
    }
  }

  private int waited(int descriptor) {
    try {
      return fails(descriptor) ? failed() : (int) REAL_SYNC.invokeExact(descriptor);
    } catch (Throwable broken) {
      throw new IllegalStateException(broken);
    }
  }

  private boolean fails(int descriptor) throws Exception {
    Path file = Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(descriptor)));
    if (!file.startsWith(directory)) {
      return false;
    }
    int call = calls.getAndIncrement();
    return call == at || (call > at && failure == Failure.FULL);
  }

  private int failed() throws Throwable {
    var why = (MemorySegment) ERRNO.invokeExact();
    why.reinterpret(Integer.BYTES).set(JAVA_INT, 0, failure.number);
    return -1;
  }

  @Override
  public void close() {
    sqlite.close();
  }
}
