package dev.claudometer.server.http;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The threads that work on requests: as many as the machine can use, and never one that waits for
/// a caller. They are platform threads, as a database's driver holds its thread while it works.
final class Workers implements AutoCloseable {

  private static final int THREADS = 48;

  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS, Thread.ofPlatform().daemon().name("worker-", 1).factory());

  /// Does something, while the caller's own thread waits.
  <T extends @Nullable Object> T run(Callable<T> work) throws Exception {
    try {
      return threads.submit(work).get();
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      Exhaustion.check(failed);
      throw cause instanceof Exception failure ? failure : new IllegalStateException(cause);
    }
  }

  /// Finishes what has been begun.
  @Override
  public void close() {
    threads.close();
  }
}
