package dev.claudometer.server.http;

/// Ends a process that has no memory left: half of its threads may be gone, and who supervises it
/// starts it again. What was acknowledged is on the disk.
public final class Exhaustion {

  /// The process's exit status.
  public static final int STATUS = 3;

  private Exhaustion() {}

  /// Watches the threads that nobody else looks at.
  public static void watch() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          check(failure);
          System.getLogger("claudometer.process")
              .log(System.Logger.Level.ERROR, "the thread " + thread.getName() + " ended", failure);
        });
  }

  /// Ends the process where the failure, or what has caused it, is a lack of memory.
  static void check(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError) {
        // no shutdown hook: it would need memory
        Runtime.getRuntime().halt(STATUS);
      }
    }
  }
}
