package dev.claudometer.store.sql.engine;

import java.sql.SQLException;

/// Whether what is stored will be found again.
public interface Whereabouts {

  /// Looks whether the database is still the one that sessions have open, and follows it where it
  /// is not.
  ///
  /// @return true where it is another one now: it may be of any age
  boolean refresh() throws SQLException;

  /// Objects where what was just committed went into a database that nobody will find again.
  void committed() throws SQLException;

  /// Makes everything that is stored survive a power cut, where a commit alone does not.
  void settle() throws SQLException;
}
