package dev.claudometer.store.sql.engine;

import dev.claudometer.store.StoreException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tables that somebody has dropped, or that came after the store was made. What machines tell of
/// can be told again: such a table is made anew, the sums are made of what is left, and everybody
/// is asked for everything. Without any other table the database is not used.
final class MissingTables {

  private static final Set<String> TOLD_AGAIN =
      Set.of(
          "event_row",
          "event_copy",
          "call",
          "activity",
          "session_total",
          "session_total_model",
          "project",
          "file",
          "damage",
          "limit_stretch",
          "limit_latest",
          "credit_reading",
          "delivered");

  private static final Set<String> SUMS =
      Set.of("rollup", "rollup_time", "rollup_day", "rollup_session", "meter", "session_part");

  /// Tells of other tables, and is made of them.
  private static final String OF_SUMS = "sum_revision";

  /// Nothing else is made of these, or they are made of others.
  private static final Set<String> SPARE =
      Set.of(
          "event",
          "lease",
          "outbox",
          "saved_view",
          "day_note",
          "member_spending",
          "spend_cap",
          OF_SUMS);

  /// What is no other database's.
  private static final Set<String> OWN = Set.of("event", "ledger", "outbox", "lease", "delivered");

  private static final Pattern CREATED = Pattern.compile("^CREATE (?:TABLE|VIEW) (\\w+) (AS|\\()");

  private static final Pattern DROPPED = Pattern.compile("^DROP TABLE (\\w+)$");

  private final Database database;
  private final List<String> statements;

  /// @param statements of the scripts that make the tables, in their order
  MissingTables(Database database, List<String> statements) {
    this.database = database;
    this.statements = standing(statements);
  }

  /// Without those that made what a later one has dropped.
  private static List<String> standing(List<String> all) {
    List<String> standing = new ArrayList<>();
    for (String statement : all) {
      String sql = withoutComments(statement);
      Matcher dropped = DROPPED.matcher(sql);
      if (dropped.find()) {
        standing.removeIf(earlier -> makes(earlier, dropped.group(1)));
      } else {
        standing.add(sql);
      }
    }
    return standing;
  }

  /// Whether all tables are there, without a look into the scripts.
  static boolean none(Set<String> present) {
    return present.containsAll(Copying.TABLES) && present.containsAll(OWN);
  }

  /// Which tables there should be, and are not.
  ///
  /// @param present those that there are
  List<String> among(Set<String> present) {
    List<String> missing = new ArrayList<>();
    for (String statement : statements) {
      Matcher created = CREATED.matcher(statement);
      if (created.find() && !present.contains(created.group(1))) {
        missing.add(created.group(1));
      }
    }
    return missing;
  }

  private static String withoutComments(String statement) {
    return statement.replaceAll("(?m)^\\s*--.*\n", "").strip();
  }

  /// Makes them anew. Used within a transaction.
  ///
  /// @throws StoreException where nobody can tell again what was in one of them
  void make(List<String> missing) throws SQLException {
    boolean forgotten =
        missing.stream().anyMatch(SUMS::contains)
            && database.number("SELECT COUNT(*) FROM forgotten") > 0;
    for (String table : missing) {
      boolean sum = SUMS.contains(table) && !forgotten;
      if (!sum && !TOLD_AGAIN.contains(table) && !SPARE.contains(table)) {
        throw new StoreException(
            StoreException.Kind.CORRUPT,
            "The database lacks the table " + table + ": restore a backup",
            new SQLException("no table " + table));
      }
    }
    for (String sql : statements) {
      if (missing.stream().anyMatch(table -> makes(sql, table))) {
        database.session().execute(sql);
      }
    }
    if (missing.stream().anyMatch(table -> !SPARE.contains(table))) {
      database.update("DELETE FROM delivered");
      new SumRebuild(database).run();
      new Ledger(database).lost(missing);
    }
    if (missing.contains(OF_SUMS)) {
      SumRevisions.fill(database);
    }
  }

  private static boolean makes(String sql, String table) {
    return sql.startsWith("CREATE TABLE " + table + " ")
        || sql.startsWith("CREATE VIEW " + table + " ")
        || sql.matches("(?s)CREATE (UNIQUE )?INDEX \\w+ ON " + table + " .*");
  }
}
