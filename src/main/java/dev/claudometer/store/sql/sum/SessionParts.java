package dev.claudometer.store.sql.sum;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.store.meter.ActiveSession;
import dev.claudometer.store.meter.Meter;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.MeterTable;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.engine.Span;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What machines have of sessions: which are active, and which have ended.
public final class SessionParts {

  private static final int AT_ONCE = 1_000;

  private static final String DUE =
      "SELECT session, device, project FROM session_part WHERE ended = 0 AND last_at < ? LIMIT "
          + AT_ONCE;

  private static final String EMPTY =
      """
      SELECT session, device, project FROM session_part WHERE session = ? AND NOT EXISTS
        (SELECT 1 FROM rollup_session AS sums
         WHERE sums.session = session_part.session AND sums.device = session_part.device)\
      """;

  private static final String BEGIN =
      """
      INSERT INTO session_part (session, device, project, last_at, ended) VALUES (?, ?, ?, ?, 0)
      ON CONFLICT (session, device) DO NOTHING\
      """;

  private static final String GO_ON =
      "UPDATE session_part SET last_at = ? WHERE session = ? AND device = ? AND last_at < ?";

  private static final String END =
      "UPDATE session_part SET ended = 1 WHERE session = ? AND device = ?";

  private static final String WHOLE =
      """
      SELECT SUM(responses), SUM(responses + parts - unpriced), SUM(automatic),
        SUM(input + output + cache_write_5m + cache_write_1h + cache_read),
        MIN(first_at), MAX(last_at)
      FROM rollup_session WHERE session = ? AND device = ? HAVING COUNT(*) > 0\
      """;

  private static final String ENDED =
      """
      SELECT SUM(responses), SUM(responses + parts - unpriced), SUM(automatic),
        SUM(input + output + cache_write_5m + cache_write_1h + cache_read),
        MIN(first_at), MAX(sums.last_at), part.session, part.device, part.project
      FROM session_part AS part JOIN rollup_session AS sums
        ON sums.session = part.session AND sums.device = part.device
      WHERE part.device = ? AND part.ended = 1 GROUP BY part.session, part.device, part.project\
      """;

  private static final List<Meter> DISTRIBUTIONS =
      List.of(
          Meter.SESSION_RESPONSES,
          Meter.SESSION_TOKENS,
          Meter.SESSION_DURATION,
          Meter.SESSION_COST);

  private static final String ACTIVE =
      """
      SELECT session, device, project, last_at FROM session_part WHERE last_at >= ?
      ORDER BY last_at DESC, session, device LIMIT
      """;

  private final Database database;
  private final NameTable names;
  private final MeterTable meters;
  private final Map<Key, Touch> touched = new HashMap<>();

  private record Key(SessionId session, DeviceId device) {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that
          && session.equals(that.session)
          && device.equals(that.device);
    }

    @Override
    public int hashCode() {
      return 31 * session.hashCode() + device.hashCode();
    }
  }

  /// @param project of the earliest response that is new
  /// @param added from the first to the last that is new
  private record Touch(ProjectName project, Span added) {

    Touch and(Touch other) {
      return new Touch(
          other.added.first() < added.first() ? other.project : project, added.and(other.added));
    }
  }

  private record Due(long session, long device, long project) {}

  public SessionParts(Database database, NameTable names, MeterTable meters) {
    this.database = database;
    this.names = names;
    this.meters = meters;
  }

  void touched(SessionId session, DeviceId device, ProjectName project, Span added) {
    touched.merge(new Key(session, device), new Touch(project, added), Touch::and);
  }

  /// Writes what was touched.
  void flush() throws SQLException {
    database.session().flush();
    for (var one : touched.entrySet()) {
      write(one.getKey(), one.getValue());
    }
    touched.clear();
  }

  private void write(Key key, Touch touch) throws SQLException {
    long session = names.id(key.session());
    long device = names.id(key.device());
    long last = touch.added().last();
    if (change(BEGIN, session, device, names.id(touch.project()), last) == 1) {
      meters.add(Meter.SESSIONS, key.device(), touch.project(), "", 1);
    } else {
      change(GO_ON, last, session, device, last);
    }
  }

  private int change(String sql, long... parameters) throws SQLException {
    PreparedStatement statement = database.statement(sql);
    set(statement, parameters);
    return statement.executeUpdate();
  }

  private void put(String sql, long... parameters) throws SQLException {
    PreparedStatement statement = database.statement(sql);
    set(statement, parameters);
    database.session().put(statement);
  }

  private static void set(PreparedStatement statement, long... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setLong(i + 1, parameters[i]);
    }
  }

  /// Takes out the parts of a session that no sums are left of.
  void removeEmpty(long session) throws SQLException {
    for (Due part : database.query(EMPTY, SessionParts::due, session)) {
      meters.add(
          Meter.SESSIONS, names.device(part.device()), names.project(part.project()), "", -1);
      put(
          "DELETE FROM session_part WHERE session = ? AND device = ?",
          part.session(),
          part.device());
    }
    meters.flush();
  }

  private static Due due(ResultSet row) throws SQLException {
    return new Due(row.getLong(1), row.getLong(2), row.getLong(3));
  }

  void forget() {
    touched.clear();
  }

  /// Whether there are sessions to observe.
  public boolean anyDue(Instant before) {
    return !database
        .query(
            "SELECT 1 FROM session_part WHERE ended = 0 AND last_at < ? LIMIT 1",
            row -> row.getInt(1),
            before.toEpochMilli())
        .isEmpty();
  }

  /// Observes some of the sessions that have been silent since an instant. Used within a
  /// transaction.
  ///
  /// @return how many
  public int observe(Instant before) throws SQLException {
    List<Due> due = database.query(DUE, SessionParts::due, before.toEpochMilli());
    for (Due one : due) {
      observe(one);
      put(END, one.session(), one.device());
    }
    meters.flush();
    return due.size();
  }

  /// Observes the ended sessions of a device again, from what is left of their sums.
  void observeAgain(DeviceId device) throws SQLException {
    database.session().flush();
    meters.clear(DISTRIBUTIONS, device);
    database.query(
        ENDED,
        row -> observe(new Due(row.getLong(7), row.getLong(8), row.getLong(9)), row),
        names.id(device));
    meters.flush();
  }

  private void observe(Due part) {
    database.query(WHOLE, row -> observe(part, row), part.session(), part.device());
  }

  private boolean observe(Due part, ResultSet row) throws SQLException {
    DeviceId device = names.device(part.device());
    ProjectName project = names.project(part.project());
    long responses = row.getLong(1);
    meters.observe(Meter.SESSION_RESPONSES, device, ProjectName.NONE, "", responses, 1);
    meters.observe(Meter.SESSION_TOKENS, device, ProjectName.NONE, "", row.getLong(4), 1);
    long duration = row.getLong(6) - row.getLong(5);
    meters.observe(Meter.SESSION_DURATION, device, project, "", duration, 1);
    if (row.getLong(2) > 0 || row.getLong(3) > 0) {
      meters.observe(Meter.SESSION_COST, device, project, "", row.getLong(3), 1);
    }
    return true;
  }

  public List<ActiveSession> active(Instant since, int most) {
    return database.query(ACTIVE + most, this::active, since.toEpochMilli());
  }

  private ActiveSession active(ResultSet row) throws SQLException {
    long[] first = {row.getLong(4)};
    Set<String> models = new TreeSet<>();
    database.query(
        "SELECT model, first_at FROM rollup_session WHERE session = ? AND device = ?",
        part -> {
          first[0] = Math.min(first[0], part.getLong(2));
          return models.add(names.text(part.getLong(1)));
        },
        row.getLong(1),
        row.getLong(2));
    return new ActiveSession(
        names.session(row.getLong(1)),
        names.device(row.getLong(2)),
        names.project(row.getLong(3)),
        Instant.ofEpochMilli(first[0]),
        Instant.ofEpochMilli(row.getLong(4)),
        models);
  }
}
