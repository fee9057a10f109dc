package dev.claudometer.store.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Saves looking up messages that are surely not stored, which is most of them when a history is
/// read at first.
final class StoredMessages {

  private final long @Nullable [] sorted;

  private StoredMessages(long @Nullable [] sorted) {
    this.sorted = sorted;
  }

  /// Nothing is known: every message has to be looked up.
  static StoredMessages anything() {
    return new StoredMessages(null);
  }

  /// @param ids selects the ids of all stored events
  static StoredMessages of(PreparedStatement ids, int expected) throws SQLException {
    long[] highs = new long[expected];
    int size = 0;
    try (ResultSet row = ids.executeQuery()) {
      while (row.next()) {
        highs = size == highs.length ? Arrays.copyOf(highs, size * 2 + 1) : highs;
        highs[size++] = EventId.of(row.getBytes(1)).high();
      }
    }
    long[] sorted = Arrays.copyOf(highs, size);
    Arrays.sort(sorted);
    return new StoredMessages(sorted);
  }

  /// False where no event of the message is stored.
  boolean mayHold(EventId id) {
    return sorted == null || Arrays.binarySearch(sorted, id.high()) >= 0;
  }
}
