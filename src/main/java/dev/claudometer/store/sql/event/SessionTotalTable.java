package dev.claudometer.store.sql.event;

import dev.claudometer.model.CostBasis;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.Origin;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.SessionTotal;
import dev.claudometer.model.SessionTotal.ModelTotal;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usd;
import dev.claudometer.store.sql.engine.Changed;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.Ledger;
import dev.claudometer.store.sql.engine.NameTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Claude Code's own running totals, by session and place in its transcript.
public final class SessionTotalTable {

  private static final String SELECT =
      """
      SELECT session, file_byte, file, project, started_at, elapsed, cost, cost_known, lines_added,
        lines_removed, revision FROM session_total\
      """;

  private static final String ORDER = " ORDER BY session, file_byte";

  private final Database database;
  private final NameTable names;
  private final Ledger ledger;

  public SessionTotalTable(Database database, NameTable names, Ledger ledger) {
    this.database = database;
    this.names = names;
    this.ledger = ledger;
  }

  public void put(SessionTotal total, DeviceId device) throws SQLException {
    long session = names.id(total.session());
    long offset = total.origin().offset();
    database.update(
        """
        INSERT INTO session_total (session, file_byte, file, project, device, started_at, elapsed,
          cost, cost_known, lines_added, lines_removed, revision)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (session, file_byte) DO UPDATE SET file = excluded.file,
          project = excluded.project, device = excluded.device, started_at = excluded.started_at,
          elapsed = excluded.elapsed, cost = excluded.cost, cost_known = excluded.cost_known,
          lines_added = excluded.lines_added, lines_removed = excluded.lines_removed,
          revision = excluded.revision\
        """,
        session,
        offset,
        names.id(total.origin().file()),
        names.id(total.project()),
        names.id(device),
        total.startedAt().toEpochMilli(),
        total.elapsed().toMillis(),
        total.cost().nanos(),
        total.costKnown() ? 1 : 0,
        total.linesAdded(),
        total.linesRemoved(),
        ledger.next());
    database.update(
        "DELETE FROM session_total_model WHERE session = ? AND file_byte = ?", session, offset);
    for (ModelTotal model : total.models()) {
      put(session, offset, model);
    }
  }

  private void put(long session, long offset, ModelTotal model) throws SQLException {
    database.update(
        """
        INSERT INTO session_total_model (session, file_byte, model, input, output,
          cache_write_5m, cache_write_1h, cache_read, web_searches, cost, basis)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        session,
        offset,
        names.id(model.model()),
        model.tokens().input(),
        model.tokens().output(),
        model.tokens().cacheWrite5m(),
        model.tokens().cacheWrite1h(),
        model.tokens().cacheRead(),
        model.webSearches(),
        model.cost().nanos(),
        model.basis() == CostBasis.UNKNOWN ? 0 : names.id(model.basis().word()));
  }

  public List<SessionTotal> all() {
    return database.query(SELECT + ORDER, this::read);
  }

  /// Those of a session and of all that began with it, as its forks do.
  public List<SessionTotal> of(SessionId session) {
    return database.query(
        SELECT
            + " WHERE started_at IN (SELECT started_at FROM session_total WHERE session = ?)"
            + ORDER,
        this::read,
        names.find(session));
  }

  /// This machine's totals that were changed after a revision.
  public List<Changed<SessionTotal>> changed(long after, int most) {
    return database.query(
        SELECT + " WHERE revision > ? AND device = 0 ORDER BY revision LIMIT " + most,
        row -> new Changed<>(row.getLong(11), read(row)),
        after);
  }

  private SessionTotal read(ResultSet row) throws SQLException {
    return new SessionTotal(
        names.session(row.getLong(1)),
        names.project(row.getLong(4)),
        Instant.ofEpochMilli(row.getLong(5)),
        Duration.ofMillis(row.getLong(6)),
        new Origin.Line(names.text(row.getLong(3)), row.getLong(2)),
        new Usd(row.getLong(7)),
        row.getLong(8) == 1,
        row.getLong(9),
        row.getLong(10),
        models(row.getLong(1), row.getLong(2)));
  }

  private List<ModelTotal> models(long session, long offset) {
    return database.query(
        """
        SELECT model, input, output, cache_write_5m, cache_write_1h, cache_read, web_searches, cost,
          basis
        FROM session_total_model WHERE session = ? AND file_byte = ?\
        """,
        row ->
            new ModelTotal(
                names.text(row.getLong(1)),
                new TokenCounts(
                    row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6)),
                row.getLong(7),
                new Usd(row.getLong(8)),
                CostBasis.written(names.text(row.getLong(9)))),
        session,
        offset);
  }
}
