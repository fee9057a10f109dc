package dev.claudometer.store.sql.event;

import dev.claudometer.store.sql.engine.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Messages whose events were deleted by retention: they stay in the sums, and must not be counted
/// again when a machine tells of them once more.
public final class ForgottenTable {

  private static final int AT_ONCE = 64;

  private static final String AMONG =
      "SELECT message FROM forgotten WHERE message IN (?" + ", ?".repeat(AT_ONCE - 1) + ")";

  private static final String OLD =
      """
      SELECT DISTINCT message FROM event_row AS old WHERE at < ? AND NOT EXISTS
        (SELECT 1 FROM event_row AS other WHERE other.message = old.message AND other.at >= ?)
      LIMIT
      """;

  private final Database database;

  public ForgottenTable(Database database) {
    this.database = database;
  }

  /// Which of some messages are forgotten.
  public Set<EventId> among(List<EventId> messages) throws SQLException {
    var gone = new HashSet<EventId>();
    if (database.query("SELECT 1 FROM forgotten LIMIT 1", row -> row.getInt(1)).isEmpty()) {
      return gone;
    }
    PreparedStatement select = database.statement(AMONG);
    for (int from = 0; from < messages.size(); from += AT_ONCE) {
      for (int i = 0; i < AT_ONCE; i++) {
        select.setBytes(i + 1, messages.get(Math.min(from + i, messages.size() - 1)).message());
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          gone.add(EventId.of(row.getBytes(1), new byte[6], 0));
        }
      }
    }
    return gone;
  }

  /// Deletes the messages that came whole before an instant, and remembers them.
  ///
  /// @return how many events
  public long forget(Instant before, int most) throws SQLException {
    long until = before.toEpochMilli();
    List<EventId> messages =
        database.query(
            OLD + most, row -> EventId.of(row.getBytes(1), new byte[6], 0), until, until);
    long deleted = 0;
    for (EventId message : messages) {
      deleted +=
          database.update("DELETE FROM event_row WHERE message = ?", (Object) message.message());
      database.update("DELETE FROM event_copy WHERE message = ?", (Object) message.message());
      database.update(
          "INSERT INTO forgotten (message) VALUES (?) ON CONFLICT (message) DO NOTHING",
          (Object) message.message());
    }
    return deleted;
  }
}
