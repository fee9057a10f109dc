package dev.claudometer.store.sql.engine;

import java.sql.SQLException;

/// Where sessions come from.
public interface SessionPool extends AutoCloseable {

  /// Lends a session, to one thread at a time; a writing one may have to be waited for.
  SqlSession borrow(boolean writing) throws SQLException;

  /// Takes a session back.
  ///
  /// @param broken true where its last work failed: it may have to be replaced
  void giveBack(SqlSession session, boolean broken);

  /// Gives back the memory of sessions that are not lent.
  void rest() throws SQLException;

  @Override
  void close();
}
