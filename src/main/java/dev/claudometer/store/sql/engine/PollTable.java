package dev.claudometer.store.sql.engine;

import dev.claudometer.store.poll.Poll;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How far the asking of each source has come.
public final class PollTable {

  private final Database database;

  public PollTable(Database database) {
    this.database = database;
  }

  public void put(Poll poll) throws SQLException {
    database.update(
        """
        INSERT INTO poll (source, since, next_at, done_at, swept_at, failed_at, failure)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (source) DO UPDATE SET since = excluded.since, next_at = excluded.next_at,
          done_at = excluded.done_at, swept_at = excluded.swept_at,
          failed_at = excluded.failed_at, failure = excluded.failure\
        """,
        poll.source(),
        millis(poll.since()),
        millis(poll.next()),
        millis(poll.done()),
        millis(poll.swept()),
        millis(poll.failed()),
        poll.failure());
  }

  /// The same, in a transaction of its own.
  public void keep(Poll poll) {
    database.transaction(
        () -> {
          put(poll);
          return poll;
        });
  }

  private static @Nullable Long millis(@Nullable Instant at) {
    return at == null ? null : at.toEpochMilli();
  }

  public Poll of(String source) {
    return database
        .query(
            """
            SELECT source, since, next_at, done_at, swept_at, failed_at, failure FROM poll
            WHERE source = ?\
            """,
            PollTable::read,
            source)
        .stream()
        .findFirst()
        .orElse(Poll.first(source));
  }

  private static Poll read(ResultSet row) throws SQLException {
    return new Poll(
        row.getString(1),
        instant(row, 2),
        instant(row, 3),
        instant(row, 4),
        instant(row, 5),
        instant(row, 6),
        row.getString(7));
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
