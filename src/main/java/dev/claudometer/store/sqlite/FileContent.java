package dev.claudometer.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/// How far a database file has come by itself, without its log.
record FileContent(Path file, String store, long generation, long revision) {

  private static final int ATTEMPTS = 5;
  private static final long PAUSE_MILLIS = 40;

  /// Null where it cannot be read. A file that is just being written to is looked at again.
  ///
  /// @param whole false where its last pages may be missing: while somebody reads, SQLite moves a
  ///   part of the log into the file, and of that part not what is written again behind it
  static @Nullable FileContent of(Path file, boolean whole) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try (Connection connection = connect(file);
          Statement statement = connection.createStatement()) {
        if (!whole) {
          // then it is no error that the file says it has more pages than there are
          statement.execute("PRAGMA writable_schema = ON");
        }
        FileContent found = read(file, statement);
        if (found != null) {
          return found;
        }
      } catch (SQLException torn) {
        // nothing is stored in it yet, or only a part of what is being written
      }
      if (!pause()) {
        return null;
      }
    }
    return null;
  }

  private static @Nullable FileContent read(Path file, Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT store, generation, revision FROM ledger")) {
      return row.next()
          ? new FileContent(file, row.getString(1), row.getLong(2), row.getLong(3))
          : null;
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// `immutable` leaves the log alone and takes no lock.
  private static Connection connect(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file.toUri() + "?immutable=1");
  }

  boolean before(FileContent other) {
    return !store.equals(other.store)
        || generation < other.generation
        || (generation == other.generation && revision < other.revision);
  }

  /// Whether its pages hold together.
  boolean sound() {
    try (Connection connection = connect(file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA quick_check(1)")) {
      return row.next() && "ok".equals(row.getString(1));
    } catch (SQLException damaged) {
      return false;
    }
  }
}
