package dev.claudometer.store.sql.sum;

import dev.claudometer.model.ActivityKind;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.Where;
import dev.claudometer.store.WorkQueries.PullRequest;
import dev.claudometer.store.WorkQueries.WorkUse;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.engine.SumColumns;
import dev.claudometer.store.sql.event.WorkText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers what pull requests were worked on.
public final class WorkTables {

  private static final String PULL_REQUESTS =
      "SELECT linked.name, linked.project, linked.at, COUNT(DISTINCT rollup_session.session), "
          + SumColumns.SUMS
          + """
          FROM (SELECT name, MIN(project) AS project, MIN(at) AS at FROM activity
            WHERE kind = ? AND at >= ? AND at < ? %s GROUP BY name
            ORDER BY 3 DESC LIMIT ?) AS linked
          LEFT JOIN (SELECT DISTINCT name, session FROM activity WHERE kind = ?) AS link
            ON link.name = linked.name
          LEFT JOIN rollup_session ON rollup_session.session = link.session
          GROUP BY linked.name, linked.project, linked.at ORDER BY linked.at DESC, linked.name\
          """;

  private static final String USE =
      "SELECT work, CASE WHEN agent <> 0 OR sidechain = 1 THEN 1 ELSE 0 END, model, "
          + SumColumns.OF_EVENTS
          + " FROM event WHERE counted = 1 AND at >= ? AND at < ? %s GROUP BY 1, 2, 3";

  private final Database database;
  private final NameTable names;
  private final @Nullable KeptSums kept;

  /// @param kept what is remembered; null in a process that is asked once
  public WorkTables(Database database, NameTable names, @Nullable KeptSums kept) {
    this.database = database;
    this.names = names;
    this.kept = kept;
  }

  public List<PullRequest> pullRequests(TimeRange range, Where where, int most) {
    long kind = names.find(ActivityKind.PULL_REQUEST.name());
    List<PullRequest> remembered = remembered(kind, range, where, most);
    return remembered == null ? stored(kind, range, where, most) : remembered;
  }

  private @Nullable List<PullRequest> remembered(
      long kind, TimeRange range, Where where, int most) {
    KeptSums sums = kept;
    return sums == null || !where.isInSums()
        ? null
        : database.snapshot(
            session -> PullRequestSums.of(session, sums, names, kind, range, where, most));
  }

  private List<PullRequest> stored(long kind, TimeRange range, Where where, int most) {
    var conditions = Conditions.of(where, names);
    List<Object> parameters =
        new ArrayList<>(
            List.of(
                conditions.after(kind, range.from().toEpochMilli(), range.to().toEpochMilli())));
    parameters.addAll(List.of(most, kind));
    return database.query(
        PULL_REQUESTS.formatted(ofSuchSessions(conditions, where)),
        row ->
            new PullRequest(
                names.text(row.getLong(1)),
                names.project(row.getLong(2)),
                Instant.ofEpochMilli(row.getLong(3)),
                row.getLong(4),
                SumColumns.read(row, 5)),
        parameters.toArray());
  }

  public List<WorkUse> use(TimeRange range, Where where) {
    var conditions = Conditions.of(where, names);
    return database.query(
        USE.formatted(conditions.text()),
        row ->
            new WorkUse(
                WorkText.read(names.text(row.getLong(1))),
                row.getLong(2) == 1,
                names.text(row.getLong(3)),
                SumColumns.read(row, 4)),
        conditions.after(range.from().toEpochMilli(), range.to().toEpochMilli()));
  }

  private static String ofSuchSessions(Conditions conditions, Where where) {
    return conditions.text().isEmpty()
        ? ""
        : "AND session IN (SELECT session FROM "
            + (where.isInSums() ? "rollup_session WHERE 1 = 1" : "event WHERE counted = 1")
            + conditions.text()
            + ")";
  }
}
