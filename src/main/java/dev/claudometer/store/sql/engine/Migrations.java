package dev.claudometer.store.sql.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;

/// Brings the tables up to date: runs the scripts that have not run yet, in one transaction.
final class Migrations {

  private final Database database;
  private final Dialect.Schema schema;

  Migrations(Database database, Dialect.Schema schema) {
    this.database = database;
    this.schema = schema;
  }

  void run() {
    if (version() < schema.latest()) {
      refuseForeign();
      database.transaction(
          () -> {
            for (int next = version() + 1; next <= schema.latest(); next++) {
              run(next);
            }
            return schema.latest();
          });
    }
  }

  /// A database without a version holds nothing, or somebody else's tables.
  private void refuseForeign() {
    if (version() == 0 && database.number(schema.tables()) > 0) {
      throw new StoreException(
          StoreException.Kind.UNUSABLE,
          "The database holds tables that are not Claudometer's: name an empty one"
              + " ('claudometer import' takes over a file of claude-code-prometheus)",
          new SQLException("foreign tables"));
    }
  }

  private int version() {
    int version = Math.toIntExact(database.number(schema.version()));
    if (version > schema.latest()) {
      throw new StoreException(
          StoreException.Kind.UNUSABLE,
          "The store was written by a newer Claudometer (schema " + version + "): update this one",
          new SQLException("schema " + version));
    }
    return version;
  }

  private void run(int version) throws SQLException {
    for (String statement : script("V" + version + ".sql").split(";\\s*\n", -1)) {
      if (!statement.isBlank()) {
        database.session().execute(statement);
      }
    }
  }

  private String script(String name) {
    String path = schema.scripts() + "/" + name;
    try (InputStream in = Migrations.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("missing migration " + path);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
