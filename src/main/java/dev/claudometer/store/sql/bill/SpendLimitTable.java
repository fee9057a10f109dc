package dev.claudometer.store.sql.bill;

import dev.claudometer.model.SpendLimit;
import dev.claudometer.model.Usd;
import dev.claudometer.store.sql.engine.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/// What members may spend, as it was told last.
final class SpendLimitTable {

  private final Database database;

  SpendLimitTable(Database database) {
    this.database = database;
  }

  /// In the place of all that were told before. Within a transaction.
  void put(List<SpendLimit> limits) throws SQLException {
    database.update("DELETE FROM spend_limit");
    for (SpendLimit limit : limits) {
      Usd most = limit.limit();
      database.update(
          """
          INSERT INTO spend_limit (member, period, name, email, most, spent, source, told_at)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (member, period) DO NOTHING\
          """,
          limit.member(),
          limit.period(),
          limit.name(),
          limit.email(),
          most == null ? null : most.nanos(),
          limit.spent().nanos(),
          limit.source(),
          limit.at().toEpochMilli());
    }
  }

  List<SpendLimit> all() {
    return database.query(
        """
        SELECT member, name, email, period, most, spent, source, told_at FROM spend_limit
        ORDER BY email, member, period\
        """,
        SpendLimitTable::read);
  }

  private static SpendLimit read(ResultSet row) throws SQLException {
    long most = row.getLong(5);
    Usd limit = row.wasNull() ? null : new Usd(most);
    return new SpendLimit(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        limit,
        new Usd(row.getLong(6)),
        row.getString(7),
        Instant.ofEpochMilli(row.getLong(8)));
  }
}
