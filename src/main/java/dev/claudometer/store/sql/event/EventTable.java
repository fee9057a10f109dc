package dev.claudometer.store.sql.event;

import static dev.claudometer.store.sql.event.EventColumn.AGENT;
import static dev.claudometer.store.sql.event.EventColumn.AT;
import static dev.claudometer.store.sql.event.EventColumn.ATTRIBUTED_AT;
import static dev.claudometer.store.sql.event.EventColumn.ATTRIBUTED_BYTE;
import static dev.claudometer.store.sql.event.EventColumn.ATTRIBUTED_FILE;
import static dev.claudometer.store.sql.event.EventColumn.AT_OUTPUT;
import static dev.claudometer.store.sql.event.EventColumn.BOOKED;
import static dev.claudometer.store.sql.event.EventColumn.BRANCH;
import static dev.claudometer.store.sql.event.EventColumn.COUNTED;
import static dev.claudometer.store.sql.event.EventColumn.DEVICE;
import static dev.claudometer.store.sql.event.EventColumn.FILE;
import static dev.claudometer.store.sql.event.EventColumn.FILE_BYTE;
import static dev.claudometer.store.sql.event.EventColumn.FORKED;
import static dev.claudometer.store.sql.event.EventColumn.MESSAGE;
import static dev.claudometer.store.sql.event.EventColumn.MESSAGE_ID;
import static dev.claudometer.store.sql.event.EventColumn.MODEL;
import static dev.claudometer.store.sql.event.EventColumn.PART;
import static dev.claudometer.store.sql.event.EventColumn.PROGRESS;
import static dev.claudometer.store.sql.event.EventColumn.PROJECT;
import static dev.claudometer.store.sql.event.EventColumn.REPORTED;
import static dev.claudometer.store.sql.event.EventColumn.REQUEST;
import static dev.claudometer.store.sql.event.EventColumn.REQUEST_ID;
import static dev.claudometer.store.sql.event.EventColumn.REVISION;
import static dev.claudometer.store.sql.event.EventColumn.ROUNDS;
import static dev.claudometer.store.sql.event.EventColumn.SESSION;
import static dev.claudometer.store.sql.event.EventColumn.SIDECHAIN;
import static dev.claudometer.store.sql.event.EventColumn.SPELLED;
import static dev.claudometer.store.sql.event.EventColumn.STOP_REASON;
import static dev.claudometer.store.sql.event.EventColumn.TERMS;
import static dev.claudometer.store.sql.event.EventColumn.TODAY;
import static dev.claudometer.store.sql.event.EventColumn.TOOLS;
import static dev.claudometer.store.sql.event.EventColumn.WORK;

import dev.claudometer.model.Attribution;
import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.Completion;
import dev.claudometer.model.EventKey;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.ToolUse;
import dev.claudometer.model.Usage;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import dev.claudometer.store.sql.engine.Changed;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.Escapes;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.usage.Quantity;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads and writes rows of the event table.
public final class EventTable {

  public static final String SELECT = EventColumn.select("event");

  private static final String PUT = EventColumn.put("event");

  private static final Quantity[] QUANTITIES = Quantity.OF_EVENTS.toArray(new Quantity[0]);

  private static final int FIRST_QUANTITY = EventColumn.at(QUANTITIES[0]);

  private static final int AT_ONCE = 64;

  private static final String OF_MESSAGES =
      SELECT + "WHERE message IN (?" + ", ?".repeat(AT_ONCE - 1) + ")";

  /// The condition for events that only telemetry knows of: [EventKey#isCall].
  public static final String ONLY_TOLD = "message_id >= 'call:' AND message_id < 'call;'";

  private static final String BY_REQUEST =
      "CREATE INDEX IF NOT EXISTS event_request ON event (request)";

  private static final String OF_REQUESTS =
      SELECT
          + "WHERE request IN (?"
          + ", ?".repeat(AT_ONCE - 1)
          + ") AND part = 0 AND NOT ("
          + ONLY_TOLD
          + ")";

  private final Database database;
  private final NameTable names;
  private final StoredMessages messages = new StoredMessages();

  public EventTable(Database database, NameTable names) {
    this.database = database;
    this.names = names;
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
  }

  /// The stored events of some messages, by the message's [EventId#first].
  public Map<EventId, List<EventRow>> ofMessages(List<EventId> wanted) throws SQLException {
    if (!messages.areAll() && isEmpty()) {
      messages.begin();
    }
    return read(messages.areAll() ? wanted.stream().filter(messages::mayHave).toList() : wanted);
  }

  private boolean isEmpty() {
    return database.query("SELECT 1 FROM event LIMIT 1", row -> row.getInt(1)).isEmpty();
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
        "DELETE FROM event WHERE message = ? AND request = ? AND part = ?",
        id.message(),
        id.request(),
        id.part());
  }

  /// Writes a row, new or in the place of the one with its key.
  public void write(EventRow row, long revision) throws SQLException {
    PreparedStatement write = database.statement(PUT);
    bind(write, row, revision);
    database.session().put(write);
    messages.add(row.id());
  }

  void bind(PreparedStatement write, EventRow row, long revision) throws SQLException {
    UsageEvent event = row.event();
    write.setLong(REVISION.at(), revision);
    write.setBytes(MESSAGE.at(), row.id().message());
    write.setBytes(REQUEST.at(), row.id().request());
    write.setLong(PART.at(), row.id().part());
    write.setString(MESSAGE_ID.at(), event.key().messageId());
    write.setString(REQUEST_ID.at(), event.key().requestId());
    write.setLong(AT.at(), event.completion().at().toEpochMilli());
    write.setLong(AT_OUTPUT.at(), event.completion().output());
    write.setLong(MODEL.at(), names.id(row.model()));
    usage(write, event.usage());
    quantities(write, row);
    money(write, BOOKED, row.booked());
    money(write, TODAY, row.today());
    attribution(write, event.attribution());
    write.setLong(DEVICE.at(), names.id(row.device()));
    write.setLong(PROGRESS.at(), event.progress() ? 1 : 0);
    write.setLong(FILE.at(), names.id(OriginCodec.text(event.origin())));
    write.setLong(FILE_BYTE.at(), OriginCodec.number(event.origin()));
    write.setString(TOOLS.at(), text(event.tools()));
    write.setLong(COUNTED.at(), row.counted() ? 1 : 0);
  }

  private void usage(PreparedStatement write, Usage usage) throws SQLException {
    write.setLong(SPELLED.at(), names.id(usage.model()));
    write.setString(ROUNDS.at(), RoundsText.of(usage.rounds()));
    write.setLong(TERMS.at(), names.id(text(usage.terms())));
    if (usage.stopReason() == null) {
      write.setNull(STOP_REASON.at(), Types.BIGINT);
    } else {
      write.setLong(STOP_REASON.at(), names.id(usage.stopReason()));
    }
    money(write, REPORTED, usage.reportedCost());
  }

  private static void quantities(PreparedStatement write, EventRow row) throws SQLException {
    for (int i = 0; i < QUANTITIES.length; i++) {
      if (QUANTITIES[i].knownOf(row)) {
        write.setLong(FIRST_QUANTITY + i, QUANTITIES[i].of(row));
      } else {
        write.setNull(FIRST_QUANTITY + i, Types.BIGINT);
      }
    }
  }

  private void attribution(PreparedStatement write, Attribution attribution) throws SQLException {
    write.setLong(SESSION.at(), names.id(attribution.session()));
    write.setLong(PROJECT.at(), names.id(attribution.project()));
    write.setLong(BRANCH.at(), names.id(attribution.branch()));
    write.setLong(AGENT.at(), names.id(attribution.agent()));
    write.setLong(SIDECHAIN.at(), attribution.sidechain() ? 1 : 0);
    write.setLong(FORKED.at(), attribution.forked() ? 1 : 0);
    write.setLong(ATTRIBUTED_AT.at(), attribution.at().toEpochMilli());
    write.setLong(ATTRIBUTED_FILE.at(), names.id(OriginCodec.text(attribution.origin())));
    write.setLong(ATTRIBUTED_BYTE.at(), OriginCodec.number(attribution.origin()));
    write.setLong(WORK.at(), names.id(WorkText.of(attribution.work())));
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

  public EventRow read(ResultSet row) throws SQLException {
    int part = row.getInt(PART.at());
    var event =
        new UsageEvent(
            new EventKey(row.getString(MESSAGE_ID.at()), row.getString(REQUEST_ID.at()), part),
            new Completion(Instant.ofEpochMilli(row.getLong(AT.at())), row.getLong(AT_OUTPUT.at())),
            usage(row),
            attribution(row),
            row.getLong(PROGRESS.at()) == 1,
            OriginCodec.of(name(row, FILE), row.getLong(FILE_BYTE.at())),
            tools(row.getString(TOOLS.at())));
    return new EventRow(
        EventId.of(row.getBytes(MESSAGE.at()), row.getBytes(REQUEST.at()), part),
        event,
        name(row, MODEL),
        names.device(row.getLong(DEVICE.at())),
        money(row, BOOKED.at()),
        money(row, EventColumn.at(Quantity.CONTRACT)),
        money(row, EventColumn.at(Quantity.SAVED)),
        money(row, TODAY.at()),
        row.getLong(COUNTED.at()) == 1);
  }

  private Usage usage(ResultSet row) throws SQLException {
    long stopReason = row.getLong(STOP_REASON.at());
    boolean finalised = !row.wasNull();
    return new Usage(
        name(row, SPELLED),
        new TokenCounts(
            number(row, Quantity.INPUT),
            number(row, Quantity.OUTPUT),
            number(row, Quantity.CACHE_WRITE_5M),
            number(row, Quantity.CACHE_WRITE_1H),
            number(row, Quantity.CACHE_READ)),
        (int) number(row, Quantity.WEB_SEARCHES),
        (int) number(row, Quantity.WEB_FETCHES),
        thinking(row),
        terms(name(row, TERMS)),
        finalised ? names.text(stopReason) : null,
        money(row, REPORTED.at()),
        RoundsText.read(row.getString(ROUNDS.at())));
  }

  private Attribution attribution(ResultSet row) throws SQLException {
    return new Attribution(
        names.session(row.getLong(SESSION.at())),
        names.project(row.getLong(PROJECT.at())),
        name(row, BRANCH),
        name(row, AGENT),
        row.getLong(SIDECHAIN.at()) == 1,
        row.getLong(FORKED.at()) == 1,
        Instant.ofEpochMilli(row.getLong(ATTRIBUTED_AT.at())),
        OriginCodec.of(name(row, ATTRIBUTED_FILE), row.getLong(ATTRIBUTED_BYTE.at())),
        WorkText.read(name(row, WORK)));
  }

  private static long number(ResultSet row, Quantity quantity) throws SQLException {
    return row.getLong(EventColumn.at(quantity));
  }

  private static long thinking(ResultSet row) throws SQLException {
    long tokens = number(row, Quantity.THINKING);
    return row.wasNull() ? Usage.UNTOLD : tokens;
  }

  private String name(ResultSet row, EventColumn column) throws SQLException {
    return names.text(row.getLong(column.at()));
  }

  private static void money(PreparedStatement write, EventColumn column, @Nullable Usd money)
      throws SQLException {
    if (money == null) {
      write.setNull(column.at(), Types.BIGINT);
    } else {
      write.setLong(column.at(), money.nanos());
    }
  }

  private static @Nullable Usd money(ResultSet row, int column) throws SQLException {
    long nanos = row.getLong(column);
    return row.wasNull() ? null : new Usd(nanos);
  }

  private static String text(BillingTerms terms) {
    return Escapes.escape(terms.serviceTier())
        + "|"
        + Escapes.escape(terms.speed())
        + "|"
        + Escapes.escape(terms.inferenceGeo());
  }

  private static BillingTerms terms(String text) {
    String[] parts = text.split("\\|", 3);
    return new BillingTerms(
        Escapes.unescape(parts[0]), Escapes.unescape(parts[1]), Escapes.unescape(parts[2]));
  }

  private static @Nullable String text(List<ToolUse> tools) {
    if (tools.isEmpty()) {
      return null;
    }
    var text = new StringBuilder();
    for (ToolUse tool : tools) {
      text.append(text.isEmpty() ? "" : "\n")
          .append(Escapes.escape(tool.id()))
          .append(' ')
          .append(Escapes.escape(tool.name()));
    }
    return text.toString();
  }

  public static List<ToolUse> tools(@Nullable String text) {
    if (text == null) {
      return List.of();
    }
    var tools = new ArrayList<ToolUse>();
    for (String line : text.split("\n", -1)) {
      int space = line.indexOf(' ');
      tools.add(
          new ToolUse(
              Escapes.unescape(line.substring(0, space)),
              Escapes.unescape(line.substring(space + 1))));
    }
    return tools;
  }
}
