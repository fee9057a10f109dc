package dev.claudometer.store.sql;

import dev.claudometer.store.StoreException;
import java.sql.SQLException;
import java.util.List;

/// Where sessions come from, and what differs between databases.
public interface Dialect extends AutoCloseable {

  /// Where the migrations are, and how to ask which have run.
  Schema schema();

  /// Lends a session, to one thread at a time; a writing one may have to be waited for.
  Session borrow(boolean writing) throws SQLException;

  /// Takes a session back.
  ///
  /// @param broken true where its last work failed: it may have to be replaced
  void giveBack(Session session, boolean broken);

  /// Begins a transaction that nobody else's can overtake, on any machine.
  void begin(Session session) throws SQLException;

  /// True where the same work may succeed when it is done again.
  boolean worthRepeating(SQLException failure);

  /// Says in words what failed, and what to do.
  StoreException failed(String what, SQLException failure);

  /// What the database takes on disk.
  long bytes(Session session) throws SQLException;

  /// What the database itself finds wrong: one sentence each.
  List<String> problems(Session session) throws SQLException;

  @Override
  void close();

  /// The migrations of a database.
  ///
  /// @param scripts their folder, beside this interface: `V1.sql` and so on, each sets the version
  /// @param latest the number of scripts
  /// @param version the query for the version
  record Schema(String scripts, int latest, String version) {}
}
