package dev.claudometer.store.sql.bill;

import static java.util.stream.Collectors.joining;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.Measure;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NameTable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the lines of a report come to by UTC day, as a whole and by one dimension each.
final class DayTable {

  static final long DAY_MILLIS = 86_400_000;

  /// Stands for all lines of a day.
  private static final long WHOLE = 0;

  /// Stands for lines by all that they are grouped by: the member is a line's own.
  private static final long EACH = -1;

  private static final long NOT_GROUPED = -1;

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

  private record Key(long dimension, long member) {}

  private record Line(long member, BilledGroup group, BilledAmounts amounts) {}

  /// The sums of a step.
  record Sum(long day, BilledGroup group, BilledAmounts amounts) {}

  /// Adds the lines of a day up again. Used within a transaction.
  void renew(long report, long day) throws SQLException {
    List<Line> lines =
        database.query(
            LINES,
            row ->
                new Line(
                    row.getLong(1),
                    GroupText.group(names.text(row.getLong(1))),
                    BucketTable.amounts(row, 2)),
            report,
            day * DAY_MILLIS,
            (day + 1) * DAY_MILLIS);
    Map<Key, BilledAmounts> sums = new HashMap<>();
    for (Line line : lines) {
      sums.merge(new Key(WHOLE, 0), line.amounts(), BilledAmounts::plus);
      sums.merge(new Key(EACH, line.member()), line.amounts(), BilledAmounts::plus);
      for (BilledDimension dimension : BilledDimension.values()) {
        var key = new Key(names.id(dimension.name()), member(line.group(), dimension));
        sums.merge(key, line.amounts(), BilledAmounts::plus);
      }
    }
    replace(report, day, sums);
  }

  private long member(BilledGroup group, BilledDimension dimension) throws SQLException {
    String value = group.value(dimension);
    return value == null ? NOT_GROUPED : names.id(value);
  }

  private void replace(long report, long day, Map<Key, BilledAmounts> sums) throws SQLException {
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
    List<Long> dimensions = new ArrayList<>(List.of(WHOLE, EACH));
    for (BilledDimension dimension : BilledDimension.values()) {
      dimensions.add(names.id(dimension.name()));
    }
    return dimensions;
  }

  /// What a line came to in a step.
  ///
  /// @param member what it is grouped by, as text
  record LineSum(long day, String member, BilledAmounts amounts) {}

  /// Sums by so many days, and by all that lines are grouped by.
  List<LineSum> lines(String report, long from, long to, long days) {
    List<Measure> told = told(names.find(report));
    return database.query(
        select(days, told),
        row -> new LineSum(row.getLong(1) * days, names.text(row.getLong(2)), amounts(row, told)),
        names.find(report),
        EACH,
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
        by == null ? WHOLE : names.find(by.name()),
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

  private static BilledAmounts amounts(ResultSet row, List<Measure> told) throws SQLException {
    var values = new EnumMap<Measure, Long>(Measure.class);
    for (int i = 0; i < told.size(); i++) {
      long value = row.getLong(i + 3);
      if (!row.wasNull()) {
        values.put(told.get(i), value);
      }
    }
    return new BilledAmounts(values);
  }

  private BilledGroup group(@Nullable BilledDimension by, long member) throws SQLException {
    return by == null || member == NOT_GROUPED
        ? new BilledGroup(Map.of())
        : new BilledGroup(Map.of(by, names.text(member)));
  }

  /// Makes the sums of a store that has lines and none of them yet.
  void make() {
    if (database.number("SELECT COUNT(*) FROM billed_day WHERE dimension = " + EACH) == 0) {
      List<List<Long>> days =
          database.query(
              "SELECT DISTINCT report, starts_at / " + DAY_MILLIS + " FROM billed_line",
              row -> List.of(row.getLong(1), row.getLong(2)));
      if (!days.isEmpty()) {
        database.transaction(
            () -> {
              for (List<Long> day : days) {
                renew(day.getFirst(), day.getLast());
              }
              return days;
            },
            names::forget);
      }
    }
  }
}
