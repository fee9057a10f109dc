package dev.claudometer.store.sql.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One connection with its prepared statements, for one thread at a time.
public final class SqlSession {

  /// The driver does several rows for less, and more would only take memory.
  private static final int ROWS_AT_ONCE = 64;

  private final Connection connection;
  private final boolean remote;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private final Set<PreparedStatement> pending = new LinkedHashSet<>();
  private int collected;

  /// @param remote true where a round trip costs more than a statement: then all writes are
  ///   collected that nothing has to be read between
  public SqlSession(Connection connection, boolean remote) {
    this.connection = connection;
    this.remote = remote;
  }

  public Connection connection() {
    return connection;
  }

  /// Reads a row.
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /// A statement that is prepared once.
  PreparedStatement statement(String sql) throws SQLException {
    PreparedStatement known = statements.get(sql);
    if (known == null) {
      known = connection.prepareStatement(sql);
      statements.put(sql, known);
    }
    return known;
  }

  /// Runs a statement whose parameters are set, soon, with others of its kind: before the next
  /// query at the latest.
  public void put(PreparedStatement statement) throws SQLException {
    collect(statement);
    collected++;
    if (!remote && collected == ROWS_AT_ONCE) {
      flush();
    }
  }

  /// The same, and runs nothing now.
  void collect(PreparedStatement statement) throws SQLException {
    statement.addBatch();
    pending.add(statement);
  }

  /// Runs what has been collected.
  public void flush() throws SQLException {
    for (PreparedStatement statement : pending) {
      statement.executeBatch();
    }
    pending.clear();
    collected = 0;
  }

  /// Forgets what has been collected.
  void discard() throws SQLException {
    for (PreparedStatement statement : pending) {
      statement.clearBatch();
    }
    pending.clear();
    collected = 0;
  }

  public <T> List<T> query(String sql, RowReader<T> reader, Object... parameters)
      throws SQLException {
    flush();
    PreparedStatement statement = statement(sql);
    set(statement, parameters);
    var rows = new ArrayList<T>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        rows.add(reader.read(row));
      }
    }
    return rows;
  }

  /// Runs a statement now.
  ///
  /// @return how many rows it has changed
  public int update(String sql, @Nullable Object... parameters) throws SQLException {
    flush();
    PreparedStatement statement = statement(sql);
    set(statement, parameters);
    return statement.executeUpdate();
  }

  public void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void set(PreparedStatement statement, @Nullable Object... parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
  }

  void commit() throws SQLException {
    flush();
    if (connection.getAutoCommit()) {
      execute("COMMIT");
    } else {
      connection.commit();
    }
  }

  /// A statement that has failed may be of no more use, as where its table was made anew: all are
  /// prepared again when they are needed. False where the connection is of no more use.
  boolean prepareAgain() {
    try {
      for (PreparedStatement statement : statements.values()) {
        statement.close();
      }
      statements.clear();
      return true;
    } catch (SQLException gone) {
      return false;
    }
  }

  /// Undoes what was not committed; false where the connection is of no more use.
  boolean rollBack() {
    try {
      discard();
      if (connection.getAutoCommit()) {
        execute("ROLLBACK");
      } else {
        connection.rollback();
      }
      return true;
    } catch (SQLException alreadyRolledBack) {
      // a full disk, or the connection is gone: both undo it by themselves
      return false;
    }
  }
}
