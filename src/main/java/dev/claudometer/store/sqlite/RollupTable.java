package dev.claudometer.store.sqlite;

import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usd;
import dev.claudometer.usage.Totals;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// Quarter-hour sums. Changes are collected and added within the transaction that makes them.
final class RollupTable {

  private static final long QUARTER_MILLIS = 15 * 60_000L;

  static final String SUMS =
      """
      SUM(responses), SUM(unfinalised), SUM(unpriced), SUM(input), SUM(output),
      SUM(cache_write_5m), SUM(cache_write_1h), SUM(cache_read), SUM(web_searches),
      SUM(web_fetches), SUM(calculated), SUM(reported), SUM(automatic)""";

  private static final String ADD =
      """
      INSERT INTO rollup (quarter, session, project, model, responses, unfinalised, unpriced,
        input, output, cache_write_5m, cache_write_1h, cache_read, web_searches, web_fetches,
        calculated, reported, automatic)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (quarter, session, project, model) DO UPDATE SET
        responses = responses + excluded.responses,
        unfinalised = unfinalised + excluded.unfinalised,
        unpriced = unpriced + excluded.unpriced,
        input = input + excluded.input,
        output = output + excluded.output,
        cache_write_5m = cache_write_5m + excluded.cache_write_5m,
        cache_write_1h = cache_write_1h + excluded.cache_write_1h,
        cache_read = cache_read + excluded.cache_read,
        web_searches = web_searches + excluded.web_searches,
        web_fetches = web_fetches + excluded.web_fetches,
        calculated = calculated + excluded.calculated,
        reported = reported + excluded.reported,
        automatic = automatic + excluded.automatic""";

  private record Key(long quarter, String session, String project, String model) {}

  private final Database database;
  private final NameTable names;
  private final Map<Key, Totals> changes = new HashMap<>();

  RollupTable(Database database, NameTable names) {
    this.database = database;
    this.names = names;
  }

  static long quarter(Instant at) {
    return Math.floorDiv(at.toEpochMilli(), QUARTER_MILLIS);
  }

  void add(EventRow row) {
    changes.merge(key(row), row.totals(), Totals::plus);
  }

  void subtract(EventRow row) {
    changes.merge(key(row), Totals.ZERO.minus(row.totals()), Totals::plus);
  }

  private static Key key(EventRow row) {
    var attribution = row.event().attribution();
    return new Key(
        quarter(row.event().at()),
        attribution.session(),
        attribution.project(),
        row.event().usage().model());
  }

  /// Writes the collected changes; sums that have become empty disappear.
  void flush() throws SQLException {
    boolean fell = false;
    for (var change : changes.entrySet()) {
      if (!change.getValue().equals(Totals.ZERO)) {
        write(change.getKey(), change.getValue());
        fell |= change.getValue().responses() < 0;
      }
    }
    changes.clear();
    if (fell) {
      database.update("DELETE FROM rollup WHERE responses = 0");
    }
  }

  void forget() {
    changes.clear();
  }

  private void write(Key key, Totals totals) throws SQLException {
    PreparedStatement add = database.statement(ADD);
    add.setLong(1, key.quarter());
    add.setLong(2, names.id(key.session()));
    add.setLong(3, names.id(key.project()));
    add.setLong(4, names.id(key.model()));
    add.setLong(5, totals.responses());
    add.setLong(6, totals.unfinalised());
    add.setLong(7, totals.unpriced());
    add.setLong(8, totals.tokens().input());
    add.setLong(9, totals.tokens().output());
    add.setLong(10, totals.tokens().cacheWrite5m());
    add.setLong(11, totals.tokens().cacheWrite1h());
    add.setLong(12, totals.tokens().cacheRead());
    add.setLong(13, totals.webSearches());
    add.setLong(14, totals.webFetches());
    add.setLong(15, totals.calculated().nanos());
    add.setLong(16, totals.reported().nanos());
    add.setLong(17, totals.reportedElseCalculated().nanos());
    add.executeUpdate();
  }

  /// Reads the columns of [#SUMS], from column `first` on.
  static Totals read(ResultSet row, int first) throws SQLException {
    return new Totals(
        row.getLong(first),
        row.getLong(first + 1),
        row.getLong(first + 2),
        new TokenCounts(
            row.getLong(first + 3),
            row.getLong(first + 4),
            row.getLong(first + 5),
            row.getLong(first + 6),
            row.getLong(first + 7)),
        row.getLong(first + 8),
        row.getLong(first + 9),
        new Usd(row.getLong(first + 10)),
        new Usd(row.getLong(first + 11)),
        new Usd(row.getLong(first + 12)));
  }
}
