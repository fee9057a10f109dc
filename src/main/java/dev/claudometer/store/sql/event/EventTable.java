package dev.claudometer.store.sql.event;

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
import dev.claudometer.store.sql.engine.Changed;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.Escapes;
import dev.claudometer.store.sql.engine.NameTable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads and writes rows of the event table.
public final class EventTable {

  private static final String COLUMNS =
      """
      revision, message, request, message_id, request_id, at, at_output, model, input, output,
      cache_write_5m, cache_write_1h, cache_read, web_searches, web_fetches, terms, stop_reason,
      reported, booked, today, session, project, branch, agent, device, sidechain, forked,
      attributed_at, attributed_file, attributed_byte, progress, file, file_byte, tools, counted\
      """;

  public static final String SELECT = "SELECT " + COLUMNS + " FROM event ";

  private static final String PUT =
      "INSERT INTO event ("
          + COLUMNS
          + ") VALUES (?"
          + ", ?".repeat(34)
          + ") ON CONFLICT (message, request) DO UPDATE SET "
          + Arrays.stream(COLUMNS.split(",\\s*", -1))
              .filter(column -> !column.equals("message") && !column.equals("request"))
              .map(column -> column + " = excluded." + column)
              .collect(Collectors.joining(", "));

  private static final int AT_ONCE = 64;

  private static final String OF_MESSAGES =
      SELECT + "WHERE message IN (?" + ", ?".repeat(AT_ONCE - 1) + ")";

  private final Database database;
  private final NameTable names;

  public EventTable(Database database, NameTable names) {
    this.database = database;
    this.names = names;
  }

  /// The stored events of some messages, by the message's [EventId#first].
  public Map<EventId, List<EventRow>> ofMessages(List<EventId> messages) throws SQLException {
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

  /// Writes a row, new or in the place of the one with its key.
  public void write(EventRow row, long revision) throws SQLException {
    PreparedStatement write = database.statement(PUT);
    UsageEvent event = row.event();
    write.setLong(1, revision);
    write.setBytes(2, row.id().message());
    write.setBytes(3, row.id().request());
    write.setString(4, event.key().messageId());
    write.setString(5, event.key().requestId());
    write.setLong(6, event.completion().at().toEpochMilli());
    write.setLong(7, event.completion().output());
    usage(write, event.usage());
    write.setLong(16, names.id(text(event.usage().terms())));
    money(write, 19, row.booked());
    money(write, 20, row.today());
    attribution(write, event.attribution());
    write.setLong(25, names.id(row.device()));
    write.setLong(31, event.progress() ? 1 : 0);
    write.setLong(32, names.id(event.origin().file()));
    write.setLong(33, event.origin().offset());
    write.setString(34, text(event.tools()));
    write.setLong(35, row.counted() ? 1 : 0);
    database.session().put(write);
  }

  private void usage(PreparedStatement write, Usage usage) throws SQLException {
    TokenCounts tokens = usage.tokens();
    write.setLong(8, names.id(usage.model()));
    write.setLong(9, tokens.input());
    write.setLong(10, tokens.output());
    write.setLong(11, tokens.cacheWrite5m());
    write.setLong(12, tokens.cacheWrite1h());
    write.setLong(13, tokens.cacheRead());
    write.setLong(14, usage.webSearches());
    write.setLong(15, usage.webFetches());
    if (usage.stopReason() == null) {
      write.setNull(17, Types.BIGINT);
    } else {
      write.setLong(17, names.id(usage.stopReason()));
    }
    money(write, 18, usage.reportedCost());
  }

  private void attribution(PreparedStatement write, Attribution attribution) throws SQLException {
    write.setLong(21, names.id(attribution.session()));
    write.setLong(22, names.id(attribution.project()));
    write.setLong(23, names.id(attribution.branch()));
    write.setLong(24, names.id(attribution.agent()));
    write.setLong(26, attribution.sidechain() ? 1 : 0);
    write.setLong(27, attribution.forked() ? 1 : 0);
    write.setLong(28, attribution.at().toEpochMilli());
    write.setLong(29, names.id(attribution.origin().file()));
    write.setLong(30, attribution.origin().offset());
  }

  /// This machine's events that were changed after a revision.
  public List<Changed<UsageEvent>> changed(long after, int most) {
    return database.query(
        SELECT + "WHERE revision > ? AND device = 0 ORDER BY revision LIMIT " + most,
        row -> new Changed<>(row.getLong(1), read(row).event()),
        after);
  }

  public EventRow read(ResultSet row) throws SQLException {
    var event =
        new UsageEvent(
            new EventKey(row.getString(4), row.getString(5)),
            new Completion(Instant.ofEpochMilli(row.getLong(6)), row.getLong(7)),
            usage(row),
            attribution(row),
            row.getLong(31) == 1,
            new Origin(names.text(row.getLong(32)), row.getLong(33)),
            tools(row.getString(34)));
    return new EventRow(
        EventId.of(row.getBytes(2), row.getBytes(3)),
        event,
        names.text(row.getLong(25)),
        money(row, 19),
        money(row, 20),
        row.getLong(35) == 1);
  }

  private Usage usage(ResultSet row) throws SQLException {
    long stopReason = row.getLong(17);
    boolean finalised = !row.wasNull();
    return new Usage(
        names.text(row.getLong(8)),
        new TokenCounts(
            row.getLong(9), row.getLong(10), row.getLong(11), row.getLong(12), row.getLong(13)),
        row.getInt(14),
        row.getInt(15),
        terms(names.text(row.getLong(16))),
        finalised ? names.text(stopReason) : null,
        money(row, 18));
  }

  private Attribution attribution(ResultSet row) throws SQLException {
    return new Attribution(
        names.text(row.getLong(21)),
        names.text(row.getLong(22)),
        names.text(row.getLong(23)),
        names.text(row.getLong(24)),
        row.getLong(26) == 1,
        row.getLong(27) == 1,
        Instant.ofEpochMilli(row.getLong(28)),
        new Origin(names.text(row.getLong(29)), row.getLong(30)));
  }

  private static void money(PreparedStatement write, int index, @Nullable Usd money)
      throws SQLException {
    if (money == null) {
      write.setNull(index, Types.BIGINT);
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
