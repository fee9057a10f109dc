package dev.claudometer.store.sql.engine;

import dev.claudometer.store.StoreException;
import java.sql.SQLException;

/// What a failure of a database means.
public interface Failures {

  /// True where the same work may succeed when it is done again.
  boolean worthRepeating(SQLException failure);

  /// True where a table is missing.
  boolean lacksTable(SQLException failure);

  /// Says in words what failed, and what to do.
  StoreException failed(String what, SQLException failure);
}
