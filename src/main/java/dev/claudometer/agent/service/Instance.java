package dev.claudometer.agent.service;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Makes sure that one agent runs beside one store, and finds it. The lock ends with the process,
/// however that ends: the file alone means nothing.
public final class Instance implements AutoCloseable {

  /// Behind what is written, so that it can be read while it is locked.
  private static final long MARK = Long.MAX_VALUE - 1;

  private static final int ATTEMPTS = 5;
  private static final long PAUSE_NANOS = 50_000_000;

  private final FileChannel channel;
  private final FileLock lock;

  private Instance(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /// Becomes the one that runs.
  ///
  /// @return null where another one runs
  public static @Nullable Instance become(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    @Nullable Instance instance = null;
    try {
      FileLock lock = lock(channel);
      if (lock != null) {
        String pid = Long.toString(ProcessHandle.current().pid());
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(pid.getBytes(US_ASCII)), 0);
        instance = new Instance(channel, lock);
      }
      return instance;
    } finally {
      if (instance == null) {
        channel.close();
      }
    }
  }

  /// Whoever asks for the process that runs holds the lock for a moment.
  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    @Nullable FileLock lock = channel.tryLock(MARK, 1, false);
    for (int i = 1; lock == null && i < ATTEMPTS; i++) {
      LockSupport.parkNanos(PAUSE_NANOS);
      lock = channel.tryLock(MARK, 1, false);
    }
    return lock;
  }

  /// The process that runs.
  ///
  /// @return null where none does
  public static @Nullable ProcessHandle running(Path file) throws IOException {
    if (!Files.exists(file)) {
      return null;
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      FileLock free = channel.tryLock(MARK, 1, false);
      if (free != null) {
        return null;
      }
      String pid = Files.readString(file, US_ASCII);
      return pid.matches("\\d{1,18}") ? ProcessHandle.of(Long.parseLong(pid)).orElse(null) : null;
    }
  }

  @Override
  public void close() throws IOException {
    lock.release();
    channel.close();
  }
}
