package dev.claudometer.store.sql.bill;

import static java.util.stream.Collectors.joining;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.Measure;
import dev.claudometer.store.bill.BilledTotals;
import dev.claudometer.store.bill.BilledTotals.Total;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NameTable;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What all lines of a report come to by group, moved by the difference when a bucket is replaced.
/// Used within a transaction.
final class TotalTable {

  private static final String ADD =
      "INSERT INTO billed_total (report, member, revision, "
          + BucketTable.COLUMNS
          + ") VALUES (?, ?, ?"
          + ", ?".repeat(BucketTable.MEASURES.size())
          + ") ON CONFLICT (report, member) DO UPDATE SET revision = excluded.revision, "
          + BucketTable.MEASURES.stream()
              .map(BucketTable::column)
              .map(TotalTable::sum)
              .collect(joining(", "));

  private static final String SINCE =
      "SELECT report, member, revision, "
          + BucketTable.COLUMNS
          + " FROM billed_total WHERE revision > ? ORDER BY report, member";

  private final Database database;
  private final NameTable names;

  TotalTable(Database database, NameTable names) {
    this.database = database;
    this.names = names;
  }

  /// What is unknown stays unknown until something is known of it.
  private static String sum(String column) {
    return "%1$s = CASE WHEN excluded.%1$s IS NULL THEN billed_total.%1$s ELSE COALESCE(billed_total.%1$s, 0) + excluded.%1$s END"
        .formatted(column);
  }

  /// A bucket said the one, and now says the other.
  void move(
      long report,
      Map<BilledGroup, BilledAmounts> before,
      Map<BilledGroup, BilledAmounts> now,
      long revision)
      throws SQLException {
    Set<BilledGroup> groups = new HashSet<>(before.keySet());
    groups.addAll(now.keySet());
    var nothing = new BilledAmounts(Map.of());
    for (BilledGroup group : groups) {
      PreparedStatement add = database.statement(ADD);
      add.setLong(1, report);
      add.setLong(2, names.id(GroupText.of(group)));
      add.setLong(3, revision);
      BucketTable.set(
          add,
          4,
          difference(before.getOrDefault(group, nothing), now.getOrDefault(group, nothing)));
      database.session().put(add);
    }
  }

  private static BilledAmounts difference(BilledAmounts before, BilledAmounts now) {
    Map<Measure, Long> values = new EnumMap<>(Measure.class);
    values.putAll(now.values());
    before.values().forEach((measure, value) -> values.merge(measure, -value, Math::addExact));
    return new BilledAmounts(values);
  }

  BilledTotals since(long after) {
    long[] revision = {after};
    List<Total> totals =
        database.query(
            SINCE,
            row -> {
              revision[0] = Math.max(revision[0], row.getLong(3));
              return new Total(
                  BilledReport.valueOf(names.text(row.getLong(1))),
                  GroupText.group(names.text(row.getLong(2))),
                  BucketTable.amounts(row, 4));
            },
            after);
    return new BilledTotals(revision[0], totals);
  }
}
