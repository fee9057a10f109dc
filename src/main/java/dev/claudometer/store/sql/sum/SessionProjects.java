package dev.claudometer.store.sql.sum;

import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.event.EventTable;
import java.time.Instant;

/// What transcripts tell of a session, for the calls of it that they do not tell of.
public final class SessionProjects {

  private final Database database;
  private final NameTable names;

  public SessionProjects(Database database, NameTable names) {
    this.database = database;
    this.names = names;
  }

  /// The project that a session was in at an instant, as its transcripts tell: that of its last
  /// response until then, else of its first one; empty where none is known.
  public ProjectName of(SessionId session, Instant at) {
    long id = names.find(session);
    long millis = at.toEpochMilli();
    if (!hasProject(id)) {
      return ProjectName.NONE;
    }
    ProjectName before = project("at <= ?", "at DESC, message DESC", id, millis);
    return before.equals(ProjectName.NONE) ? project("at > ?", "at, message", id, millis) : before;
  }

  /// Whether a transcript of the session is known: only those tell a project.
  public boolean written(SessionId session) {
    return hasProject(names.find(session));
  }

  /// Without one it need not be looked for among the events of other sessions.
  private boolean hasProject(long session) {
    return !database
        .query(
            "SELECT 1 FROM rollup_session WHERE session = ? AND project <> 0 LIMIT 1",
            row -> row.getInt(1),
            session)
        .isEmpty();
  }

  private ProjectName project(String when, String order, long session, long millis) {
    return database
        .query(
            "SELECT project FROM event WHERE session = ? AND "
                + when
                + " AND at >= (SELECT MIN(first_at) FROM rollup_session WHERE session = ?)"
                + " AND at <= (SELECT MAX(last_at) FROM rollup_session WHERE session = ?)"
                + " AND project <> 0 AND NOT ("
                + EventTable.ONLY_TOLD
                + ") ORDER BY "
                + order
                + " LIMIT 1",
            row -> names.project(row.getLong(1)),
            session,
            millis,
            session,
            session)
        .stream()
        .findFirst()
        .orElse(ProjectName.NONE);
  }
}
