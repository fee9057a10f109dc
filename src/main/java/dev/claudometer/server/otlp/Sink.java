package dev.claudometer.server.otlp;

import dev.claudometer.ingest.Intake;
import dev.claudometer.model.DeviceId;

/// Where what was received is stored.
public interface Sink {

  /// Stores, and returns when it is durable.
  ///
  /// @throws dev.claudometer.ingest.Overloaded where too much waits: nothing was stored
  /// @throws dev.claudometer.store.StoreException where the store failed: nothing was stored
  void store(DeviceId device, Intake intake) throws InterruptedException;
}
