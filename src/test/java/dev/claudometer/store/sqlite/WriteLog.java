package dev.claudometer.store.sqlite;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sqlite.SQLiteJDBCLoader;

/// Every write of SQLite below a directory, in order, as it asked the system for it, and the names
/// that Java gives and takes: so the files can be made again as they were at any moment in between.
///
/// What is shared by processes while a database is open (`-shm`) is left out: whoever opens it
/// first makes it again.
@SuppressWarnings("restricted") // memory of the system is what this class reads
final class WriteLog implements AutoCloseable {

  private static final FunctionDescriptor PWRITE =
      FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
  private static final FunctionDescriptor TRUNCATE =
      FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG);
  private static final FunctionDescriptor UNLINK = FunctionDescriptor.of(JAVA_INT, ADDRESS);
  private static final FunctionDescriptor LINK = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS);
  private static final FunctionDescriptor SYNC = FunctionDescriptor.of(JAVA_INT, JAVA_INT);

  private static final MethodHandle REAL_PWRITE = SystemCalls.real("pwrite64", PWRITE);
  private static final MethodHandle REAL_TRUNCATE = SystemCalls.real("ftruncate64", TRUNCATE);
  private static final MethodHandle REAL_UNLINK = SystemCalls.real("unlink", UNLINK);
  private static final MethodHandle REAL_LINK = SystemCalls.real("link", LINK);
  private static final MethodHandle REAL_SYNC = SystemCalls.real("fsync", SYNC);

  private static final long LONGEST_PATH = 4_096;

  private final SystemCalls sqlite;
  private final SystemCalls java;
  private final Path directory;
  private final Map<Path, byte[]> start = new TreeMap<>();
  private final List<Change> changes = Collections.synchronizedList(new ArrayList<>());

  /// What was asked for.
  sealed interface Change {
    Path file();

    record Written(Path file, long offset, byte[] bytes) implements Change {}

    record Truncated(Path file, long length) implements Change {}

    record Deleted(Path file) implements Change {}

    /// A file has a second name.
    record Named(Path file, Path before) implements Change {}

    /// What was asked for before is durable, of a file, or of the names in a directory.
    record Waited(Path file) implements Change {}
  }

  WriteLog(Path directory) throws Exception {
    SQLiteJDBCLoader.initialize();
    FileChannel.open(directory, StandardOpenOption.READ).close();
    sqlite = new SystemCalls("sqlitejdbc");
    java = new SystemCalls("libnio.so");
    this.directory = directory.toRealPath();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(this.directory)) {
      for (Path file : files) {
        if (Files.isRegularFile(file) && ours(file)) {
          start.put(file.getFileName(), Files.readAllBytes(file));
        }
      }
    }
    replace(sqlite, "pwrite64", "written", PWRITE);
    replace(sqlite, "ftruncate64", "truncated", TRUNCATE);
    replace(sqlite, "unlink", "deleted", UNLINK);
    replace(sqlite, "fsync", "waited", SYNC);
    replace(java, "fdatasync", "waited", SYNC);
    replace(java, "fsync", "waited", SYNC);
    replace(java, "unlink", "deleted", UNLINK);
    replace(java, "link", "named", LINK);
  }

  private void replace(SystemCalls calls, String name, String method, FunctionDescriptor function) {
    MethodType type = function.toMethodType();
    try {
      calls.replace(name, MethodHandles.lookup().bind(this, method, type), function);
    } catch (ReflectiveOperationException wrong) {
      throw new IllegalStateException(wrong);
    }
  }

  private long written(int descriptor, MemorySegment bytes, long length, long offset) {
    try {
      long written = (long) REAL_PWRITE.invokeExact(descriptor, bytes, length, offset);
      if (written > 0) {
        byte[] copy = bytes.reinterpret(written).toArray(JAVA_BYTE);
        add(new Change.Written(file(descriptor), offset, copy));
      }
      return written;
    } catch (Throwable failure) {
      throw new IllegalStateException(failure);
    }
  }

  private int truncated(int descriptor, long length) {
    try {
      int failed = (int) REAL_TRUNCATE.invokeExact(descriptor, length);
      add(new Change.Truncated(file(descriptor), length));
      return failed;
    } catch (Throwable failure) {
      throw new IllegalStateException(failure);
    }
  }

  private int deleted(MemorySegment name) {
    try {
      Path file = path(name);
      int failed = (int) REAL_UNLINK.invokeExact(name);
      add(new Change.Deleted(file));
      return failed;
    } catch (Throwable failure) {
      throw new IllegalStateException(failure);
    }
  }

  private int named(MemorySegment before, MemorySegment name) {
    try {
      int failed = (int) REAL_LINK.invokeExact(before, name);
      if (failed == 0) {
        add(new Change.Named(path(name), path(before)));
      }
      return failed;
    } catch (Throwable failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static Path path(MemorySegment name) {
    return Path.of(name.reinterpret(LONGEST_PATH).getString(0));
  }

  private int waited(int descriptor) {
    try {
      int failed = (int) REAL_SYNC.invokeExact(descriptor);
      add(new Change.Waited(file(descriptor)));
      return failed;
    } catch (Throwable failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static Path file(int descriptor) throws IOException {
    return Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(descriptor)));
  }

  private void add(Change change) {
    if (change.file().startsWith(directory) && ours(change.file())) {
      changes.add(change);
    }
  }

  private static boolean ours(Path file) {
    return !file.toString().endsWith("-shm");
  }

  /// How much has been asked for so far.
  int length() {
    return changes.size();
  }

  List<Change> changes(int count) {
    return List.copyOf(changes.subList(0, count));
  }

  /// The files as they were at the beginning.
  Map<Path, byte[]> start() {
    return Collections.unmodifiableMap(start);
  }

  @Override
  public void close() {
    sqlite.close();
    java.close();
  }
}
