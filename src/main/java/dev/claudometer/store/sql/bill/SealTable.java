package dev.claudometer.store.sql.bill;

import dev.claudometer.store.bill.MonthSeal;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.HashChain;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/// Closed months as rows.
final class SealTable {

  private static final String SELECT =
      "SELECT number, month, at, closed_by, content, hash FROM month_seal ";

  /// Tells which seal is the last, so that it is missed.
  private static final String HEAD = "month_seal.head";

  private final Database database;

  SealTable(Database database) {
    this.database = database;
  }

  /// Within a transaction.
  MonthSeal add(YearMonth month, Instant at, String by, String content) throws SQLException {
    List<MonthSeal> last = database.query(SELECT + "ORDER BY number DESC LIMIT 1", SealTable::read);
    long number = last.isEmpty() ? 1 : last.getFirst().number() + 1;
    String before = last.isEmpty() ? "" : last.getFirst().hash();
    Instant stored = Instant.ofEpochMilli(at.toEpochMilli());
    String hash = hash(before, number, month, stored, by, content);
    database.update(
        """
        INSERT INTO month_seal (number, month, at, closed_by, content, hash)
        VALUES (?, ?, ?, ?, ?, ?)\
        """,
        number,
        month.toString(),
        stored.toEpochMilli(),
        by,
        content,
        hash);
    database.update(
        """
        INSERT INTO server_setting (name, value) VALUES (?, ?)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value\
        """,
        HEAD,
        number + " " + hash);
    return new MonthSeal(number, month, stored, by, content, hash);
  }

  List<MonthSeal> all() {
    return database.query(SELECT + "ORDER BY number", SealTable::read);
  }

  List<String> broken() {
    var problems = new ArrayList<String>();
    String before = "";
    long next = 1;
    for (MonthSeal seal : all()) {
      if (seal.number() != next) {
        problems.add("seal " + next + " of a month is missing");
      } else if (!seal.hash()
          .equals(hash(before, next, seal.month(), seal.at(), seal.by(), seal.content()))) {
        problems.add("seal " + next + ", of " + seal.month() + ", was changed");
      }
      before = seal.hash();
      next = seal.number() + 1;
    }
    String head = next == 1 ? "" : next - 1 + " " + before;
    if (!head.equals(head())) {
      problems.add("the last seals of months are missing");
    }
    return problems;
  }

  private String head() {
    return database
        .query("SELECT value FROM server_setting WHERE name = ?", row -> row.getString(1), HEAD)
        .stream()
        .findFirst()
        .orElse("");
  }

  private static String hash(
      String before, long number, YearMonth month, Instant at, String by, String content) {
    return HashChain.hash(before, number, at, List.of(month.toString(), by, content));
  }

  private static MonthSeal read(ResultSet row) throws SQLException {
    return new MonthSeal(
        row.getLong(1),
        YearMonth.parse(row.getString(2)),
        Instant.ofEpochMilli(row.getLong(3)),
        row.getString(4),
        row.getString(5),
        row.getString(6));
  }
}
