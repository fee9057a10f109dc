package dev.claudometer.store;

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
}
