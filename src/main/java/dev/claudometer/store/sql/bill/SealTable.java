package dev.claudometer.store.sql.bill;

import dev.claudometer.store.bill.MonthSeal;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.HashChain;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
    List<Row> last = database.query(SELECT + "ORDER BY number DESC LIMIT 1", Row::read);
    long number = last.isEmpty() ? 1 : last.getFirst().number() + 1;
    String before = last.isEmpty() ? "" : last.getFirst().hash();
    Instant stored = Instant.ofEpochMilli(at.toEpochMilli());
    String hash = HashChain.hash(before, number, stored, List.of(month.toString(), by, content));
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
    return rows().stream().flatMap(Row::seal).toList();
  }

  private List<Row> rows() {
    return database.query(SELECT + "ORDER BY number", Row::read);
  }

  List<String> broken() {
    var problems = new ArrayList<String>();
    String before = "";
    long next = 1;
    for (Row seal : rows()) {
      if (seal.number() != next) {
        problems.add("seal " + next + " of a month is missing");
      } else if (!seal.sound(before)) {
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

  /// A seal as it stands there, whoever wrote it.
  private record Row(
      long number, String month, Instant at, String by, String content, String hash) {

    static Row read(ResultSet row) throws SQLException {
      return new Row(
          row.getLong(1),
          row.getString(2),
          Instant.ofEpochMilli(row.getLong(3)),
          row.getString(4),
          row.getString(5),
          row.getString(6));
    }

    boolean sound(String before) {
      return hash.equals(HashChain.hash(before, number, at, List.of(month, by, content)));
    }

    /// None where the month is none: then it was not written here.
    Stream<MonthSeal> seal() {
      try {
        return Stream.of(new MonthSeal(number, YearMonth.parse(month), at, by, content, hash));
      } catch (DateTimeParseException changed) {
        return Stream.empty();
      }
    }
  }
}
