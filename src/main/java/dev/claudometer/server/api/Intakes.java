package dev.claudometer.server.api;

import dev.claudometer.ingest.Admission;
import dev.claudometer.ingest.Committer;
import dev.claudometer.ingest.Intake;
import dev.claudometer.ingest.Overloaded;
import dev.claudometer.model.Reading;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;

/// Lets few deliveries be read at the same time, so that memory stays bounded and other requests
/// find a thread.
final class Intakes {

  private static final int AT_ONCE = 24;

  private final Committer committer;
  private final Semaphore places = new Semaphore(AT_ONCE);

  Intakes(Committer committer) {
    this.committer = committer;
  }

  /// Runs work that reads a delivery.
  ///
  /// @throws Overloaded where no place is free
  <T> T read(Callable<T> work) throws Exception {
    if (!places.tryAcquire()) {
      throw new Overloaded();
    }
    try {
      return work.call();
    } finally {
      places.release();
    }
  }

  /// Stores, and returns when it is durable.
  Admission store(String device, Intake intake, List<Reading> files) throws InterruptedException {
    return committer.store(device, intake, files);
  }
}
