package dev.claudometer.store.sql.sum;

import dev.claudometer.model.SessionId;
import dev.claudometer.model.Usd;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.SessionPage;
import dev.claudometer.store.SessionPage.Row;
import dev.claudometer.store.SessionPlace;
import dev.claudometer.store.SessionQuery;
import dev.claudometer.store.SessionQuery.Cursor;
import dev.claudometer.store.SessionSpend;
import dev.claudometer.store.Slice;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.Where;
import dev.claudometer.store.WorkQueries.BranchSessions;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.engine.SumColumns;
import dev.claudometer.usage.Totals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lists and counts sessions from their sums.
public final class SessionQueries {

  private static final String PARTS =
      "SELECT session, project, model, branch, device, first_at, last_at, "
          + SumColumns.EACH
          + " FROM rollup_session WHERE session IN (";

  private static final String NAMED = "SELECT id FROM name WHERE LOWER(text) LIKE ? ESCAPE '!'";

  private static final Comparator<Slice> BY_NAME =
      Comparator.comparing(Slice::model)
          .thenComparing(Slice::project)
          .thenComparing(Slice::branch)
          .thenComparing(Slice::device);

  private final Database database;
  private final NameTable names;
  private final @Nullable KeptSums kept;

  /// @param kept what is remembered; null in a process that is asked once
  public SessionQueries(Database database, NameTable names, @Nullable KeptSums kept) {
    this.database = database;
    this.names = names;
    this.kept = kept;
  }

  /// A session's place in the order.
  record Place(long session, long value) {

    static final Comparator<Place> ORDER =
        Comparator.comparingLong(Place::value).thenComparingLong(Place::session).reversed();
  }

  private record Part(long session, long first, long last, Slice slice) {}

  private SessionUse use(TimeRange range, Where where) {
    return new SessionUse(Stretch.of(range), Conditions.of(where, names), where.isInSums());
  }

  private interface InMemory<T> {
    T of(KeptSessions sessions) throws SQLException;
  }

  /// The answer of what is remembered; null where the store has to be asked: of single sessions it
  /// knows sooner.
  private <T> @Nullable T remembered(TimeRange range, Where where, InMemory<T> answer) {
    KeptSums sums = kept;
    return sums == null || !where.isInSums() || where.isOf(Dimension.SESSION)
        ? null
        : database.snapshot(
            session -> {
              KeptSessions sessions = KeptSessions.of(session, sums, names, range, where);
              return sessions == null ? null : answer.of(sessions);
            });
  }

  public long count(TimeRange range, Where where) {
    Integer count = remembered(range, where, sessions -> sessions.sessions().size());
    return count == null ? counted(range, where) : count;
  }

  private long counted(TimeRange range, Where where) {
    SessionUse use = use(range, where);
    return database
        .query(
            use.with() + " SELECT COUNT(DISTINCT session) FROM used",
            row -> row.getLong(1),
            use.parameters().toArray())
        .getFirst();
  }

  public List<SessionId> beginningWith(String text) {
    return database.query(
        """
        SELECT text FROM name
        WHERE id IN (SELECT session FROM rollup_session UNION SELECT session FROM session_total)
          AND SUBSTR(text, 1, ?) = ?
        ORDER BY text\
        """,
        row -> new SessionId(row.getString(1)),
        text.codePointCount(0, text.length()),
        text);
  }

  public List<BranchSessions> onBranches(TimeRange range, Where where) {
    List<BranchSessions> known = remembered(range, where, KeptSessions::onBranches);
    if (known != null) {
      return known;
    }
    SessionUse use = use(range, where);
    return database.query(
        use.with()
            + " SELECT project, branch, COUNT(DISTINCT session) FROM used GROUP BY project, branch",
        row ->
            new BranchSessions(
                names.project(row.getLong(1)), names.text(row.getLong(2)), row.getLong(3)),
        use.parameters().toArray());
  }

  public List<SessionSpend> costs(TimeRange range, Where where) {
    List<SessionSpend> known = remembered(range, where, KeptSessions::costs);
    if (known != null) {
      return known;
    }
    SessionUse use = use(range, where);
    return database.query(
        use.with() + " SELECT session, " + SumColumns.COST + " FROM used GROUP BY session",
        row -> new SessionSpend(names.session(row.getLong(1)), new Usd(row.getLong(2))),
        use.parameters().toArray());
  }

  public List<SessionPlace> places(TimeRange range, Where where) {
    List<SessionPlace> known = remembered(range, where, KeptSessions::places);
    if (known != null) {
      return known;
    }
    SessionUse use = use(range, where);
    return database.query(
        use.with() + " SELECT DISTINCT session, device FROM used",
        row -> new SessionPlace(names.session(row.getLong(1)), names.device(row.getLong(2))),
        use.parameters().toArray());
  }

  /// As it is at one moment.
  public SessionPage page(SessionQuery query) {
    return database.snapshot(
        _ -> {
          List<Place> places = places(query);
          boolean more = places.size() > query.limit();
          List<Place> page = more ? places.subList(0, query.limit()) : places;
          List<Row> rows = rows(page, query);
          return new SessionPage(
              rows, more ? new Cursor(page.getLast().value(), rows.getLast().session()) : null);
        });
  }

  private List<Place> places(SessionQuery query) {
    List<Place> known =
        remembered(
            query.range(), query.where(), sessions -> sessions.ordered(query, named(query.text())));
    if (known != null) {
      return known;
    }
    SessionUse use = use(query.range(), query.where());
    var sql = new StringBuilder(use.with());
    List<Object> parameters = new ArrayList<>(use.parameters());
    sql.append(" SELECT * FROM (SELECT session, ").append(order(query)).append(" AS place");
    sql.append(" FROM used");
    text(sql, parameters, query);
    sql.append(" GROUP BY session) AS ordered");
    Cursor after = query.after();
    if (after != null) {
      sql.append(" WHERE place < ? OR (place = ? AND session < ?)");
      parameters.addAll(List.of(after.value(), after.value(), names.find(after.session())));
    }
    sql.append(" ORDER BY place DESC, session DESC LIMIT ").append(query.limit() + 1);
    return database.query(
        sql.toString(), row -> new Place(row.getLong(1), row.getLong(2)), parameters.toArray());
  }

  private static String order(SessionQuery query) {
    boolean wholeSessions = query.range().equals(TimeRange.ALL) && query.where().isAny();
    return switch (query.order()) {
      case LAST -> wholeSessions ? "MAX(last_at)" : ofTheWhole("MAX(last_at)");
      case FIRST -> wholeSessions ? "MIN(first_at)" : ofTheWhole("MIN(first_at)");
      case COST -> "SUM(automatic)";
      case OUTPUT -> "SUM(output)";
      case RESPONSES -> "SUM(responses)";
    };
  }

  private static String ofTheWhole(String place) {
    return "(SELECT " + place + " FROM rollup_session WHERE rollup_session.session = used.session)";
  }

  private static void text(StringBuilder sql, List<Object> parameters, SessionQuery query) {
    String text = query.text();
    if (text != null) {
      sql.append(" WHERE session IN (SELECT session FROM rollup_session, (")
          .append(NAMED)
          .append(") AS found WHERE found.id IN (session, project, branch))");
      parameters.add(containing(text));
    }
  }

  /// The numbers of names that have a text in them, in any case.
  private BitSet named(@Nullable String text) {
    var named = new BitSet();
    if (text != null) {
      database.query(NAMED, row -> row.getInt(1), containing(text)).forEach(named::set);
    }
    return named;
  }

  private static String containing(String text) {
    return "%"
        + text.toLowerCase(Locale.ROOT).replace("!", "!!").replace("%", "!%").replace("_", "!_")
        + "%";
  }

  private List<Row> rows(List<Place> places, SessionQuery query) {
    if (places.isEmpty()) {
      return List.of();
    }
    List<Long> sessions = places.stream().map(Place::session).toList();
    Map<Long, Totals> totals = totals(sessions, query);
    Map<Long, List<Part>> parts = new HashMap<>();
    database
        .query(PARTS + marks(sessions) + ")", this::part, sessions.toArray())
        .forEach(part -> parts.computeIfAbsent(part.session(), _ -> new ArrayList<>()).add(part));
    return sessions.stream()
        .map(
            session ->
                row(
                    totals.getOrDefault(session, Totals.ZERO),
                    parts.getOrDefault(session, List.of())))
        .toList();
  }

  /// What of some sessions fits.
  private Map<Long, Totals> totals(List<Long> sessions, SessionQuery query) {
    SessionUse use =
        new SessionUse(
            Stretch.of(query.range()),
            Conditions.of(query.where(), names).ofSessions(sessions),
            query.where().isInSums());
    Map<Long, Totals> totals = new HashMap<>();
    database.query(
        use.with() + " SELECT session, " + SumColumns.SUMS + " FROM used GROUP BY session",
        row -> totals.put(row.getLong(1), SumColumns.read(row, 2)) == null,
        use.parameters().toArray());
    return totals;
  }

  private static String marks(List<Long> sessions) {
    return String.join(", ", Collections.nCopies(sessions.size(), "?"));
  }

  private Part part(ResultSet row) throws SQLException {
    var slice =
        new Slice(
            names.text(row.getLong(3)),
            names.project(row.getLong(2)),
            names.session(row.getLong(1)),
            names.text(row.getLong(4)),
            names.device(row.getLong(5)),
            SumColumns.read(row, 8));
    return new Part(row.getLong(1), row.getLong(6), row.getLong(7), slice);
  }

  private static Row row(Totals totals, List<Part> parts) {
    Totals whole =
        parts.stream().map(part -> part.slice().totals()).reduce(Totals.ZERO, Totals::plus);
    return new Row(
        parts.getFirst().slice().session(),
        Instant.ofEpochMilli(parts.stream().mapToLong(Part::first).min().orElseThrow()),
        Instant.ofEpochMilli(parts.stream().mapToLong(Part::last).max().orElseThrow()),
        totals,
        whole,
        parts.stream().map(Part::slice).sorted(BY_NAME).toList());
  }
}
