package dev.claudometer.store.sql.bill;

import static java.util.stream.Collectors.joining;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.Measure;
import dev.claudometer.store.bill.BilledCharge;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NameTable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the lines of a report come to by UTC day: see [DaySums].
final class DayTable {

  static final long DAY_MILLIS = 86_400_000;

  private static final String ADD =
      "INSERT INTO billed_day (report, dimension, day, member, "
          + BucketTable.COLUMNS
          + ") VALUES (?, ?, ?, ?"
          + ", ?".repeat(BucketTable.MEASURES.size())
          + ")";

  private static final String LINES =
      "SELECT member, "
          + BucketTable.COLUMNS
          + " FROM billed_line WHERE report = ? AND starts_at >= ? AND starts_at < ?";

  private static final String EVER_TOLD =
      BucketTable.MEASURES.stream()
          .map(measure -> "COUNT(" + BucketTable.column(measure) + ")")
          .collect(joining(", ", "SELECT ", " FROM billed_total WHERE report = ?"));

  private final Database database;
  private final NameTable names;

  DayTable(Database database, NameTable names) {
    this.database = database;
    this.names = names;
  }

  /// The sums of a step.
  record Sum(long day, BilledGroup group, BilledAmounts amounts) {}

  /// Adds the lines of a day up again. Used within a transaction.
  void renew(BilledReport report, long day) throws SQLException {
    long id = names.id(report.name());
    var sums = new DaySums(report, names);
    List<Line> lines =
        database.query(
            LINES,
            row ->
                new Line(
                    row.getLong(1),
                    GroupText.group(names.text(row.getLong(1))),
                    BucketTable.amounts(row, 2)),
            id,
            day * DAY_MILLIS,
            (day + 1) * DAY_MILLIS);
    for (Line line : lines) {
      sums.add(line.member(), line.group(), line.amounts());
    }
    replace(id, day, sums.sums());
  }

  private record Line(long member, BilledGroup group, BilledAmounts amounts) {}

  private void replace(long report, long day, Map<DaySums.Key, BilledAmounts> sums)
      throws SQLException {
    for (long dimension : dimensions()) {
      database.update(
          "DELETE FROM billed_day WHERE report = ? AND dimension = ? AND day = ?",
          report,
          dimension,
          day);
    }
    for (var sum : sums.entrySet()) {
      PreparedStatement add = database.statement(ADD);
      add.setLong(1, report);
      add.setLong(2, sum.getKey().dimension());
      add.setLong(3, day);
      add.setLong(4, sum.getKey().member());
      BucketTable.set(add, 5, sum.getValue());
      database.session().put(add);
    }
  }

  private List<Long> dimensions() throws SQLException {
    List<Long> dimensions =
        new ArrayList<>(List.of(DaySums.WHOLE, DaySums.EACH, DaySums.PAIR, DaySums.BELOW_ZERO));
    for (BilledDimension dimension : BilledDimension.values()) {
      dimensions.add(names.id(dimension.name()));
    }
    return dimensions;
  }

  /// Adds up by so many days, and by all or some of what lines are grouped by.
  void lines(BilledReport report, long from, long to, long days, LineSums into) {
    List<Measure> told = told(names.find(report.name()));
    database.query(
        select(days, told),
        row -> into.add(row.getLong(1) * days * DAY_MILLIS, row.getLong(2), amounts(row, told)),
        names.find(report.name()),
        into.by().equals(DaySums.pair(report)) && report != BilledReport.COST
            ? DaySums.PAIR
            : DaySums.EACH,
        from,
        to);
  }

  /// Sums by so many days, and by a dimension.
  ///
  /// @param days 0 for all of them together
  /// @param by null for no split
  List<Sum> sums(String report, long from, long to, long days, @Nullable BilledDimension by) {
    List<Measure> told = told(names.find(report));
    Map<Long, BilledGroup> groups = new HashMap<>();
    return database.query(
        select(days, told),
        row -> {
          long member = row.getLong(2);
          BilledGroup group = groups.get(member);
          if (group == null) {
            group = group(by, member);
            groups.put(member, group);
          }
          return new Sum(row.getLong(1) * days, group, amounts(row, told));
        },
        names.find(report),
        by == null ? DaySums.WHOLE : names.find(by.name()),
        from,
        to);
  }

  private static String select(long days, List<Measure> told) {
    boolean each = days == 1;
    String step = days == 0 ? "0" : "day / " + days;
    return told.stream()
            .map(BucketTable::column)
            .map(column -> ", " + (each ? column : BucketTable.known(column)))
            .collect(joining("", "SELECT " + step + ", member", " FROM billed_day"))
        + " WHERE report = ? AND dimension = ? AND day >= ? AND day < ?"
        + (each ? "" : " GROUP BY 1, 2");
  }

  /// Those that a report has told anything of: to add the others up would take most of the time.
  private List<Measure> told(long report) {
    return database
        .query(
            EVER_TOLD,
            row -> {
              List<Measure> told = new ArrayList<>();
              for (int i = 0; i < BucketTable.MEASURES.size(); i++) {
                if (row.getLong(i + 1) > 0) {
                  told.add(BucketTable.MEASURES.get(i));
                }
              }
              return told;
            },
            report)
        .getFirst();
  }

  @SuppressWarnings("EnumOrdinal") // places are what the list of measures is for
  private static BilledAmounts amounts(ResultSet row, List<Measure> told) throws SQLException {
    long[] amounts = new long[BucketTable.MEASURES.size()];
    int known = 0;
    for (int i = 0; i < told.size(); i++) {
      int place = told.get(i).ordinal();
      amounts[place] = row.getLong(i + 3);
      known |= amounts[place] == 0 && row.wasNull() ? 0 : 1 << place;
    }
    return new BilledAmounts(amounts, known);
  }

  private BilledGroup group(@Nullable BilledDimension by, long member) throws SQLException {
    return by == null || member == DaySums.NOT_GROUPED
        ? new BilledGroup(Map.of())
        : new BilledGroup(Map.of(by, names.text(member)));
  }

  /// What the cost report bills, by day and by model and cost type.
  List<BilledCharge> charges(long from, long to) {
    Map<Long, BilledGroup> groups = new HashMap<>();
    return database.query(
        """
        SELECT day, member, cost FROM billed_day
        WHERE report = ? AND dimension IN (?, ?) AND day >= ? AND day < ?\
        """,
        row -> {
          long member = row.getLong(2);
          BilledGroup group = groups.get(member);
          if (group == null) {
            group = GroupText.group(names.text(member));
            groups.put(member, group);
          }
          return new BilledCharge(
              LocalDate.ofEpochDay(row.getLong(1)),
              group.named(BilledDimension.MODEL),
              group.named(BilledDimension.COST_TYPE),
              row.getLong(3));
        },
        names.find(BilledReport.COST.name()),
        DaySums.PAIR,
        DaySums.BELOW_ZERO,
        from,
        to);
  }

  /// The names of a dimension; empty where lines name nothing for it.
  Set<String> named(BilledReport report, long from, long to, BilledDimension dimension) {
    return Set.copyOf(
        database.query(
            """
            SELECT DISTINCT member FROM billed_day
            WHERE report = ? AND dimension = ? AND day >= ? AND day < ? AND member >= 0\
            """,
            row -> names.text(row.getLong(1)),
            names.find(report.name()),
            names.find(dimension.name()),
            from,
            to));
  }

  /// A day of a report.
  private record Day(BilledReport report, long number) {}

  /// Makes the sums of a store that has lines and lacks sums: an earlier version wrote it.
  void make() {
    List<Day> days = missing();
    if (!days.isEmpty()) {
      database.transaction(
          () -> {
            for (Day day : days) {
              renew(day.report(), day.number());
            }
            return days;
          },
          names::forget);
    }
  }

  private List<Day> missing() {
    if (database.number("SELECT COUNT(*) FROM billed_day WHERE dimension = " + DaySums.EACH) == 0) {
      return database.query(
          "SELECT DISTINCT report, starts_at / " + DAY_MILLIS + " FROM billed_line",
          row -> new Day(BilledReport.valueOf(names.text(row.getLong(1))), row.getLong(2)));
    }
    List<Day> days = new ArrayList<>();
    for (BilledReport report : BilledReport.values()) {
      if (!DaySums.pair(report).isEmpty()) {
        days.addAll(lackingPairs(report));
      }
    }
    return days;
  }

  private List<Day> lackingPairs(BilledReport report) {
    return database.query(
        """
        SELECT day FROM billed_day AS whole WHERE report = ? AND dimension = ? AND NOT EXISTS (
          SELECT 1 FROM billed_day AS pair WHERE pair.report = whole.report
            AND pair.dimension IN (?, ?) AND pair.day = whole.day)\
        """,
        row -> new Day(report, row.getLong(1)),
        names.find(report.name()),
        DaySums.WHOLE,
        DaySums.PAIR,
        DaySums.BELOW_ZERO);
  }
}
