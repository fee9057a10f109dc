package dev.claudometer.store.sql.engine;

import java.sql.SQLException;

/// Where sessions come from, and what differs between databases.
public interface Dialect extends SessionPool, Failures, Whereabouts {

  /// Where the migrations are, and how to ask for what databases tell differently.
  Schema schema();

  /// Whether a column of texts takes bytes as well: then ids are stored in fewer of them.
  boolean packs();

  /// Begins a transaction. One that writes waits for all others that write, on any machine; one
  /// that reads sees what is stored now, whatever others write meanwhile.
  void begin(SqlSession session, boolean writing) throws SQLException;

  /// The migrations of a database.
  ///
  /// @param scripts their folder, beside this interface: `V1.sql` and so on, each sets the version
  /// @param latest the number of scripts
  /// @param before the last version before the first release
  /// @param version the query for the version
  /// @param bytes the query for what the database takes on disk
  /// @param problems the query for what the database itself finds wrong, one sentence a row
  /// @param tables the query for how many tables there are that nobody needs before the first
  ///   script
  /// @param present the query for the names of the tables and views that there are
  record Schema(
      String scripts,
      int latest,
      int before,
      String version,
      String bytes,
      String problems,
      String tables,
      String present) {}
}
