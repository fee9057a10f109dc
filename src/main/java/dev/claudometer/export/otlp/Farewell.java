package dev.claudometer.export.otlp;

import java.time.Duration;

/// Lets the SDK end in its own way, but no longer than anybody wants to wait for it.
final class Farewell {

  private static final Duration TIME = Duration.ofSeconds(5);

  private Farewell() {}

  static void within(String name, Runnable end) {
    Thread thread = Thread.ofPlatform().daemon().name(name).start(end);
    try {
      thread.join(TIME);
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }
}
