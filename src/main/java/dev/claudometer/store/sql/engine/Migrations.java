package dev.claudometer.store.sql.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Brings the tables up to date: runs the scripts that have not run yet, in one transaction.
///
/// A store holds 102 after `V1.sql`, 103 after `V2.sql` and so on. Smaller numbers were written
/// before the first release: the last of the old scripts is brought to 101 by `before-V1.sql`, and
/// that to V1 by `before-V1-101.sql`.
final class Migrations {

  private static final int INTERIM = 101;
  private static final int RELEASED = INTERIM;

  private final Database database;
  private final Dialect.Schema schema;

  Migrations(Database database, Dialect.Schema schema) {
    this.database = database;
    this.schema = schema;
  }

  void run() {
    int found = version();
    if (found == RELEASED + schema.latest()) {
      complete();
      return;
    }
    refuseNewer(found);
    refuseForeign(found);
    refuseEarly(found);
    database.transaction(
        () -> {
          update(version());
          return schema.latest();
        });
    complete();
  }

  private void complete() {
    if (MissingTables.none(present())) {
      return;
    }
    List<String> statements = new ArrayList<>();
    for (int script = 1; script <= schema.latest(); script++) {
      statements.addAll(statements("V" + script + ".sql"));
    }
    var tables = new MissingTables(database, statements);
    if (!tables.among(present()).isEmpty()) {
      database.transaction(
          () -> {
            List<String> missing = tables.among(present());
            if (!missing.isEmpty()) {
              tables.make(missing);
            }
            return missing;
          });
    }
  }

  private Set<String> present() {
    return Set.copyOf(database.query(schema.present(), row -> row.getString(1)));
  }

  /// Another process may have done it meanwhile.
  private void update(int found) throws SQLException {
    int done = found - RELEASED;
    if (found == schema.before()) {
      run("before-V1.sql");
    }
    if (found == schema.before() || found == INTERIM) {
      run("before-V1-" + INTERIM + ".sql");
      PackedColumns.packEvents(database);
      done = 1;
    }
    for (int next = Math.max(done, 0) + 1; next <= schema.latest(); next++) {
      run("V" + next + ".sql");
    }
  }

  private int version() {
    return Math.toIntExact(database.number(schema.version()));
  }

  private void refuseNewer(int found) {
    if (found > RELEASED + schema.latest()) {
      throw refused(
          found,
          "The store was written by a newer Claudometer (schema " + found + "): update this one");
    }
  }

  /// A database without a version holds nothing, or somebody else's tables.
  private void refuseForeign(int found) {
    if (found == 0 && database.number(schema.tables()) > 0) {
      throw refused(
          found,
          "The database holds tables that are not Claudometer's: name an empty one"
              + " ('claudometer import' takes over a file of claude-code-prometheus)");
    }
  }

  private void refuseEarly(int found) {
    if (found > 0 && found < INTERIM && found != schema.before()) {
      throw refused(
          found,
          "The store was written by an early version of Claudometer (schema "
              + found
              + "), which this one cannot read. On a machine that has its transcripts, move the"
              + " store away: it is rebuilt from them");
    }
  }

  private static StoreException refused(int found, String why) {
    return new StoreException(
        StoreException.Kind.UNUSABLE, why, new SQLException("schema " + found));
  }

  private void run(String script) throws SQLException {
    for (String statement : statements(script)) {
      database.session().execute(statement);
    }
  }

  private List<String> statements(String script) {
    return Stream.of(read(script).split(";\\s*\n", -1))
        .filter(statement -> !statement.isBlank())
        .toList();
  }

  private String read(String script) {
    String path = schema.scripts() + "/" + script;
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
