package dev.claudometer.store;

import dev.claudometer.model.CreditReading;
import dev.claudometer.model.DeviceId;
import java.util.List;

/// How observations enter a store. Appending is idempotent: copies are joined with what is stored.
public interface Appender {

  /// Stores batches in one transaction, with their rollups and cursors. When this returns, they are
  /// durable.
  ///
  /// @return one receipt for each
  List<Receipt> append(List<Batch> batches);

  default Receipt append(Batch batch) {
    return append(List.of(batch)).getFirst();
  }

  /// Keeps what a machine told of its money; what has not changed is only noted as seen again.
  void append(CreditReading credit, DeviceId device);
}
