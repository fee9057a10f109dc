package dev.claudometer.store.sqlite;

import dev.claudometer.model.Attribution;
import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.Completion;
import dev.claudometer.model.EventKey;
import dev.claudometer.model.Origin;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.ToolUse;
import dev.claudometer.model.Usage;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads and writes rows of the event table.
final class EventTable {

  private static final String COLUMNS =
      """
      id, message_id, request_id, at, at_output, model, input, output, cache_write_5m,
      cache_write_1h, cache_read, web_searches, web_fetches, terms, stop_reason, reported, booked,
      today, session, project, branch, agent, sidechain, forked, attributed_at, attributed_file,
      attributed_offset, progress, file, offset, tools, counted""";

  static final String SELECT = "SELECT rowid, " + COLUMNS + " FROM event ";

  private static final String INSERT =
      "INSERT INTO event (" + COLUMNS + ") VALUES (?" + ", ?".repeat(31) + ")";

  private static final String REPLACE =
      "INSERT OR REPLACE INTO event (" + COLUMNS + ", rowid) VALUES (?" + ", ?".repeat(32) + ")";

  private static final int LARGE_BESIDE = 20;

  private final Database database;
  private final NameTable names;

  EventTable(Database database, NameTable names) {
    this.database = database;
    this.names = names;
  }

  /// Which messages are stored: known exactly where a batch is large beside the store, else looked
  /// up one by one.
  StoredMessages messages(int batchSize) throws SQLException {
    long stored = database.number("SELECT COALESCE(MAX(rowid), 0) FROM event");
    return stored > (long) batchSize * LARGE_BESIDE
        ? StoredMessages.anything()
        : StoredMessages.of(database.statement("SELECT id FROM event"), (int) stored);
  }

  /// The stored events of the message that `id` belongs to.
  List<EventRow> ofMessage(EventId id) throws SQLException {
    PreparedStatement select = database.statement(SELECT + "WHERE id BETWEEN ? AND ?");
    select.setBytes(1, id.first().bytes());
    select.setBytes(2, id.last().bytes());
    var rows = new ArrayList<EventRow>(2);
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        rows.add(read(row));
      }
    }
    return rows;
  }

  void write(EventRow row) throws SQLException {
    boolean added = row.number() == 0;
    PreparedStatement write = database.statement(added ? INSERT : REPLACE);
    UsageEvent event = row.event();
    write.setBytes(1, row.id().bytes());
    write.setString(2, event.key().messageId());
    write.setString(3, event.key().requestId());
    write.setLong(4, event.completion().at().toEpochMilli());
    write.setLong(5, event.completion().output());
    usage(write, event.usage());
    write.setLong(14, names.id(text(event.usage().terms())));
    money(write, 17, row.booked());
    money(write, 18, row.today());
    attribution(write, event.attribution());
    write.setLong(28, event.progress() ? 1 : 0);
    write.setLong(29, names.id(event.origin().file()));
    write.setLong(30, event.origin().offset());
    write.setString(31, text(event.tools()));
    write.setLong(32, row.counted() ? 1 : 0);
    if (!added) {
      write.setLong(33, row.number());
    }
    write.executeUpdate();
  }

  private void usage(PreparedStatement write, Usage usage) throws SQLException {
    TokenCounts tokens = usage.tokens();
    write.setLong(6, names.id(usage.model()));
    write.setLong(7, tokens.input());
    write.setLong(8, tokens.output());
    write.setLong(9, tokens.cacheWrite5m());
    write.setLong(10, tokens.cacheWrite1h());
    write.setLong(11, tokens.cacheRead());
    write.setLong(12, usage.webSearches());
    write.setLong(13, usage.webFetches());
    if (usage.stopReason() == null) {
      write.setNull(15, Types.INTEGER);
    } else {
      write.setLong(15, names.id(usage.stopReason()));
    }
    money(write, 16, usage.reportedCost());
  }

  private void attribution(PreparedStatement write, Attribution attribution) throws SQLException {
    write.setLong(19, names.id(attribution.session()));
    write.setLong(20, names.id(attribution.project()));
    write.setLong(21, names.id(attribution.branch()));
    write.setLong(22, names.id(attribution.agent()));
    write.setLong(23, attribution.sidechain() ? 1 : 0);
    write.setLong(24, attribution.forked() ? 1 : 0);
    write.setLong(25, attribution.at().toEpochMilli());
    write.setLong(26, names.id(attribution.origin().file()));
    write.setLong(27, attribution.origin().offset());
  }

  EventRow read(ResultSet row) throws SQLException {
    var event =
        new UsageEvent(
            new EventKey(row.getString(3), row.getString(4)),
            new Completion(Instant.ofEpochMilli(row.getLong(5)), row.getLong(6)),
            usage(row),
            attribution(row),
            row.getLong(29) == 1,
            new Origin(names.text(row.getLong(30)), row.getLong(31)),
            tools(row.getString(32)));
    return new EventRow(
        row.getLong(1),
        EventId.of(row.getBytes(2)),
        event,
        money(row, 18),
        money(row, 19),
        row.getLong(33) == 1);
  }

  private Usage usage(ResultSet row) throws SQLException {
    long stopReason = row.getLong(16);
    boolean finalised = !row.wasNull();
    return new Usage(
        names.text(row.getLong(7)),
        new TokenCounts(
            row.getLong(8), row.getLong(9), row.getLong(10), row.getLong(11), row.getLong(12)),
        row.getInt(13),
        row.getInt(14),
        terms(names.text(row.getLong(15))),
        finalised ? names.text(stopReason) : null,
        money(row, 17));
  }

  private Attribution attribution(ResultSet row) throws SQLException {
    return new Attribution(
        names.text(row.getLong(20)),
        names.text(row.getLong(21)),
        names.text(row.getLong(22)),
        names.text(row.getLong(23)),
        row.getLong(24) == 1,
        row.getLong(25) == 1,
        Instant.ofEpochMilli(row.getLong(26)),
        new Origin(names.text(row.getLong(27)), row.getLong(28)));
  }

  private static void money(PreparedStatement write, int index, @Nullable Usd money)
      throws SQLException {
    if (money == null) {
      write.setNull(index, Types.INTEGER);
    } else {
      write.setLong(index, money.nanos());
    }
  }

  private static @Nullable Usd money(ResultSet row, int index) throws SQLException {
    long nanos = row.getLong(index);
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

  static List<ToolUse> tools(@Nullable String text) {
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
