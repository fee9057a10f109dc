package dev.claudometer.store.sql.engine;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Numbers for texts that repeat, and back; the empty text is 0. A number never changes its text,
/// so both ways are remembered.
public final class NameTable {

  /// Keeps a store of many machines from filling the memory with their names.
  private static final int MOST_REMEMBERED = 100_000;

  private static final String OF_TEXT = "SELECT id FROM name WHERE text = ?";
  private static final String ADD = "INSERT INTO name (id, text) VALUES (?, ?)";
  private static final int ROWS_AT_ONCE = 64;

  private final Database database;
  private final Map<String, Long> ids = new ConcurrentHashMap<>();
  private final Map<Long, String> texts = new ConcurrentHashMap<>();
  private final Map<Long, DeviceId> devices = new ConcurrentHashMap<>();
  private final Map<Long, SessionId> sessions = new ConcurrentHashMap<>();
  private final Map<Long, ProjectName> projects = new ConcurrentHashMap<>();

  /// The transaction that [#largest] belongs to.
  private long turn;

  /// The largest number. Only one transaction writes at a time, so that the next one is free.
  private long largest;

  /// How many may have been collected and not written.
  private int collected;

  /// Whether every name is remembered, so that one which is not is new.
  private volatile boolean all;

  public NameTable(Database database) {
    this.database = database;
    database.rollbacks().onRollback(this::forget);
  }

  /// The number of a text, made when it has none yet. Call it within a transaction.
  public long id(String text) throws SQLException {
    if (text.isEmpty()) {
      return 0;
    }
    Long known = ids.get(text);
    if (known != null) {
      return known;
    }
    look();
    long id = all ? -1 : findWritten(text);
    if (id < 0) {
      id = add(text);
    }
    remember(id, text);
    return id;
  }

  /// Looks what numbers there are, once in a transaction: others may have written since the last.
  private void look() throws SQLException {
    if (turn != database.turn()) {
      largest = number(database.statement("SELECT COALESCE(MAX(id), 0) FROM name"));
      all = texts.size() == largest;
      turn = database.turn();
    }
  }

  private long add(String text) throws SQLException {
    largest++;
    PreparedStatement add = database.statement(ADD);
    add.setLong(1, largest);
    add.setString(2, text);
    database.session().collect(add);
    collected++;
    if (collected == ROWS_AT_ONCE) {
      write();
    }
    return largest;
  }

  /// Writes what was collected, and nothing else: it may be in the midst of setting the parameters
  /// of a row that this is the name of.
  private void write() throws SQLException {
    if (collected > 0) {
      database.statement(ADD).executeBatch();
      collected = 0;
    }
  }

  public long id(DeviceId device) throws SQLException {
    return id(device.text());
  }

  public long id(SessionId session) throws SQLException {
    return id(session.text());
  }

  public long id(ProjectName project) throws SQLException {
    return id(project.text());
  }

  private long findWritten(String text) throws SQLException {
    write();
    PreparedStatement select = database.statement(OF_TEXT);
    select.setString(1, text);
    return number(select);
  }

  /// Not by a query of the session, for the same reason as [#write].
  private static long number(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? row.getLong(1) : -1;
    }
  }

  private void remember(long id, String text) {
    if (ids.size() >= MOST_REMEMBERED) {
      forget();
    }
    ids.put(text, id);
    texts.put(id, text);
  }

  /// Forgets what a transaction that did not commit may have made.
  public void forget() {
    all = false;
    ids.clear();
    texts.clear();
    devices.clear();
    sessions.clear();
    projects.clear();
  }

  /// The number of a text, or -1 where nothing has that name.
  public long find(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    Long known = ids.get(text);
    if (known != null) {
      return known;
    }
    return database.query(OF_TEXT, row -> row.getLong(1), text).stream().findFirst().orElse(-1L);
  }

  public long find(DeviceId device) {
    return find(device.text());
  }

  public long find(SessionId session) {
    return find(session.text());
  }

  /// The machine with that number: one object for all rows.
  public DeviceId device(long id) throws SQLException {
    if (id == 0) {
      return DeviceId.THIS;
    }
    DeviceId known = devices.get(id);
    if (known == null) {
      known = new DeviceId(text(id));
      devices.put(id, known);
    }
    return known;
  }

  /// The session with that number: one object for all rows.
  public SessionId session(long id) throws SQLException {
    if (id == 0) {
      return SessionId.NONE;
    }
    SessionId known = sessions.get(id);
    if (known == null) {
      known = new SessionId(text(id));
      sessions.put(id, known);
    }
    return known;
  }

  /// The project with that number: one object for all rows.
  public ProjectName project(long id) throws SQLException {
    if (id == 0) {
      return ProjectName.NONE;
    }
    ProjectName known = projects.get(id);
    if (known == null) {
      known = new ProjectName(text(id));
      projects.put(id, known);
    }
    return known;
  }

  public String text(long id) throws SQLException {
    if (id == 0) {
      return "";
    }
    String known = texts.get(id);
    return known != null ? known : read(id);
  }

  private String read(long id) throws SQLException {
    String text =
        database.query("SELECT text FROM name WHERE id = ?", row -> row.getString(1), id).stream()
            .findFirst()
            .orElseThrow(() -> new SQLException("no name " + id));
    remember(id, text);
    return text;
  }
}
