package dev.claudometer.store;

import dev.claudometer.model.FileCursor;
import java.util.List;
import java.util.Map;

/// Where observations rest. Appending is idempotent: copies are joined with what is stored. Any
/// thread may use it.
///
/// Every method throws [StoreException] where the store cannot be used.
public interface UsageStore
    extends Sums,
        Sessions,
        UsageQueries,
        FleetQueries,
        SessionDetails,
        WorkQueries,
        QualityQueries,
        MeterQueries,
        LocalQueries,
        Erasure,
        AutoCloseable {

  /// Stores batches in one transaction, with their rollups and cursors. When this returns, they are
  /// durable.
  ///
  /// @return one receipt for each
  List<Receipt> append(List<Batch> batches);

  default Receipt append(Batch batch) {
    return append(List.of(batch)).getFirst();
  }

  /// How far each file of a device has been read, by path.
  Map<String, FileCursor> cursors(String device);

  /// Prices every event anew where the price book has changed since: booked costs stay, unpriced
  /// ones are booked.
  ///
  /// @param fingerprint stands for the price book's content
  void reprice(String fingerprint);

  /// What contradicts itself: one sentence each, empty when the rollups are the sum of the events.
  List<String> verify();

  /// The store as what an agent sends from.
  Outbox outbox();

  @Override
  void close();
}
