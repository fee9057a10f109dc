package dev.claudometer.store.sql.sum;

import dev.claudometer.model.ActivityKind;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.WorkQueries.BranchSessions;
import dev.claudometer.store.WorkQueries.PullRequest;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.engine.RollupTable;
import java.time.Instant;
import java.util.List;

/// Answers what branches and pull requests were worked on.
public final class WorkTables {

  private static final String PULL_REQUESTS =
      "SELECT linked.name, linked.project, linked.at, COUNT(DISTINCT rollup_session.session), "
          + RollupTable.SUMS
          + """
          FROM (SELECT name, MIN(project) AS project, MIN(at) AS at FROM activity
            WHERE kind = ? AND at >= ? AND at < ? GROUP BY name
            ORDER BY 3 DESC LIMIT ?) AS linked
          LEFT JOIN (SELECT DISTINCT name, session FROM activity WHERE kind = ?) AS link
            ON link.name = linked.name
          LEFT JOIN rollup_session ON rollup_session.session = link.session
          GROUP BY linked.name, linked.project, linked.at ORDER BY linked.at DESC, linked.name\
          """;

  private final Database database;
  private final NameTable names;

  public WorkTables(Database database, NameTable names) {
    this.database = database;
    this.names = names;
  }

  public List<BranchSessions> branchSessions(TimeRange range) {
    return database.query(
        """
        SELECT project, branch, COUNT(DISTINCT session) FROM rollup_session
        WHERE last_at >= ? AND first_at < ? GROUP BY project, branch\
        """,
        row ->
            new BranchSessions(
                names.text(row.getLong(1)), names.text(row.getLong(2)), row.getLong(3)),
        range.from().toEpochMilli(),
        range.to().toEpochMilli());
  }

  public List<PullRequest> pullRequests(TimeRange range, int most) {
    long kind = names.find(ActivityKind.PULL_REQUEST.name());
    return database.query(
        PULL_REQUESTS,
        row ->
            new PullRequest(
                names.text(row.getLong(1)),
                names.text(row.getLong(2)),
                Instant.ofEpochMilli(row.getLong(3)),
                row.getLong(4),
                RollupTable.read(row, 5)),
        kind,
        range.from().toEpochMilli(),
        range.to().toEpochMilli(),
        most,
        kind);
  }
}
