package dev.claudometer.store.sqlite;

import dev.claudometer.model.Origin;
import dev.claudometer.model.SessionTotal;
import dev.claudometer.model.SessionTotal.ModelTotal;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usd;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/// Claude Code's own totals: of each session the last one, which stands furthest down its
/// transcript.
final class SessionTotalTable {

  private final Database database;
  private final NameTable names;

  SessionTotalTable(Database database, NameTable names) {
    this.database = database;
    this.names = names;
  }

  void put(SessionTotal total) throws SQLException {
    long session = names.id(total.session());
    boolean later =
        database
            .query(
                "SELECT offset FROM session_total WHERE session = ?",
                row -> row.getLong(1),
                session)
            .stream()
            .allMatch(offset -> offset <= total.origin().offset());
    if (!later) {
      return;
    }
    database.update(
        """
        INSERT OR REPLACE INTO session_total (session, project, started_at, file, offset, cost,
          cost_known, lines_added, lines_removed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        session,
        names.id(total.project()),
        total.startedAt().toEpochMilli(),
        names.id(total.origin().file()),
        total.origin().offset(),
        total.cost().nanos(),
        total.costKnown() ? 1 : 0,
        total.linesAdded(),
        total.linesRemoved());
    database.update("DELETE FROM session_total_model WHERE session = ?", session);
    for (ModelTotal model : total.models()) {
      put(session, model);
    }
  }

  private void put(long session, ModelTotal model) throws SQLException {
    database.update(
        """
        INSERT OR REPLACE INTO session_total_model (session, model, input, output, cache_write_5m,
          cache_write_1h, cache_read, web_searches, cost) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        session,
        names.id(model.model()),
        model.tokens().input(),
        model.tokens().output(),
        model.tokens().cacheWrite5m(),
        model.tokens().cacheWrite1h(),
        model.tokens().cacheRead(),
        model.webSearches(),
        model.cost().nanos());
  }

  List<SessionTotal> all() {
    return database.query(
        """
        SELECT session, project, started_at, file, offset, cost, cost_known, lines_added,
          lines_removed FROM session_total ORDER BY started_at, session""",
        row ->
            new SessionTotal(
                names.text(row.getLong(1)),
                names.text(row.getLong(2)),
                Instant.ofEpochMilli(row.getLong(3)),
                new Origin(names.text(row.getLong(4)), row.getLong(5)),
                new Usd(row.getLong(6)),
                row.getLong(7) == 1,
                row.getLong(8),
                row.getLong(9),
                models(row.getLong(1))));
  }

  private List<ModelTotal> models(long session) {
    return database.query(
        """
        SELECT model, input, output, cache_write_5m, cache_write_1h, cache_read, web_searches, cost
        FROM session_total_model WHERE session = ?""",
        row ->
            new ModelTotal(
                names.text(row.getLong(1)),
                new TokenCounts(
                    row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6)),
                row.getLong(7),
                new Usd(row.getLong(8))),
        session);
  }
}
