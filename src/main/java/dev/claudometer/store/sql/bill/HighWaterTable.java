package dev.claudometer.store.sql.bill;

import static java.util.stream.Collectors.joining;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NameTable;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/// The most that each counter of a bill has told.
final class HighWaterTable {

  private static final String RAISE =
      "INSERT INTO billed_told (counter, member, since, "
          + BucketTable.COLUMNS
          + ") VALUES (?, ?, (SELECT revision FROM ledger)"
          + ", ?".repeat(BucketTable.MEASURES.size())
          + ") ON CONFLICT (counter, member) DO UPDATE SET "
          + BucketTable.MEASURES.stream()
              .map(BucketTable::column)
              .map(HighWaterTable::larger)
              .collect(joining(", "));

  private static final String ALL =
      "SELECT member, "
          + BucketTable.COLUMNS
          + " FROM billed_told WHERE counter = ? ORDER BY since, member";

  private final Database database;
  private final NameTable names;

  HighWaterTable(Database database, NameTable names) {
    this.database = database;
    this.names = names;
  }

  private static String larger(String column) {
    return "%1$s = CASE WHEN billed_told.%1$s IS NULL OR excluded.%1$s > billed_told.%1$s THEN excluded.%1$s ELSE billed_told.%1$s END"
        .formatted(column);
  }

  void raise(String counter, Map<BilledGroup, BilledAmounts> sums) throws SQLException {
    long id = names.id(counter);
    for (Map.Entry<BilledGroup, BilledAmounts> sum : sums.entrySet()) {
      long member = names.id(GroupText.of(sum.getKey()));
      PreparedStatement raise = database.statement(RAISE);
      raise.setLong(1, id);
      raise.setLong(2, member);
      BucketTable.set(raise, 3, sum.getValue());
      database.session().put(raise);
    }
    database.session().flush();
  }

  Map<BilledGroup, BilledAmounts> told(String counter) {
    Map<BilledGroup, BilledAmounts> told = new LinkedHashMap<>();
    database.query(
        ALL,
        row -> told.put(GroupText.group(names.text(row.getLong(1))), BucketTable.amounts(row, 2)),
        names.find(counter));
    return told;
  }
}
