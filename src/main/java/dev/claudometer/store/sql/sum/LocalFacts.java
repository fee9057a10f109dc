package dev.claudometer.store.sql.sum;

import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.ToolUse;
import dev.claudometer.store.LocalQueries.Happenings;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.event.ActivityTable;
import dev.claudometer.store.sql.event.ToolsText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What is asked about the sessions and the tools of one machine.
public final class LocalFacts {

  private static final String CALLS =
      "SELECT tools FROM event_row WHERE counted = 1 AND tools IS NOT NULL AND at >= ? AND at < ?";

  private static final String SPAN =
      """
      SELECT session, MIN(first_at), MAX(last_at) FROM rollup_session WHERE session = ?
      GROUP BY session\
      """;

  private final Database database;
  private final NameTable names;

  public LocalFacts(Database database, NameTable names) {
    this.database = database;
    this.names = names;
  }

  private record Span(long session, long first, long last) {}

  public long toolCalls(TimeRange range) {
    return database
        .query(
            CALLS,
            row -> ToolsText.read(row, 1).size(),
            range.from().toEpochMilli(),
            range.to().toEpochMilli())
        .stream()
        .mapToLong(Integer::longValue)
        .sum();
  }

  public List<Instant> sessionStarts() {
    return database.query(
        "SELECT MIN(first_at) FROM rollup_session GROUP BY session",
        row -> Instant.ofEpochMilli(row.getLong(1)));
  }

  public Happenings happenings(SessionId session) {
    Map<String, Long> tools = new HashMap<>();
    Map<String, Long> stopReasons = new HashMap<>();
    Map<ActivityKind, Long> activities = new EnumMap<>(ActivityKind.class);
    for (Span span :
        database.query(
            SPAN,
            row -> new Span(row.getLong(1), row.getLong(2), row.getLong(3)),
            names.find(session))) {
      database.query(
          """
          SELECT tools, stop_reason FROM event
          WHERE session = ? AND at >= ? AND at <= ? AND counted = 1 AND part = 0\
          """,
          row -> add(row, tools, stopReasons),
          span.session(),
          span.first(),
          span.last());
      database.query(
          "SELECT kind, COUNT(*) FROM activity WHERE "
              + ActivityTable.anyKind(names)
              + " AND session = ? AND at >= ? GROUP BY kind",
          row ->
              activities.merge(
                  ActivityKind.valueOf(names.text(row.getLong(1))), row.getLong(2), Long::sum),
          span.session(),
          span.first() - Rollups.QUARTER_MILLIS * Rollups.QUARTERS_A_DAY);
    }
    return new Happenings(tools, stopReasons, activities);
  }

  private boolean add(ResultSet row, Map<String, Long> tools, Map<String, Long> stopReasons)
      throws SQLException {
    for (ToolUse tool : ToolsText.read(row, 1)) {
      tools.merge(tool.name(), 1L, Long::sum);
    }
    long reason = row.getLong(2);
    if (!row.wasNull()) {
      stopReasons.merge(names.text(reason), 1L, Long::sum);
    }
    return true;
  }
}
