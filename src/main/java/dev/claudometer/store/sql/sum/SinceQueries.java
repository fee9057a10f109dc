package dev.claudometer.store.sql.sum;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.Usd;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NameTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What happened from an instant on, exactly: whole quarter hours from their sums, the rest of the
/// first one from its events.
public final class SinceQueries {

  private static final String QUARTERS =
      "SELECT device, SUM(automatic) FROM rollup WHERE quarter >= ? GROUP BY device";

  private static final String EDGE =
      """
      SELECT device, SUM(COALESCE(reported, booked, 0)) FROM event
      WHERE counted = 1 AND at >= ? AND at < ? GROUP BY device\
      """;

  private final Database database;
  private final NameTable names;

  public SinceQueries(Database database, NameTable names) {
    this.database = database;
    this.names = names;
  }

  public Map<DeviceId, Usd> spend(Instant from) {
    long quarter = Math.ceilDiv(from.toEpochMilli(), Rollups.QUARTER_MILLIS);
    var spend = new HashMap<DeviceId, Usd>();
    database.query(QUARTERS, row -> add(row, spend), quarter);
    database.query(
        EDGE, row -> add(row, spend), from.toEpochMilli(), quarter * Rollups.QUARTER_MILLIS);
    return spend;
  }

  private boolean add(ResultSet row, Map<DeviceId, Usd> spend) throws SQLException {
    spend.merge(names.device(row.getLong(1)), new Usd(row.getLong(2)), Usd::plus);
    return true;
  }

  public Map<DeviceId, List<Long>> pauses(Instant from) {
    var pauses = new HashMap<DeviceId, List<Long>>();
    long[] last = {-1, 0};
    database.query(
        "SELECT device, at FROM event WHERE counted = 1 AND part = 0 AND at >= ?"
            + " ORDER BY device, at",
        row -> {
          if (row.getLong(1) == last[0]) {
            pauses
                .computeIfAbsent(names.device(last[0]), _ -> new ArrayList<>())
                .add(row.getLong(2) - last[1]);
          }
          last[0] = row.getLong(1);
          last[1] = row.getLong(2);
          return true;
        },
        from.toEpochMilli());
    return pauses;
  }
}
