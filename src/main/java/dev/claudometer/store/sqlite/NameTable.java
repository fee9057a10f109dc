package dev.claudometer.store.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/// Numbers for texts that repeat, and back. A number never changes its text, so both ways are
/// remembered.
final class NameTable {

  private final Database database;
  private final Map<String, Long> ids = new HashMap<>();
  private final Map<Long, String> texts = new HashMap<>();

  NameTable(Database database) {
    this.database = database;
  }

  /// The number of a text, made when it has none yet. Call it within a transaction.
  long id(String text) throws SQLException {
    Long known = ids.get(text);
    if (known != null) {
      return known;
    }
    long id = find(text);
    if (id < 0) {
      database.update("INSERT INTO name (text) VALUES (?)", text);
      id = find(text);
    }
    ids.put(text, id);
    texts.put(id, text);
    return id;
  }

  /// Forgets what a transaction that did not commit may have made.
  void forget() {
    ids.clear();
    texts.clear();
  }

  String text(long id) throws SQLException {
    String known = texts.get(id);
    if (known != null) {
      return known;
    }
    PreparedStatement select = database.statement("SELECT text FROM name WHERE id = ?");
    select.setLong(1, id);
    try (ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("no name " + id);
      }
      String text = row.getString(1);
      texts.put(id, text);
      return text;
    }
  }

  private long find(String text) throws SQLException {
    PreparedStatement select = database.statement("SELECT id FROM name WHERE text = ?");
    select.setString(1, text);
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? row.getLong(1) : -1;
    }
  }
}
