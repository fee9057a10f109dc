package dev.claudometer.store.sql.sum;

import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.SessionShare;
import dev.claudometer.store.SessionSpan;
import dev.claudometer.store.Slice;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.Where;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.engine.SumColumns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What sessions used, and when: all that a line about one shows.
public final class SessionShares {

  private static final String WITH_SPANS =
      "SELECT session_name.text, project_name.text, model, first_at, last_at, "
          + SumColumns.EACH
          + " FROM rollup_session LEFT JOIN name AS session_name ON session_name.id = session"
          + " LEFT JOIN name AS project_name ON project_name.id = project WHERE 1 = 1";

  private static final Set<Dimension> SHARE =
      EnumSet.of(Dimension.MODEL, Dimension.PROJECT, Dimension.SESSION);

  private final Database database;
  private final NameTable names;
  private final SumQueries sums;

  public SessionShares(Database database, NameTable names, SumQueries sums) {
    this.database = database;
    this.names = names;
    this.sums = sums;
  }

  public List<SessionShare> of(TimeRange range, Where where) {
    return Stretch.of(range).isAllTime() && where.isInSums() && everythingIsKept()
        ? ofAllTime(Conditions.of(where, names))
        : ofRange(range, where);
  }

  /// The spans that are kept beside sums are of responses that were deleted, too.
  private boolean everythingIsKept() {
    return database
        .query("SELECT COUNT(horizon) FROM ledger", row -> row.getLong(1) == 0)
        .getFirst();
  }

  /// From one look, with the names that are many: the empty one has no row of its own.
  private List<SessionShare> ofAllTime(Conditions conditions) {
    return database.query(WITH_SPANS + conditions.text(), this::share, conditions.after());
  }

  private SessionShare share(ResultSet row) throws SQLException {
    String session = row.getString(1);
    String project = row.getString(2);
    return new SessionShare(
        session == null ? SessionId.NONE : new SessionId(session),
        project == null ? ProjectName.NONE : new ProjectName(project),
        names.text(row.getLong(3)),
        Instant.ofEpochMilli(row.getLong(4)),
        Instant.ofEpochMilli(row.getLong(5)),
        SumColumns.read(row, 6));
  }

  private List<SessionShare> ofRange(TimeRange range, Where where) {
    Map<SessionId, SessionSpan> spans = new HashMap<>();
    for (SessionSpan span : spans(range, where)) {
      spans.put(span.session(), span);
    }
    List<SessionShare> shares = new ArrayList<>();
    for (Slice slice : sums.sums(range, where, SHARE)) {
      SessionSpan span = spans.get(slice.session());
      shares.add(
          new SessionShare(
              slice.session(),
              slice.project(),
              slice.model(),
              span == null ? null : span.first(),
              span == null ? null : span.last(),
              slice.totals()));
    }
    return shares;
  }

  private List<SessionSpan> spans(TimeRange range, Where where) {
    var conditions = Conditions.of(where, names);
    return database.query(
        "SELECT session, MIN(at), MAX(at) FROM event WHERE counted = 1 AND at >= ? AND at < ?"
            + conditions.text()
            + " GROUP BY session",
        row ->
            new SessionSpan(
                names.session(row.getLong(1)),
                Instant.ofEpochMilli(row.getLong(2)),
                Instant.ofEpochMilli(row.getLong(3))),
        conditions.after(range.from().toEpochMilli(), range.to().toEpochMilli()));
  }
}
