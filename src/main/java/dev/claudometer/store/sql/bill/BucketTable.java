package dev.claudometer.store.sql.bill;

import static java.util.stream.Collectors.joining;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledBucket;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.Measure;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NameTable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Billed buckets, and the lines of each. Used within a transaction.
public final class BucketTable {

  /// Of two answers that were on their way at once the later question counts. Where a stored one
  /// was told much later, a clock was wrong: it gives way.
  private static final Duration OVERLAP = Duration.ofMinutes(10);

  public static final List<Measure> MEASURES = List.of(Measure.values());

  public static final String COLUMNS =
      MEASURES.stream().map(BucketTable::column).collect(joining(", "));

  private static final String ADD_LINE =
      "INSERT INTO billed_line (report, starts_at, member, "
          + COLUMNS
          + ") VALUES (?, ?, ?"
          + ", ?".repeat(MEASURES.size())
          + ")";

  private static final String LINES =
      "SELECT member, " + COLUMNS + " FROM billed_line WHERE report = ? AND starts_at = ?";

  private final Database database;
  private final NameTable names;
  private final TotalTable totals;

  BucketTable(Database database, NameTable names, TotalTable totals) {
    this.database = database;
    this.names = names;
    this.totals = totals;
  }

  public static String column(Measure measure) {
    return measure.name().toLowerCase(Locale.ROOT);
  }

  /// What becomes of a bucket.
  enum Outcome {
    ADDED,
    REVISED,
    GROWN,
    UNCHANGED,
    OUTDATED
  }

  private record Known(Instant to, Instant toldAt) {}

  /// @param revision of the change, if it is one
  Outcome put(BilledBucket bucket, long revision) throws SQLException {
    long report = names.id(bucket.report().name());
    Known known = known(report, bucket.from());
    if (known != null && outdated(known, bucket)) {
      return Outcome.OUTDATED;
    }
    Map<BilledGroup, BilledAmounts> before =
        known == null ? Map.of() : lines(report, bucket.from());
    Map<BilledGroup, BilledAmounts> now = byGroup(bucket);
    Outcome outcome = outcome(known, before, now);
    place(bucket, report, outcome);
    if (outcome != Outcome.UNCHANGED) {
      replace(bucket, report);
      totals.move(report, before, now, revision);
      database.session().flush();
    }
    return outcome;
  }

  private static boolean outdated(Known known, BilledBucket bucket) {
    Instant told = bucket.toldAt();
    return known.toldAt().isAfter(told) && !known.toldAt().isAfter(told.plus(OVERLAP));
  }

  private static Outcome outcome(
      @Nullable Known known,
      Map<BilledGroup, BilledAmounts> before,
      Map<BilledGroup, BilledAmounts> now) {
    if (known == null) {
      return Outcome.ADDED;
    }
    if (before.equals(now)) {
      return Outcome.UNCHANGED;
    }
    return known.toldAt().isBefore(known.to()) ? Outcome.GROWN : Outcome.REVISED;
  }

  private static Map<BilledGroup, BilledAmounts> byGroup(BilledBucket bucket) {
    Map<BilledGroup, BilledAmounts> lines = new HashMap<>();
    bucket.lines().forEach(line -> lines.put(line.group(), line.amounts()));
    return lines;
  }

  private @Nullable Known known(long report, Instant from) {
    return database
        .query(
            "SELECT ends_at, told_at FROM billed_bucket WHERE report = ? AND starts_at = ?",
            row ->
                new Known(
                    Instant.ofEpochMilli(row.getLong(1)), Instant.ofEpochMilli(row.getLong(2))),
            report,
            from.toEpochMilli())
        .stream()
        .findFirst()
        .orElse(null);
  }

  private Map<BilledGroup, BilledAmounts> lines(long report, Instant from) {
    Map<BilledGroup, BilledAmounts> lines = new HashMap<>();
    database.query(
        LINES,
        row -> lines.put(GroupText.group(names.text(row.getLong(1))), amounts(row, 2)),
        report,
        from.toEpochMilli());
    return lines;
  }

  /// The known measures of a row.
  ///
  /// @param first column of the first measure
  static BilledAmounts amounts(ResultSet row, int first) throws SQLException {
    long[] amounts = new long[MEASURES.size()];
    int known = 0;
    for (int i = 0; i < amounts.length; i++) {
      amounts[i] = row.getLong(first + i);
      known |= amounts[i] == 0 && row.wasNull() ? 0 : 1 << i;
    }
    return new BilledAmounts(amounts, known);
  }

  private void place(BilledBucket bucket, long report, Outcome outcome) throws SQLException {
    database.update(
        """
        INSERT INTO billed_bucket (report, starts_at, ends_at, told_at, revisions)
        VALUES (?, ?, ?, ?, 0)
        ON CONFLICT (report, starts_at) DO UPDATE SET ends_at = excluded.ends_at,
          told_at = excluded.told_at, revisions = billed_bucket.revisions + ?\
        """,
        report,
        bucket.from().toEpochMilli(),
        bucket.to().toEpochMilli(),
        bucket.toldAt().toEpochMilli(),
        outcome == Outcome.REVISED ? 1 : 0);
  }

  private void replace(BilledBucket bucket, long report) throws SQLException {
    long from = bucket.from().toEpochMilli();
    database.update("DELETE FROM billed_line WHERE report = ? AND starts_at = ?", report, from);
    for (BilledBucket.Line line : bucket.lines()) {
      add(report, from, line);
    }
  }

  private void add(long report, long from, BilledBucket.Line line) throws SQLException {
    long member = names.id(GroupText.of(line.group()));
    PreparedStatement add = database.statement(ADD_LINE);
    add.setLong(1, report);
    add.setLong(2, from);
    add.setLong(3, member);
    set(add, 4, line.amounts());
    database.session().put(add);
  }

  /// Sets all measures as parameters.
  ///
  /// @param first parameter of the first measure
  static void set(PreparedStatement statement, int first, BilledAmounts amounts)
      throws SQLException {
    for (int i = 0; i < MEASURES.size(); i++) {
      Long value = amounts.of(MEASURES.get(i));
      if (value == null) {
        statement.setNull(first + i, Types.BIGINT);
      } else {
        statement.setLong(first + i, value);
      }
    }
  }

  /// The sums of a report's lines by step and group, known where every line knows them.
  static String sums() {
    return "SELECT starts_at / ?, member, "
        + Arrays.stream(Measure.values())
            .map(BucketTable::column)
            .map(BucketTable::known)
            .collect(joining(", "))
        + " FROM billed_line WHERE report = ? AND starts_at >= ? AND starts_at < ? GROUP BY 1, 2";
  }

  /// The sum of a column, where every row knows it.
  public static String known(String column) {
    return "CASE WHEN COUNT(" + column + ") = COUNT(*) THEN SUM(" + column + ") END";
  }

  List<Instant> revised(BilledReport report, Instant from, Instant to) {
    return database.query(
        """
        SELECT starts_at FROM billed_bucket
        WHERE report = ? AND starts_at >= ? AND starts_at < ? AND revisions > 0
        ORDER BY starts_at\
        """,
        row -> Instant.ofEpochMilli(row.getLong(1)),
        names.find(report.name()),
        from.toEpochMilli(),
        to.toEpochMilli());
  }
}
