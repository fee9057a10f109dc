package dev.claudometer.app.process;

import java.util.concurrent.CountDownLatch;

/// A command that runs until Ctrl-C or SIGTERM.
public final class Foreground {

  private Foreground() {}

  /// Waits for the end, and ends what runs before the process ends.
  public static int run(AutoCloseable running) throws InterruptedException {
    var ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  close(running);
                  ended.countDown();
                },
                "shutdown"));
    ended.await();
    return Exit.DONE;
  }

  private static void close(AutoCloseable running) {
    try {
      running.close();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }
}
