package dev.claudometer.store.sql.sum;

import dev.claudometer.store.Quarters.Ends;
import dev.claudometer.store.Quarters.FirstUse;
import dev.claudometer.store.Quarters.Quarter;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.engine.SqlSession;
import dev.claudometer.store.sql.engine.SqlSession.RowReader;
import dev.claudometer.store.sql.engine.SumColumns;
import dev.claudometer.store.sql.engine.SumRevisions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What all usage was by quarter hours: their sums from the sums by time alone, and from the
/// responses only what an index finds.
public final class QuarterQueries {

  private static final String MODELS =
      "SELECT quarter, model FROM rollup WHERE quarter >= ? GROUP BY quarter, model";

  private static final String TOTALS =
      "SELECT quarter, "
          + SumColumns.EACH
          + " FROM rollup_time WHERE quarter >= ? ORDER BY quarter";

  /// Milliseconds have more bits than PostgreSQL's numbers of quarter hours.
  private static final String COUNTED_WITHIN =
      """
       WHERE counted = 1 AND at >= CAST(asked.quarter AS BIGINT) * #
        AND at < CAST(asked.quarter AS BIGINT) * # + #\
      """
          .replace("#", Long.toString(Rollups.QUARTER_MILLIS));

  private static final String ENDS =
      "SELECT quarter, (SELECT MIN(at) FROM event_row"
          + COUNTED_WITHIN
          + "), (SELECT MAX(at) FROM event_row"
          + COUNTED_WITHIN
          + ") FROM rollup_time AS asked WHERE quarter IN (";

  private static final String FIRST_USES =
      "SELECT quarter, model, (SELECT at FROM event"
          + COUNTED_WITHIN
          + " AND event.model = asked.model ORDER BY at LIMIT 1)"
          + " FROM (SELECT DISTINCT quarter, model FROM rollup WHERE quarter IN (";

  private static final String MODELS_AT =
      """
      SELECT model FROM
        (SELECT model, ROW_NUMBER() OVER (ORDER BY message, request, part) AS place
          FROM event WHERE counted = 1 AND at = ?) AS placed
      GROUP BY model ORDER BY MIN(place)\
      """;

  /// No more than a statement may have parameters.
  private static final int QUARTERS_AT_ONCE = 512;

  private final Database database;
  private final NameTable names;

  public QuarterQueries(Database database, NameTable names) {
    this.database = database;
    this.names = names;
  }

  /// As they are at one moment.
  public List<Quarter> quarters(Instant from) {
    return database.snapshot(session -> quarters(session, Rollups.quarter(from)));
  }

  private List<Quarter> quarters(SqlSession session, long from) throws SQLException {
    Map<Long, List<String>> models = new HashMap<>();
    session.query(
        MODELS,
        row ->
            models
                .computeIfAbsent(row.getLong(1), _ -> new ArrayList<>(2))
                .add(names.text(row.getLong(2))),
        from);
    return session.query(
        TOTALS,
        row -> {
          long quarter = row.getLong(1);
          return new Quarter(
              at(quarter), models.getOrDefault(quarter, List.of()), SumColumns.read(row, 2));
        },
        from);
  }

  /// Where the first day begins of which a sum has changed since.
  public @Nullable Instant changedAfter(long revision) {
    return database
        .query(
            "SELECT block FROM sum_revision WHERE kind = ? AND revision > ? ORDER BY block LIMIT 1",
            row -> at(row.getLong(1) * Rollups.QUARTERS_A_DAY),
            SumRevisions.DAYS,
            revision)
        .stream()
        .findFirst()
        .orElse(null);
  }

  public List<Ends> ends(List<Instant> quarters) {
    return asked(
        ENDS,
        ")",
        quarters,
        row ->
            new Ends(
                at(row.getLong(1)),
                Instant.ofEpochMilli(row.getLong(2)),
                Instant.ofEpochMilli(row.getLong(3))));
  }

  public List<FirstUse> firstUses(List<Instant> quarters) {
    return asked(
        FIRST_USES,
        ")) AS asked",
        quarters,
        row ->
            new FirstUse(
                at(row.getLong(1)),
                names.text(row.getLong(2)),
                Instant.ofEpochMilli(row.getLong(3))));
  }

  public List<String> modelsAt(Instant at) {
    return database.query(MODELS_AT, row -> names.text(row.getLong(1)), at.toEpochMilli());
  }

  private <T> List<T> asked(
      String select, String end, List<Instant> quarters, RowReader<T> reader) {
    List<T> all = new ArrayList<>();
    for (int begin = 0; begin < quarters.size(); begin += QUARTERS_AT_ONCE) {
      List<Instant> some =
          quarters.subList(begin, Math.min(quarters.size(), begin + QUARTERS_AT_ONCE));
      var numbers = Conditions.padded(some.stream().map(Rollups::quarter).toList());
      all.addAll(
          database.query(select + Conditions.marks(numbers) + end, reader, numbers.toArray()));
    }
    return all;
  }

  private static Instant at(long quarter) {
    return Instant.ofEpochMilli(quarter * Rollups.QUARTER_MILLIS);
  }
}
