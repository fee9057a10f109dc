package dev.claudometer.store.sql.sum;

import static java.util.stream.Collectors.joining;

import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Source;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.Where;
import dev.claudometer.store.WorkQueries.ClientSum;
import dev.claudometer.store.WorkQueries.EffortUse;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NameTable;
import java.util.List;
import java.util.stream.Stream;

/// What clients themselves tell: their own sums, and the effort that they asked for. Telemetry
/// names neither project nor branch, so these are what the session was at then, as far as its share
/// of each place tells.
public final class ClientQueries {

  private static final int QUARTER_MILLIS = 900_000;

  /// A session's last place until then, else its first one; rather one with a branch.
  private static final String PLACE =
      """
      COALESCE((SELECT place.%s FROM rollup_session AS place WHERE place.session = told.session
        ORDER BY CASE WHEN place.branch = 0 THEN 1 ELSE 0 END,
          CASE WHEN place.first_at > told.at THEN 2 WHEN place.last_at >= told.at THEN 0 ELSE 1 END,
          CASE WHEN place.first_at > told.at THEN place.first_at
            WHEN place.last_at >= told.at THEN -place.first_at ELSE -place.last_at END,
          place.project, place.branch LIMIT 1), 0) AS %s\
      """;

  private static final String PLACES =
      PLACE.formatted("project", "project") + ", " + PLACE.formatted("branch", "branch");

  private static final String SUMS =
      "SELECT device, session, project, branch, kind, name, SUM(value) FROM (SELECT device,"
          + " session, "
          + PLACES
          + """
          , kind, name, value FROM (SELECT device, session, kind, name, MIN(at) AS at,
            SUM(value) AS value FROM activity WHERE kind IN (%s) AND at >= ? AND at < ?
            GROUP BY device, session, kind, name, at / %d) AS told) AS placed WHERE 1 = 1\
          """;

  private static final String BY = " GROUP BY device, session, project, branch, kind, name";

  private static final String EFFORTS =
      """
      SELECT effort, model, SUM(calls), SUM(input), SUM(output), SUM(write_5m), SUM(write_1h),
        SUM(cache_read) FROM (SELECT device, session, model, effort, calls, input, output, write_5m,
        write_1h, cache_read, \
      """
          + PLACES
          + """
           FROM (SELECT device, session, model, effort, MIN(at) AS at, COUNT(*) AS calls,
            SUM(input) AS input, SUM(output) AS output, SUM(cache_write_5m) AS write_5m,
            SUM(cache_write_1h) AS write_1h, SUM(cache_read) AS cache_read FROM call
            WHERE effort <> %d AND state <> 3 AND at >= ? AND at < ?
            GROUP BY device, session, model, effort, at / %d) AS told) AS placed WHERE 1 = 1\
          """;

  private final Database database;
  private final NameTable names;

  public ClientQueries(Database database, NameTable names) {
    this.database = database;
    this.names = names;
  }

  public List<ClientSum> sums(TimeRange range, Where where) {
    if (where.isOf(Dimension.MODEL) || where.source() == Source.TRANSCRIPTS) {
      return List.of();
    }
    String kinds =
        Stream.of(ActivityKind.values())
            .filter(ActivityKind::isSum)
            .map(kind -> Long.toString(names.find(kind.name())))
            .collect(joining(", "));
    Conditions conditions = Conditions.of(where.of(Source.ALL), names);
    return database.query(
        SUMS.formatted(kinds, QUARTER_MILLIS) + conditions.text() + BY,
        row ->
            new ClientSum(
                names.device(row.getLong(1)),
                names.session(row.getLong(2)),
                names.project(row.getLong(3)),
                names.text(row.getLong(4)),
                ActivityKind.valueOf(names.text(row.getLong(5))),
                names.text(row.getLong(6)),
                row.getLong(7)),
        conditions.after(range.from().toEpochMilli(), range.to().toEpochMilli()));
  }

  public List<EffortUse> efforts(TimeRange range, Where where) {
    if (where.source() == Source.TRANSCRIPTS) {
      return List.of();
    }
    Conditions conditions = Conditions.of(where.of(Source.ALL), names);
    return database.query(
        EFFORTS.formatted(names.find(""), QUARTER_MILLIS)
            + conditions.text()
            + " GROUP BY effort, model",
        row ->
            new EffortUse(
                names.text(row.getLong(1)),
                names.text(row.getLong(2)),
                row.getLong(3),
                new TokenCounts(
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(6),
                    row.getLong(7),
                    row.getLong(8))),
        conditions.after(range.from().toEpochMilli(), range.to().toEpochMilli()));
  }
}
