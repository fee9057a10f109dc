package dev.claudometer.store;

import dev.claudometer.model.FileCursor;
import dev.claudometer.model.LimitReading;
import java.util.List;
import java.util.Map;

/// Where observations rest. Appending is idempotent: copies are joined with what is stored.
///
/// Every method throws [StoreException] where the store cannot be used.
public interface UsageStore extends UsageQueries, AutoCloseable {

  /// Stores a batch in one transaction, with its rollups and cursors. When this returns, it is
  /// durable.
  Receipt append(Batch batch);

  /// Keeps a reading of a plan window, unless it says the same as the last one of that window.
  void append(LimitReading reading);

  /// Working directories by project name, where a transcript has confirmed them.
  Map<String, String> projectPaths();

  /// The last reading of each window.
  List<LimitReading> limits();

  /// How far each file has been read, by path.
  Map<String, FileCursor> cursors();

  /// Prices every event anew where the price book has changed since: booked costs stay, unpriced
  /// ones are booked.
  ///
  /// @param fingerprint stands for the price book's content
  void reprice(String fingerprint);

  /// What contradicts itself: one sentence each, empty when the rollups are the sum of the events.
  List<String> verify();

  @Override
  void close();
}
