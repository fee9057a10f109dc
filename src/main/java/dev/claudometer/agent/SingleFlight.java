package dev.claudometer.agent;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Does something for all who want it at the same time: one does it, and who came before it began
/// shares the result.
final class SingleFlight<T> {

  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicLong begun = new AtomicLong();
  private @Nullable T last;

  /// What is done.
  interface Flight<T> {
    @Nullable T run() throws InterruptedException;
  }

  /// Does it, or waits for who does.
  ///
  /// @param most how long others are waited for
  /// @return what a flight found that began after this call; null where it found nothing, or did
  ///   not begin in time
  @Nullable T join(Duration most, Flight<T> flight) throws InterruptedException {
    long arrived = begun.get();
    if (!lock.tryLock(most.toNanos(), TimeUnit.NANOSECONDS)) {
      return null;
    }
    try {
      if (begun.get() == arrived) {
        begun.incrementAndGet();
        last = null;
        last = flight.run();
      }
      return last;
    } finally {
      lock.unlock();
    }
  }
}
