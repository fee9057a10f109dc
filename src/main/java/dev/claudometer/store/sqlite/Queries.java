package dev.claudometer.store.sqlite;

import dev.claudometer.model.ToolUse;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Entry;
import dev.claudometer.store.EventFilter;
import dev.claudometer.store.Holdings;
import dev.claudometer.store.SessionSpan;
import dev.claudometer.store.Slice;
import dev.claudometer.store.StoredEvent;
import dev.claudometer.store.TimeRange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Answers what reports ask.
final class Queries {

  private static final String ENTRY =
      """
      SELECT at, session, project, model, 1, stop_reason IS NULL, booked IS NULL, input, output,
        cache_write_5m, cache_write_1h, cache_read, web_searches, web_fetches,
        COALESCE(booked, 0), COALESCE(reported, 0), COALESCE(reported, booked, 0)
      FROM event WHERE counted = 1 AND at >= ? AND at < ? ORDER BY at, id""";

  private final Database database;
  private final NameTable names;
  private final EventTable events;
  private final FileTable files;

  Queries(Database database, NameTable names, EventTable events, FileTable files) {
    this.database = database;
    this.names = names;
    this.events = events;
    this.files = files;
  }

  @Nullable TimeRange extent() {
    return database
        .query(
            """
            SELECT (SELECT at FROM event WHERE counted = 1 ORDER BY at LIMIT 1) AS first,
              (SELECT at FROM event WHERE counted = 1 ORDER BY at DESC LIMIT 1) + 1
            WHERE first IS NOT NULL""",
            row ->
                new TimeRange(
                    Instant.ofEpochMilli(row.getLong(1)), Instant.ofEpochMilli(row.getLong(2))))
        .stream()
        .findFirst()
        .orElse(null);
  }

  List<Slice> sums(TimeRange range, Set<Dimension> by) {
    String columns =
        column(by, Dimension.MODEL) + column(by, Dimension.PROJECT) + column(by, Dimension.SESSION);
    String sql =
        "SELECT "
            + columns
            + RollupTable.SUMS
            + " FROM rollup WHERE quarter >= ? AND quarter < ?"
            + (by.isEmpty() ? " HAVING COUNT(*) > 0" : " GROUP BY 1, 2, 3");
    return database.query(
        sql,
        row -> new Slice(name(row, 1), name(row, 2), name(row, 3), RollupTable.read(row, 4)),
        RollupTable.quarter(range.from()),
        RollupTable.quarter(range.to()));
  }

  private static String column(Set<Dimension> by, Dimension dimension) {
    return by.contains(dimension) ? dimension.name().toLowerCase(Locale.ROOT) + ", " : "0, ";
  }

  private String name(ResultSet row, int column) throws SQLException {
    long id = row.getLong(column);
    return id == 0 ? "" : names.text(id);
  }

  List<Entry> entries(TimeRange range) {
    return database.query(
        ENTRY,
        row ->
            new Entry(
                Instant.ofEpochMilli(row.getLong(1)),
                names.text(row.getLong(2)),
                names.text(row.getLong(3)),
                names.text(row.getLong(4)),
                RollupTable.read(row, 5)),
        range.from().toEpochMilli(),
        range.to().toEpochMilli());
  }

  List<SessionSpan> sessionSpans(TimeRange range) {
    return database.query(
        """
        SELECT session, MIN(at), MAX(at) FROM event WHERE counted = 1 AND at >= ? AND at < ?
        GROUP BY session""",
        row ->
            new SessionSpan(
                names.text(row.getLong(1)),
                Instant.ofEpochMilli(row.getLong(2)),
                Instant.ofEpochMilli(row.getLong(3))),
        range.from().toEpochMilli(),
        range.to().toEpochMilli());
  }

  List<StoredEvent> events(EventFilter filter) {
    List<EventRow> rows =
        switch (filter) {
          case EventFilter.ById(String id) ->
              rows("WHERE message_id = ? OR request_id = ?", List.of(id, id));
          case EventFilter.OfSession(String session) ->
              rows("WHERE session = (SELECT id FROM name WHERE text = ?)", List.of(session));
          case EventFilter.Within(TimeRange range) ->
              rows(
                  "WHERE at >= ? AND at < ?",
                  List.of(range.from().toEpochMilli(), range.to().toEpochMilli()));
        };
    return rows.stream()
        .map(row -> new StoredEvent(row.event(), row.booked(), row.today(), row.counted()))
        .toList();
  }

  List<EventRow> rows(String where, List<Object> parameters) {
    return database.query(
        EventTable.SELECT + where + " ORDER BY at, id", events::read, parameters.toArray());
  }

  Holdings holdings() {
    return new Holdings(
        files.readings(),
        tools(),
        database.number("SELECT COUNT(*) FROM event"),
        database.number("SELECT COUNT(*) FROM event WHERE counted = 0"),
        database.number("PRAGMA page_count") * database.number("PRAGMA page_size"));
  }

  private Map<String, Long> tools() {
    var counts = new TreeMap<String, Long>();
    database
        .query(
            "SELECT tools FROM event WHERE counted = 1 AND tools IS NOT NULL",
            row -> EventTable.tools(row.getString(1)))
        .forEach(
            tools -> {
              for (ToolUse tool : tools) {
                counts.merge(tool.name(), 1L, Long::sum);
              }
            });
    return counts;
  }
}
