package dev.claudometer.store.sql.event;

import dev.claudometer.store.sql.engine.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Numbers for what responses share. A number never changes what it stands for, so it is
/// remembered. Used within a transaction.
final class ContextTable {

  /// Keeps a store of many machines from filling the memory.
  private static final int MOST_REMEMBERED = 50_000;

  private static final int FIRST_SHARED = 2;

  private static final String OF =
      "SELECT id FROM context WHERE " + String.join(" = ? AND ", EventColumn.shared()) + " = ?";

  private static final String ADD = addition();

  private final Database database;
  private final EventRowWriter writer;
  private final Map<Context, Long> ids = new HashMap<>();

  /// The transaction that [#largest] belongs to.
  private long turn;

  private long largest;

  /// Whether every context is remembered, so that one which is not is new.
  private boolean all;

  ContextTable(Database database, EventRowWriter writer) {
    this.database = database;
    this.writer = writer;
    database.rollbacks().onRollback(this::forget);
  }

  private static String addition() {
    List<String> shared = EventColumn.shared();
    return "INSERT INTO context (id, "
        + String.join(", ", shared)
        + ") VALUES (?"
        + String.join("", Collections.nCopies(shared.size(), ", ?"))
        + ")";
  }

  /// The number of what an event shares, made when it has none yet. Call it before the first
  /// parameter of a row is set.
  long id(Context context) throws SQLException {
    Long known = ids.get(context);
    if (known != null) {
      return known;
    }
    look();
    long id = all ? -1 : find(context);
    if (id < 0) {
      id = add(context);
    }
    remember(context, id);
    return id;
  }

  /// Looks what numbers there are, once in a transaction: others may have written since the last.
  private void look() throws SQLException {
    if (turn != database.turn()) {
      largest = number(database.statement("SELECT COALESCE(MAX(id), 0) FROM context"));
      all = ids.size() == largest;
      turn = database.turn();
    }
  }

  private long find(Context context) throws SQLException {
    PreparedStatement select = database.statement(OF);
    writer.shared(select, 1, context);
    return number(select);
  }

  private static long number(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? row.getLong(1) : -1;
    }
  }

  private long add(Context context) throws SQLException {
    largest++;
    PreparedStatement add = database.statement(ADD);
    add.setLong(1, largest);
    writer.shared(add, FIRST_SHARED, context);
    database.session().put(add);
    return largest;
  }

  private void remember(Context context, long id) {
    if (ids.size() >= MOST_REMEMBERED) {
      forget();
    }
    ids.put(context, id);
  }

  /// Forgets what a transaction that did not commit may have made.
  void forget() {
    all = false;
    ids.clear();
  }
}
