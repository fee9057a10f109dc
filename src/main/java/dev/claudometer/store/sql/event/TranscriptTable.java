package dev.claudometer.store.sql.event;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.FileCursor;
import dev.claudometer.model.SessionId;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NameTable;
import java.sql.SQLException;

/// Which sessions' own transcripts have been read, on any machine, and up to when.
public final class TranscriptTable {

  /// No transcript of the session is known.
  public static final long NEVER = Long.MIN_VALUE;

  private static final String PUT =
      """
      INSERT INTO transcript (session, device, until) VALUES (?, ?, ?)
      ON CONFLICT (session, device) DO UPDATE SET until = excluded.until
      WHERE excluded.until > transcript.until\
      """;

  private final Database database;
  private final NameTable names;

  public TranscriptTable(Database database, NameTable names) {
    this.database = database;
    this.names = names;
  }

  /// Takes note of a file that has been read; one that is no session's own says nothing.
  public void put(FileCursor cursor, DeviceId device) throws SQLException {
    SessionId session = cursor.session();
    if (!session.equals(SessionId.NONE)) {
      var put = database.statement(PUT);
      put.setLong(1, names.id(session));
      put.setLong(2, names.id(device));
      put.setLong(3, cursor.modified().toEpochMilli());
      database.session().put(put);
    }
  }

  /// When a session's transcript had last been written when it was last read, in milliseconds.
  public long until(long session) {
    return database
        .query(
            "SELECT MAX(until) FROM transcript WHERE session = ? HAVING COUNT(*) > 0",
            row -> row.getLong(1),
            session)
        .stream()
        .findFirst()
        .orElse(NEVER);
  }
}
