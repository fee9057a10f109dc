package dev.claudometer.store.sql.sum;

import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.RollupTable.KeyWriter;
import dev.claudometer.store.sql.sum.Rollups.SessionKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// The first and the last counted response of a session's share, kept beside its sums.
final class SessionSpans {

  private static final String OF_KEY =
      " WHERE session = ? AND project = ? AND model = ? AND branch = ? AND device = ?";

  private static final String SELECT = "SELECT first_at, last_at FROM rollup_session" + OF_KEY;

  private static final String FROM_EVENTS =
      "SELECT MIN(at), MAX(at) FROM event" + OF_KEY + " AND counted = 1 AND at >= ? AND at <= ?";

  private static final String SET = "UPDATE rollup_session SET first_at = ?, last_at = ?" + OF_KEY;

  /// What a new row holds until its span is known.
  static final long NONE = 0;

  private final Database database;
  private final KeyWriter<SessionKey> keys;
  private final Map<SessionKey, Change> changes = new HashMap<>();

  SessionSpans(Database database, KeyWriter<SessionKey> keys) {
    this.database = database;
    this.keys = keys;
  }

  /// Instants of responses that came and went.
  private static final class Change {
    private long firstAdded = Long.MAX_VALUE;
    private long lastAdded = Long.MIN_VALUE;
    private long firstRemoved = Long.MAX_VALUE;
    private long lastRemoved = Long.MIN_VALUE;

    /// Whether the span can be said without looking at the events that have stayed.
    boolean tells(Span stored) {
      boolean first = firstRemoved > stored.first() || firstAdded <= stored.first();
      boolean last = lastRemoved < stored.last() || lastAdded >= stored.last();
      return first && last;
    }

    Span widen(Span stored) {
      return new Span(Math.min(stored.first(), firstAdded), Math.max(stored.last(), lastAdded));
    }
  }

  private record Span(long first, long last) {

    static final Span EMPTY = new Span(Long.MAX_VALUE, Long.MIN_VALUE);
  }

  void added(SessionKey key, Instant at) {
    Change change = changes.computeIfAbsent(key, _ -> new Change());
    change.firstAdded = Math.min(change.firstAdded, at.toEpochMilli());
    change.lastAdded = Math.max(change.lastAdded, at.toEpochMilli());
  }

  void removed(SessionKey key, Instant at) {
    Change change = changes.computeIfAbsent(key, _ -> new Change());
    change.firstRemoved = Math.min(change.firstRemoved, at.toEpochMilli());
    change.lastRemoved = Math.max(change.lastRemoved, at.toEpochMilli());
  }

  void flush() throws SQLException {
    database.session().flush();
    for (var change : changes.entrySet()) {
      flush(change.getKey(), change.getValue());
    }
    changes.clear();
  }

  private void flush(SessionKey key, Change change) throws SQLException {
    PreparedStatement select = database.statement(SELECT);
    keys.write(select, 1, key);
    Span stored;
    try (ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        return;
      }
      boolean isNew = row.getLong(1) == NONE && row.getLong(2) == NONE;
      stored = isNew ? Span.EMPTY : new Span(row.getLong(1), row.getLong(2));
    }
    Span span = change.widen(stored);
    span = change.tells(stored) ? span : fromEvents(key, span);
    if (!span.equals(stored)) {
      write(key, span);
    }
  }

  private Span fromEvents(SessionKey key, Span within) throws SQLException {
    database.session().flush();
    PreparedStatement select = database.statement(FROM_EVENTS);
    keys.write(select, 1, key);
    select.setLong(6, within.first());
    select.setLong(7, within.last());
    try (ResultSet row = select.executeQuery()) {
      row.next();
      long first = row.getLong(1);
      return row.wasNull() ? within : new Span(first, row.getLong(2));
    }
  }

  private void write(SessionKey key, Span span) throws SQLException {
    PreparedStatement set = database.statement(SET);
    set.setLong(1, span.first());
    set.setLong(2, span.last());
    keys.write(set, 3, key);
    database.session().put(set);
  }

  void forget() {
    changes.clear();
  }
}
