package dev.claudometer.store.sql.sum;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.Origin;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.ToolUse;
import dev.claudometer.store.Entry;
import dev.claudometer.store.EventFilter;
import dev.claudometer.store.Holdings;
import dev.claudometer.store.PricedUse;
import dev.claudometer.store.PricedUses.Stored;
import dev.claudometer.store.StoredEvent;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.Where;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.engine.SumColumns;
import dev.claudometer.store.sql.event.Digests;
import dev.claudometer.store.sql.event.EventRow;
import dev.claudometer.store.sql.event.EventTable;
import dev.claudometer.store.sql.event.FileTable;
import dev.claudometer.store.sql.event.ToolsText;
import dev.claudometer.usage.Totals;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Answers what reports ask.
public final class Queries {

  private static final String ENTRY =
      "SELECT at, session, project, model, CASE WHEN "
          + EventTable.ONLY_TOLD
          + " THEN file ELSE -1 END, "
          + SumColumns.OF_EVENT
          + " FROM event WHERE counted = 1 AND at >= ? AND at < ?";

  private static final long DAY_MILLIS = 86_400_000;
  private static final int ALL = Integer.MAX_VALUE;

  private final Database database;
  private final NameTable names;
  private final EventTable events;
  private final FileTable files;

  public Queries(Database database, NameTable names, EventTable events, FileTable files) {
    this.database = database;
    this.names = names;
    this.events = events;
    this.files = files;
  }

  public @Nullable TimeRange extent() {
    List<Instant> ends = new ArrayList<>();
    for (String order : List.of("", " DESC")) {
      ends.addAll(
          database.query(
              "SELECT at FROM event_row WHERE counted = 1 ORDER BY at" + order + " LIMIT 1",
              row -> Instant.ofEpochMilli(row.getLong(1))));
    }
    return ends.size() < 2 ? null : new TimeRange(ends.getFirst(), ends.getLast().plusMillis(1));
  }

  /// From the first response of a range to just after its last.
  public @Nullable TimeRange extent(TimeRange range, Where where) {
    var conditions = Conditions.of(where, names);
    return database
        .query(
            "SELECT MIN(at), MAX(at) FROM event WHERE counted = 1 AND at >= ? AND at < ?"
                + conditions.text()
                + " HAVING COUNT(*) > 0",
            row ->
                new TimeRange(
                    Instant.ofEpochMilli(row.getLong(1)), Instant.ofEpochMilli(row.getLong(2) + 1)),
            conditions.after(range.from().toEpochMilli(), range.to().toEpochMilli()))
        .stream()
        .findFirst()
        .orElse(null);
  }

  public List<Entry> entries(TimeRange range, Where where) {
    var conditions = Conditions.of(where, names);
    return database.query(
        ENTRY + conditions.text() + " ORDER BY at, message, request, part",
        row ->
            new Entry(
                Instant.ofEpochMilli(row.getLong(1)),
                names.session(row.getLong(2)),
                names.project(row.getLong(3)),
                names.text(row.getLong(4)),
                told(row.getLong(5)),
                SumColumns.read(row, 6)),
        conditions.after(range.from().toEpochMilli(), range.to().toEpochMilli()));
  }

  private @Nullable String told(long sender) throws SQLException {
    return sender < 0 ? null : new Origin.Sent(names.text(sender), Instant.EPOCH).telemetrySource();
  }

  public List<PricedUse> uses(TimeRange range, Where where) {
    return new UseRows(database, names).within(range, where);
  }

  public Stored stored(TimeRange range) {
    return database
        .query(
            "SELECT COUNT(*), MAX(revision) FROM event_row WHERE at >= ? AND at < ?",
            row -> new Stored(row.getLong(1), row.getLong(2)),
            range.from().toEpochMilli(),
            range.to().toEpochMilli())
        .getFirst();
  }

  public List<StoredEvent> events(EventFilter filter) {
    List<EventRow> rows =
        switch (filter) {
          case EventFilter.ById(String id) -> byId(id);
          case EventFilter.OfMessage(String id) -> ofMessage(id);
          case EventFilter.OfSession(SessionId session, int skip, int most) ->
              ofSession(names.find(session), most + " OFFSET " + skip);
          case EventFilter.Within(TimeRange range, Where where, int most) ->
              within(range, Conditions.of(where, names), most);
        };
    return rows.stream().map(EventRow::stored).toList();
  }

  private List<EventRow> within(TimeRange range, Conditions conditions, int most) {
    return rows(
        "WHERE at >= ? AND at < ?" + conditions.text(),
        List.of(conditions.after(range.from().toEpochMilli(), range.to().toEpochMilli())),
        most);
  }

  private List<EventRow> byId(String id) {
    List<EventRow> ofMessage = ofMessage(id);
    return ofMessage.isEmpty() ? ofRequest(id) : ofMessage;
  }

  private List<EventRow> ofMessage(String id) {
    return rows("WHERE message = ?", List.of(new Digests().of(id).message()), ALL).stream()
        .filter(row -> row.event().key().messageId().equals(id))
        .toList();
  }

  /// Through the keys alone, which are a tenth of the rows.
  private List<EventRow> ofRequest(String id) {
    return rows(
            "WHERE (message, request, part) IN"
                + " (SELECT message, request, part FROM event_row WHERE request = ?)",
            List.of(new Digests().of(id).asRequest()),
            ALL)
        .stream()
        .filter(row -> row.event().key().requestId().equals(id))
        .toList();
  }

  /// A session's sums tell when it was; replays of it lie within a day of that.
  private List<EventRow> ofSession(long session, String most) {
    return spans(session).stream()
        .flatMap(
            span ->
                rows(
                    "WHERE session = ? AND at >= ? AND at <= ?",
                    List.of(session, span.getFirst() - DAY_MILLIS, span.getLast() + DAY_MILLIS),
                    most)
                    .stream())
        .toList();
  }

  private List<List<Long>> spans(long session) {
    return database.query(
        "SELECT MIN(first_at), MAX(last_at) FROM rollup_session WHERE session = ? HAVING COUNT(*) >"
            + " 0",
        row -> List.of(row.getLong(1), row.getLong(2)),
        session);
  }

  /// What each subagent of a session used.
  public Map<String, Totals> agents(SessionId session) {
    var agents = new TreeMap<String, Totals>();
    for (List<Long> span : spans(names.find(session))) {
      database.query(
          "SELECT agent, "
              + SumColumns.OF_EVENTS
              + " FROM event WHERE session = ? AND at >= ? AND at <= ? AND counted = 1"
              + " GROUP BY agent",
          row -> agents.put(names.text(row.getLong(1)), SumColumns.read(row, 2)) == null,
          names.find(session),
          span.getFirst(),
          span.getLast());
    }
    return agents;
  }

  private List<EventRow> rows(String where, List<Object> parameters, Object most) {
    return database.query(
        EventTable.SELECT + where + " ORDER BY at, message, request, part LIMIT " + most,
        events::read,
        parameters.toArray());
  }

  /// The next rows in the order of keys.
  public List<EventRow> rowsAfter(@Nullable EventRow last, int most) {
    String order = " ORDER BY message, request, part LIMIT " + most;
    return last == null
        ? database.query(EventTable.SELECT + order, events::read)
        : database.query(
            EventTable.SELECT + "WHERE (message, request, part) > (?, ?, ?)" + order,
            events::read,
            last.id().message(),
            last.id().request(),
            last.id().part());
  }

  public Holdings holdings() {
    return new Holdings(
        files.readings(DeviceId.THIS),
        tools(),
        database.number("SELECT COUNT(*) FROM event_row"),
        database.number("SELECT COUNT(*) FROM event_row WHERE counted = 0"),
        0,
        database.bytes());
  }

  private Map<String, Long> tools() {
    var counts = new TreeMap<String, Long>();
    database
        .query(
            "SELECT tools FROM event_row WHERE counted = 1 AND tools IS NOT NULL",
            row -> ToolsText.read(row, 1))
        .forEach(
            tools -> {
              for (ToolUse tool : tools) {
                counts.merge(tool.name(), 1L, Long::sum);
              }
            });
    return counts;
  }
}
