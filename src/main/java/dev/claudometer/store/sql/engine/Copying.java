package dev.claudometer.store.sql.engine;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Copies a whole store into an empty one, also of another kind: this is how backups are made and
/// restored, and how a store moves from SQLite to PostgreSQL.
public final class Copying {

  /// Every table, but the ledger and the leases.
  static final List<String> TABLES =
      List.of(
          "name",
          "context",
          "event_row",
          "event_copy",
          "call",
          "forgotten",
          "rollup",
          "rollup_day",
          "rollup_session",
          "rollup_time",
          "sum_revision",
          "activity",
          "session_total",
          "session_total_model",
          "project",
          "file",
          "damage",
          "transcript",
          "told_home",
          "told_day",
          "limit_stretch",
          "limit_latest",
          "meter",
          "session_part",
          "setting",
          "device",
          "account",
          "team_member",
          "saved_view",
          "day_note",
          "credential",
          "audit",
          "server_setting",
          "billed_bucket",
          "billed_line",
          "billed_day",
          "billed_total",
          "billed_told",
          "organization_entry",
          "month_seal",
          "member_spending",
          "spend_cap",
          "poll",
          "credit_reading");

  private static final int ROWS_AT_ONCE = 2_000;

  private final Database from;
  private final Database to;

  public Copying(Database from, Database to) {
    this.from = from;
    this.to = to;
  }

  /// The store that is copied into holds something already.
  public static final class NotEmpty extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotEmpty() {
      super("the store that is copied into is not empty");
    }
  }

  /// Copies everything as it is at one moment, while others go on writing.
  ///
  /// @return how many rows
  /// @throws NotEmpty where there is something already: nothing was changed
  public long run() {
    return from.snapshot(
        source ->
            to.transaction(
                () -> {
                  long rows = 0;
                  for (String table : TABLES) {
                    if (!isEmpty(table)) {
                      throw new NotEmpty();
                    }
                  }
                  for (String table : TABLES) {
                    rows += copy(source, table);
                  }
                  ledger(source);
                  return rows;
                }));
  }

  private boolean isEmpty(String table) {
    return to.query("SELECT 1 FROM " + table + " LIMIT 1", row -> row.getInt(1)).isEmpty();
  }

  private long copy(SqlSession source, String table) throws SQLException {
    long rows = 0;
    try (PreparedStatement select =
        source.connection().prepareStatement("SELECT * FROM " + table)) {
      select.setFetchSize(ROWS_AT_ONCE);
      try (ResultSet row = select.executeQuery()) {
        List<String> columns = columns(row.getMetaData());
        String insert = insert(table, columns);
        while (row.next()) {
          put(insert, row, table, columns);
          rows++;
          if (rows % ROWS_AT_ONCE == 0) {
            to.session().flush();
          }
        }
        to.session().flush();
      }
    }
    return rows;
  }

  private static List<String> columns(ResultSetMetaData data) throws SQLException {
    var columns = new ArrayList<String>();
    for (int i = 1; i <= data.getColumnCount(); i++) {
      columns.add(data.getColumnName(i));
    }
    return columns;
  }

  private static String insert(String table, List<String> columns) {
    return "INSERT INTO "
        + table
        + " ("
        + String.join(", ", columns)
        + ") VALUES ("
        + String.join(", ", Collections.nCopies(columns.size(), "?"))
        + ")";
  }

  private void put(String insert, ResultSet row, String table, List<String> columns)
      throws SQLException {
    PreparedStatement statement = to.statement(insert);
    for (int i = 1; i <= columns.size(); i++) {
      PackedText packed = PackedColumns.of(table, columns.get(i - 1));
      if (packed == null) {
        statement.setObject(i, row.getObject(i));
      } else {
        packed.set(statement, i, packed.read(row, i), to);
      }
    }
    to.session().put(statement);
  }

  private void ledger(SqlSession source) throws SQLException {
    for (List<Object> row :
        source.query(
            "SELECT revision, metered, COALESCE(horizon, -1) FROM ledger",
            row -> List.<Object>of(row.getLong(1), row.getLong(2), row.getLong(3)))) {
      to.update("UPDATE ledger SET revision = ?, metered = ?", row.getFirst(), row.get(1));
      if ((long) row.getLast() >= 0) {
        to.update("UPDATE ledger SET horizon = ?", row.getLast());
      }
    }
  }
}
