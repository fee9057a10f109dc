package dev.claudometer.store.sql.sum;

import dev.claudometer.store.Dimension;
import dev.claudometer.store.sql.engine.SumColumns;
import dev.claudometer.store.sql.engine.SumRevisions;
import dev.claudometer.usage.Quantity;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A table of sums that can be remembered, block by block.
enum KeptTable {
  DAYS(
      "rollup_day",
      "day",
      SumRevisions.DAYS,
      1,
      List.of(Dimension.PROJECT, Dimension.MODEL, Dimension.BRANCH, Dimension.DEVICE),
      List.of()),
  TIMES(
      "rollup_time",
      "quarter",
      SumRevisions.DAYS,
      (int) Rollups.QUARTERS_A_DAY,
      List.of(),
      List.of()),
  SESSIONS(
      "rollup_session",
      "session",
      SumRevisions.SESSIONS,
      SumRevisions.SESSIONS_IN_A_BLOCK,
      List.of(
          Dimension.SESSION,
          Dimension.PROJECT,
          Dimension.MODEL,
          Dimension.BRANCH,
          Dimension.DEVICE),
      List.of("first_at", "last_at"));

  private final int kind;
  private final int width;

  @SuppressWarnings("ImmutableEnumChecker") // List.of makes it
  private final List<Dimension> by;

  private final int spans;
  private final String select;

  /// @param place the column that blocks are cut of
  /// @param kind of the revisions
  /// @param width how many places are in a block
  KeptTable(
      String table, String place, int kind, int width, List<Dimension> by, List<String> spans) {
    this.kind = kind;
    this.width = width;
    this.by = by;
    this.spans = spans.size();
    select =
        "SELECT "
            + place
            + by.stream()
                .map(each -> ", " + each.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining())
            + spans.stream().map(span -> ", " + span).collect(Collectors.joining())
            + ", "
            + SumColumns.EACH
            + " FROM "
            + table
            + " WHERE "
            + place
            + " >= ? AND "
            + place
            + " < ? ORDER BY "
            + place
            + " LIMIT ?";
  }

  int kind() {
    return kind;
  }

  /// The rows of places from one to before another, in their order, and at most so many.
  String select() {
    return select;
  }

  /// Where no column of it is without values.
  long mostBytesOfARow() {
    return 8L * (1 + spans + Quantity.ALL.size()) + 4L * by.size();
  }

  long block(long place) {
    return Math.floorDiv(place, width);
  }

  /// Where a block begins.
  long begin(long block) {
    return Math.multiplyExact(block, width);
  }

  SumRows.Builder builder() {
    return new SumRows.Builder(by, spans);
  }
}
