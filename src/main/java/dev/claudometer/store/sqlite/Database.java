package dev.claudometer.store.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// One connection to a database file: opens, migrates, runs transactions, and says in words what
/// failed.
final class Database implements AutoCloseable {

  private static final int SCHEMA = 1;
  private static final int BUSY_MILLIS = 60_000;

  private final Path file;
  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  private Database(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  static Database open(Path file) {
    Connection connection = connect(file);
    var database = new Database(file, connection);
    try {
      database.prepare();
      return database;
    } catch (StoreException failure) {
      database.close();
      throw failure;
    }
  }

  private static Connection connect(Path file) {
    try {
      var config = new SQLiteConfig();
      // nobody asks for generated keys, and asking SQLite for them doubles the cost of an insert
      config.setGetGeneratedKeys(false);
      return config.createConnection("jdbc:sqlite:" + file);
    } catch (SQLException failure) {
      throw failed(file, "open", failure);
    }
  }

  private void prepare() {
    execute("PRAGMA busy_timeout = " + BUSY_MILLIS);
    execute("PRAGMA journal_mode = WAL");
    // A power cut may take the last transactions, each whole and with its cursors: they are read
    // again.
    execute("PRAGMA synchronous = NORMAL");
    execute("PRAGMA cache_size = -32000");
    execute("PRAGMA wal_autocheckpoint = 16000");
    long version = number("PRAGMA user_version");
    if (version > SCHEMA) {
      throw new StoreException(
          StoreException.Kind.UNUSABLE,
          file + " was written by a newer Claudometer (schema " + version + "): update this one",
          new SQLException("schema " + version));
    }
    if (version < SCHEMA) {
      migrate();
    }
  }

  private void migrate() {
    transaction(
        () -> {
          for (long version = number("PRAGMA user_version") + 1; version <= SCHEMA; version++) {
            for (String statement : script("V" + version + ".sql").split(";\\s*\n", -1)) {
              if (!statement.isBlank()) {
                execute(statement);
              }
            }
            execute("PRAGMA user_version = " + version);
          }
          return null;
        });
  }

  private static String script(String name) {
    try (InputStream in = Database.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing migration " + name);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Work that uses SQL.
  interface Work<T extends @Nullable Object> {
    T run() throws SQLException;
  }

  /// Reads a row.
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /// Runs work that writes: it sees what other processes have committed, and is stored whole or not
  /// at all.
  <T extends @Nullable Object> T transaction(Work<T> work) {
    execute("BEGIN IMMEDIATE");
    boolean done = false;
    try {
      T result = work.run();
      execute("COMMIT");
      done = true;
      return result;
    } catch (SQLException failure) {
      throw failed(file, "write", failure);
    } finally {
      if (!done) {
        rollBack();
      }
    }
  }

  private void rollBack() {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
    } catch (SQLException alreadyRolledBack) {
      // SQLite has done it itself after a full disk
    }
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

  <T> List<T> query(String sql, RowReader<T> reader, Object... parameters) {
    try {
      PreparedStatement statement = statement(sql);
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      var rows = new ArrayList<T>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(reader.read(row));
        }
      }
      return rows;
    } catch (SQLException failure) {
      throw failed(file, "read", failure);
    }
  }

  void update(String sql, @Nullable Object... parameters) throws SQLException {
    PreparedStatement statement = statement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    statement.executeUpdate();
  }

  long number(String sql) {
    return query(sql, row -> row.getLong(1)).getFirst();
  }

  private void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw failed(file, "write", failure);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException failure) {
      throw failed(file, "close", failure);
    }
  }

  private static StoreException failed(Path file, String what, SQLException failure) {
    SQLiteErrorCode code =
        failure instanceof SQLiteException sqlite
            ? sqlite.getResultCode()
            : SQLiteErrorCode.UNKNOWN_ERROR;
    return switch (code) {
      case SQLITE_CORRUPT,
          SQLITE_NOTADB,
          SQLITE_CORRUPT_INDEX,
          SQLITE_CORRUPT_SEQUENCE,
          SQLITE_CORRUPT_VTAB ->
          new StoreException(
              StoreException.Kind.CORRUPT, "The store " + file + " is damaged", failure);
      case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_BUSY_SNAPSHOT, SQLITE_BUSY_RECOVERY ->
          new StoreException(
              StoreException.Kind.BUSY,
              "Another process has held the store " + file + " for a minute: try again",
              failure);
      case SQLITE_FULL ->
          new StoreException(
              StoreException.Kind.UNUSABLE,
              "No space left for the store "
                  + file
                  + ": free some, then run again; nothing is lost",
              failure);
      case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_READONLY_DIRECTORY, SQLITE_PERM ->
          new StoreException(
              StoreException.Kind.UNUSABLE,
              "Cannot write the store " + file + ": set XDG_STATE_HOME to a writable directory",
              failure);
      default ->
          new StoreException(
              StoreException.Kind.UNUSABLE,
              "Cannot " + what + " the store " + file + ": " + failure.getMessage(),
              failure);
    };
  }
}
