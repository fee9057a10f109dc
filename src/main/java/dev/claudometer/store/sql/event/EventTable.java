package dev.claudometer.store.sql.event;

import dev.claudometer.model.EventKey;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.store.sql.engine.Changed;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NameTable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads and writes events: what they share is written to a table of its own, and read with them.
public final class EventTable {

  public static final String SELECT = EventColumn.select("event");

  private static final String PUT = EventColumn.putRow();

  private static final int AT_ONCE = 64;

  private static final String OF_MESSAGES =
      SELECT + "WHERE message IN (?" + ", ?".repeat(AT_ONCE - 1) + ")";

  /// The condition for events that only telemetry knows of: [EventKey#isCall].
  public static final String ONLY_TOLD = "message_id >= 'call:' AND message_id < 'call;'";

  private static final String BY_REQUEST =
      "CREATE INDEX IF NOT EXISTS event_request ON event_row (request)";

  private static final String OF_REQUESTS =
      SELECT
          + "WHERE request IN (?"
          + ", ?".repeat(AT_ONCE - 1)
          + ") AND part = 0 AND NOT ("
          + ONLY_TOLD
          + ")";

  private final Database database;
  private final NameTable names;
  private final EventRowWriter writer;
  private final EventRowReader reader;
  private final ContextTable contexts;
  private final StoredMessages messages = new StoredMessages();

  public EventTable(Database database, NameTable names) {
    this.database = database;
    this.names = names;
    writer = new EventRowWriter(database, names);
    reader = new EventRowReader(names);
    contexts = new ContextTable(database, writer);
  }

  /// A transaction begins.
  ///
  /// @param asLeft whether nobody has written since the last one of this process
  public void opened(boolean asLeft) {
    if (!asLeft) {
      messages.forget();
    }
  }

  /// Forgets what a transaction that did not commit has written.
  public void forget() {
    messages.forget();
    contexts.forget();
  }

  /// The stored events of some messages, by the message's [EventId#first].
  public Map<EventId, List<EventRow>> ofMessages(List<EventId> wanted) throws SQLException {
    if (!messages.areAll() && isEmpty()) {
      messages.begin();
    }
    return read(messages.areAll() ? wanted.stream().filter(messages::mayHave).toList() : wanted);
  }

  private boolean isEmpty() {
    return database.query("SELECT 1 FROM event_row LIMIT 1", row -> row.getInt(1)).isEmpty();
  }

  private Map<EventId, List<EventRow>> read(List<EventId> messages) throws SQLException {
    var rows = new HashMap<EventId, List<EventRow>>();
    PreparedStatement select = database.statement(OF_MESSAGES);
    for (int from = 0; from < messages.size(); from += AT_ONCE) {
      for (int i = 0; i < AT_ONCE; i++) {
        select.setBytes(i + 1, messages.get(Math.min(from + i, messages.size() - 1)).message());
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          EventRow found = read(row);
          rows.computeIfAbsent(found.id().first(), _ -> new ArrayList<>(2)).add(found);
        }
      }
    }
    return rows;
  }

  /// The responses to some requests that transcripts tell of, parts left out. Only who has
  /// telemetry asks, so only then there is an index for it.
  public List<EventRow> ofRequests(Set<String> requests) throws SQLException {
    if (requests.isEmpty()) {
      return List.of();
    }
    database.session().execute(BY_REQUEST);
    var digests = new Digests();
    List<byte[]> wanted =
        requests.stream().map(each -> digests.of(new EventKey("", each)).request()).toList();
    List<EventRow> rows = new ArrayList<>();
    for (int from = 0; from < wanted.size(); from += AT_ONCE) {
      var page = new Object[AT_ONCE];
      for (int i = 0; i < AT_ONCE; i++) {
        page[i] = wanted.get(Math.min(from + i, wanted.size() - 1));
      }
      rows.addAll(database.query(OF_REQUESTS, this::read, page));
    }
    return rows.stream().filter(row -> requests.contains(row.event().key().requestId())).toList();
  }

  /// The responses within a range that transcripts of a session tell of, or of forks.
  public List<EventRow> ofSession(SessionId session, Instant from, Instant to) {
    return database.query(
        SELECT
            + "WHERE (session = ? OR forked = 1) AND at >= ? AND at <= ? AND part = 0 AND NOT ("
            + ONLY_TOLD
            + ") ORDER BY at, message, request",
        this::read,
        names.find(session),
        from.toEpochMilli(),
        to.toEpochMilli());
  }

  /// Deletes a row.
  public void delete(EventId id) throws SQLException {
    database.update(
        "DELETE FROM event_row WHERE message = ? AND request = ? AND part = ?",
        id.message(),
        id.request(),
        id.part());
  }

  /// Writes a row, new or in the place of the one with its key.
  public void write(EventRow row, long revision) throws SQLException {
    long context = contexts.id(Context.of(row));
    PreparedStatement write = database.statement(PUT);
    writer.own(write, row, revision);
    write.setLong(EventColumn.context(), context);
    database.session().put(write);
    messages.add(row.id());
  }

  /// This machine's events that were changed after a revision, but those that calls are made into:
  /// the calls themselves tell of them.
  public List<Changed<UsageEvent>> changed(long after, int most) {
    return database.query(
        SELECT
            + "WHERE revision > ? AND device = 0 AND NOT ("
            + ONLY_TOLD
            + ") ORDER BY revision LIMIT "
            + most,
        row -> new Changed<>(row.getLong(1), read(row).event()),
        after);
  }

  /// Sets all columns of what a machine tells of an event.
  void bindCopy(PreparedStatement write, EventRow copy) throws SQLException {
    writer.own(write, copy, 0);
    writer.shared(write, EventColumn.context(), Context.of(copy));
  }

  public EventRow read(ResultSet row) throws SQLException {
    return reader.read(row);
  }
}
