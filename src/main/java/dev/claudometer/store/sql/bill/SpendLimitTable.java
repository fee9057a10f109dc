package dev.claudometer.store.sql.bill;

import dev.claudometer.model.SpendCap;
import dev.claudometer.model.SpendLimit;
import dev.claudometer.model.Usd;
import dev.claudometer.store.sql.engine.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What members may spend, and the limits that are configured, as both were told last.
final class SpendLimitTable {

  private final Database database;

  SpendLimitTable(Database database) {
    this.database = database;
  }

  /// In the place of all that were told before. Within a transaction.
  void put(List<SpendLimit> limits) throws SQLException {
    database.update("DELETE FROM member_spending");
    for (SpendLimit limit : limits) {
      Usd most = limit.limit();
      Usd spent = limit.spent();
      database.update(
          """
          INSERT INTO member_spending
            (member, period, name, email, currency, most, spent, source, told_at)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (member, period) DO NOTHING\
          """,
          limit.member(),
          limit.period(),
          limit.name(),
          limit.email(),
          limit.currency(),
          most == null ? null : most.nanos(),
          spent == null ? null : spent.nanos(),
          limit.source(),
          limit.at().toEpochMilli());
    }
  }

  List<SpendLimit> all() {
    return database.query(
        """
        SELECT member, name, email, period, most, spent, currency, source, told_at
        FROM member_spending
        ORDER BY email, member, period\
        """,
        SpendLimitTable::read);
  }

  private static SpendLimit read(ResultSet row) throws SQLException {
    Usd limit = amount(row, 5);
    Usd spent = amount(row, 6);
    return new SpendLimit(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        limit,
        spent,
        row.getString(7),
        row.getString(8),
        Instant.ofEpochMilli(row.getLong(9)));
  }

  private static @Nullable Usd amount(ResultSet row, int column) throws SQLException {
    long nanos = row.getLong(column);
    return row.wasNull() ? null : new Usd(nanos);
  }

  /// In the place of all that were told before. Within a transaction.
  void putCaps(List<SpendCap> caps) throws SQLException {
    database.update("DELETE FROM spend_cap");
    for (SpendCap cap : caps) {
      Usd most = cap.limit();
      database.update(
          """
          INSERT INTO spend_cap (id, scope, holder, period, currency, most, enabled, told_at)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (id) DO NOTHING\
          """,
          cap.id(),
          cap.scope(),
          cap.of(),
          cap.period(),
          cap.currency(),
          most == null ? null : most.nanos(),
          cap.enabled() ? 1 : 0,
          cap.at().toEpochMilli());
    }
  }

  List<SpendCap> caps() {
    return database.query(
        """
        SELECT id, scope, holder, period, most, currency, enabled, told_at FROM spend_cap
        ORDER BY scope, holder, period, id\
        """,
        SpendLimitTable::readCap);
  }

  private static SpendCap readCap(ResultSet row) throws SQLException {
    Usd limit = amount(row, 5);
    return new SpendCap(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        limit,
        row.getString(6),
        row.getLong(7) == 1,
        Instant.ofEpochMilli(row.getLong(8)));
  }
}
