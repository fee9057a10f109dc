package dev.claudometer.store.sql.sum;

import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.RollupTable.KeyWriter;
import dev.claudometer.store.sql.engine.Span;
import dev.claudometer.store.sql.sum.Rollups.SessionKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
  private final Map<SessionKey, SpanChange> changes = new HashMap<>();

  SessionSpans(Database database, KeyWriter<SessionKey> keys) {
    this.database = database;
    this.keys = keys;
  }

  void changed(SessionKey key, SpanChange change) {
    changes.computeIfAbsent(key, _ -> new SpanChange()).add(change);
  }

  /// What a session's responses span that are new, where none was taken out: then the stored span
  /// is widened with the sums, and nothing has to be read.
  @Nullable Span widening(SessionKey key) {
    SpanChange change = changes.get(key);
    return change != null && change.onlyAdds() ? change.added() : null;
  }

  /// Writes the spans of those that some were taken out of.
  void flush() throws SQLException {
    database.session().flush();
    for (var change : changes.entrySet()) {
      if (!change.getValue().onlyAdds()) {
        flush(change.getKey(), change.getValue());
      }
    }
    changes.clear();
  }

  private void flush(SessionKey key, SpanChange change) throws SQLException {
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
    Span span = change.added().and(stored);
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
