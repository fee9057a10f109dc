package dev.claudometer.store.sql.sum;

import dev.claudometer.store.SessionPage;
import dev.claudometer.store.SessionPage.Row;
import dev.claudometer.store.SessionQuery;
import dev.claudometer.store.SessionQuery.Cursor;
import dev.claudometer.store.Slice;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.engine.RollupTable;
import dev.claudometer.usage.Totals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lists sessions from their sums.
public final class SessionQueries {

  private static final String PARTS =
      "SELECT session, project, model, branch, device, first_at, last_at, "
          + RollupTable.SUMS.replace("SUM(", "").replace(")", "")
          + " FROM rollup_session WHERE session IN (";

  private static final Comparator<Slice> BY_NAME =
      Comparator.comparing(Slice::model)
          .thenComparing(Slice::project)
          .thenComparing(Slice::branch)
          .thenComparing(Slice::device);

  private final Database database;
  private final NameTable names;

  public SessionQueries(Database database, NameTable names) {
    this.database = database;
    this.names = names;
  }

  /// A session's place in the order.
  private record Place(long session, long value) {}

  private record Part(long session, long first, long last, Slice slice) {}

  public long count(TimeRange range) {
    return database
        .query(
            """
            SELECT COUNT(DISTINCT session) FROM rollup_session
            WHERE last_at >= ? AND first_at < ?\
            """,
            row -> row.getLong(1),
            range.from().toEpochMilli(),
            range.to().toEpochMilli())
        .getFirst();
  }

  public SessionPage page(SessionQuery query) {
    List<Place> places = places(query);
    boolean more = places.size() > query.limit();
    List<Place> page = more ? places.subList(0, query.limit()) : places;
    List<Row> rows = rows(page);
    return new SessionPage(
        rows, more ? new Cursor(page.getLast().value(), rows.getLast().session()) : null);
  }

  private List<Place> places(SessionQuery query) {
    var sql = new StringBuilder("SELECT session, ").append(order(query)).append(" AS place");
    var parameters = new ArrayList<Object>();
    sql.append(" FROM rollup_session WHERE 1 = 1");
    filter(sql, parameters, "session", query.session());
    filter(sql, parameters, "device", query.device());
    filter(sql, parameters, "project", query.project());
    filter(sql, parameters, "model", query.model());
    filter(sql, parameters, "branch", query.branch());
    text(sql, parameters, query.text());
    sql.append(" GROUP BY session HAVING MAX(last_at) >= ? AND MIN(first_at) < ?");
    parameters.add(query.range().from().toEpochMilli());
    parameters.add(query.range().to().toEpochMilli());
    Cursor after = query.after();
    if (after != null) {
      sql.append(" AND (").append(order(query)).append(" < ? OR (").append(order(query));
      sql.append(" = ? AND session < ?))");
      parameters.add(after.value());
      parameters.add(after.value());
      parameters.add(names.find(after.session()));
    }
    sql.append(" ORDER BY place DESC, session DESC LIMIT ").append(query.limit() + 1);
    return database.query(
        sql.toString(), row -> new Place(row.getLong(1), row.getLong(2)), parameters.toArray());
  }

  private static String order(SessionQuery query) {
    return switch (query.order()) {
      case LAST -> "MAX(last_at)";
      case FIRST -> "MIN(first_at)";
      case COST -> "SUM(automatic)";
      case OUTPUT -> "SUM(output)";
      case RESPONSES -> "SUM(responses)";
    };
  }

  /// Sessions with a part that fits; their other parts count as well.
  private void filter(
      StringBuilder sql, List<Object> parameters, String column, @Nullable String name) {
    if (name != null) {
      sql.append(" AND session IN (SELECT session FROM rollup_session WHERE ");
      sql.append(column).append(" = ?)");
      parameters.add(names.find(name));
    }
  }

  private static void text(StringBuilder sql, List<Object> parameters, @Nullable String text) {
    if (text != null) {
      sql.append(
          """
           AND session IN (SELECT session FROM rollup_session, (SELECT id FROM name
          WHERE LOWER(text) LIKE ? ESCAPE '!') AS found
          WHERE found.id IN (session, project, branch))\
          """);
      String literal =
          text.toLowerCase(Locale.ROOT).replace("!", "!!").replace("%", "!%").replace("_", "!_");
      parameters.add("%" + literal + "%");
    }
  }

  private List<Row> rows(List<Place> places) {
    if (places.isEmpty()) {
      return List.of();
    }
    String marks = String.join(", ", Collections.nCopies(places.size(), "?"));
    Map<Long, List<Part>> parts = new HashMap<>();
    database
        .query(PARTS + marks + ")", this::part, places.stream().map(Place::session).toArray())
        .forEach(part -> parts.computeIfAbsent(part.session(), _ -> new ArrayList<>()).add(part));
    return places.stream()
        .map(place -> row(parts.getOrDefault(place.session(), List.of())))
        .toList();
  }

  private Part part(ResultSet row) throws SQLException {
    var slice =
        new Slice(
            names.text(row.getLong(3)),
            names.text(row.getLong(2)),
            names.text(row.getLong(1)),
            names.text(row.getLong(4)),
            names.text(row.getLong(5)),
            RollupTable.read(row, 8));
    return new Part(row.getLong(1), row.getLong(6), row.getLong(7), slice);
  }

  private static Row row(List<Part> parts) {
    Totals totals =
        parts.stream().map(part -> part.slice().totals()).reduce(Totals.ZERO, Totals::plus);
    return new Row(
        parts.getFirst().slice().session(),
        Instant.ofEpochMilli(parts.stream().mapToLong(Part::first).min().orElseThrow()),
        Instant.ofEpochMilli(parts.stream().mapToLong(Part::last).max().orElseThrow()),
        totals,
        parts.stream().map(Part::slice).sorted(BY_NAME).toList());
  }
}
