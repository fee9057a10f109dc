package dev.claudometer.store.sql.sum;

import dev.claudometer.model.Usd;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.SessionPlace;
import dev.claudometer.store.SessionQuery;
import dev.claudometer.store.SessionQuery.Cursor;
import dev.claudometer.store.SessionSpend;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.Where;
import dev.claudometer.store.WorkQueries.BranchSessions;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.engine.SqlSession;
import dev.claudometer.store.sql.engine.SumColumns;
import dev.claudometer.store.sql.sum.SessionQueries.Place;
import dev.claudometer.usage.Quantity;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What sessions used within a stretch of time, from memory. Only of those that reach beyond one of
/// its ends the store is asked how much lies within.
final class KeptSessions {

  private static final String SHARE = "session, project, model, branch, device";

  private final NameTable names;
  private final List<SumRows> all;
  private final Stretch stretch;
  private final RowCondition allowed;
  private final SumRows parts;

  private KeptSessions(
      NameTable names, List<SumRows> all, Stretch stretch, RowCondition allowed, SumRows parts) {
    this.names = names;
    this.all = all;
    this.stretch = stretch;
    this.allowed = allowed;
    this.parts = parts;
  }

  /// Null where there are too many sessions to remember.
  ///
  /// @param session in a snapshot
  static @Nullable KeptSessions of(
      SqlSession session, KeptSums kept, NameTable names, TimeRange range, Where where)
      throws SQLException {
    List<SumRows> all = kept.rows(session, KeptTable.SESSIONS, 0, Integer.MAX_VALUE);
    if (all == null) {
      return null;
    }
    Stretch stretch = Stretch.of(range);
    RowCondition allowed = RowCondition.of(where, names);
    List<Long> beyond = beyond(all, stretch, allowed);
    SumRows.Builder parts = KeptTable.SESSIONS.builder();
    if (!beyond.isEmpty()) {
      var use = new SessionUse(stretch, Conditions.of(where, names).ofSessions(beyond), true);
      session.query(
          use.withParts()
              + " SELECT session, "
              + SHARE
              + ", 0, 0, "
              + SumColumns.EACH
              + " FROM used",
          row -> {
            parts.add(row);
            return true;
          },
          use.parametersOfParts().toArray());
    }
    return new KeptSessions(names, all, stretch, allowed, parts.rows());
  }

  private static List<Long> beyond(List<SumRows> all, Stretch stretch, RowCondition allowed) {
    Set<Long> beyond = new LinkedHashSet<>();
    for (SumRows rows : all) {
      for (int row = 0; row < rows.size(); row++) {
        if (touches(rows, row, stretch)
            && !isWithin(rows, row, stretch)
            && allowed.fits(rows, row)) {
          beyond.add(rows.place(row));
        }
      }
    }
    return List.copyOf(beyond);
  }

  private static boolean touches(SumRows rows, int row, Stretch stretch) {
    return rows.last(row) >= stretch.from() && rows.first(row) < stretch.to();
  }

  private static boolean isWithin(SumRows rows, int row, Stretch stretch) {
    return rows.first(row) >= stretch.from() && rows.last(row) < stretch.to();
  }

  /// A share of a session, or what of it lies within the stretch.
  private interface Share {
    void of(SumRows rows, int row);
  }

  private void each(Share share) {
    for (SumRows rows : all) {
      for (int row = 0; row < rows.size(); row++) {
        if (isWithin(rows, row, stretch) && allowed.fits(rows, row)) {
          share.of(rows, row);
        }
      }
    }
    for (int row = 0; row < parts.size(); row++) {
      share.of(parts, row);
    }
  }

  /// Numbers of sessions, each once.
  Set<Long> sessions() {
    Set<Long> sessions = new HashSet<>();
    each((rows, row) -> sessions.add(rows.place(row)));
    return sessions;
  }

  /// Sums of a quantity by the number of a session.
  private Map<Long, Long> sums(Quantity quantity) {
    Map<Long, long[]> sums = new LinkedHashMap<>();
    each(
        (rows, row) -> {
          long[] sum = sums.computeIfAbsent(rows.place(row), _ -> new long[1]);
          sum[0] = Math.addExact(sum[0], rows.amount(quantity, row));
        });
    Map<Long, Long> all = new LinkedHashMap<>();
    sums.forEach((session, sum) -> all.put(session, sum[0]));
    return all;
  }

  /// When a session began, whatever is asked about, or when it ended.
  private Map<Long, Long> edges(boolean last) {
    Set<Long> used = sessions();
    Map<Long, Long> edges = new HashMap<>();
    for (SumRows rows : all) {
      for (int row = 0; row < rows.size(); ) {
        long session = rows.place(row);
        long edge = last ? rows.last(row) : rows.first(row);
        for (row++; row < rows.size() && rows.place(row) == session; row++) {
          edge = last ? Math.max(edge, rows.last(row)) : Math.min(edge, rows.first(row));
        }
        if (used.contains(session)) {
          edges.put(session, edge);
        }
      }
    }
    return edges;
  }

  List<SessionSpend> costs() throws SQLException {
    List<SessionSpend> costs = new ArrayList<>();
    for (var sum : sums(Quantity.AUTOMATIC).entrySet()) {
      costs.add(new SessionSpend(names.session(sum.getKey()), new Usd(sum.getValue())));
    }
    return costs;
  }

  private record Pair(long one, long other) {}

  List<SessionPlace> places() throws SQLException {
    Set<Pair> pairs = new LinkedHashSet<>();
    each((rows, row) -> pairs.add(new Pair(rows.place(row), rows.name(Dimension.DEVICE, row))));
    List<SessionPlace> places = new ArrayList<>();
    for (Pair pair : pairs) {
      places.add(new SessionPlace(names.session(pair.one()), names.device(pair.other())));
    }
    return places;
  }

  List<BranchSessions> onBranches() throws SQLException {
    Map<Pair, Set<Long>> sessions = new LinkedHashMap<>();
    each(
        (rows, row) ->
            sessions
                .computeIfAbsent(
                    new Pair(rows.name(Dimension.PROJECT, row), rows.name(Dimension.BRANCH, row)),
                    _ -> new HashSet<>())
                .add(rows.place(row)));
    List<BranchSessions> branches = new ArrayList<>();
    for (var each : sessions.entrySet()) {
      branches.add(
          new BranchSessions(
              names.project(each.getKey().one()),
              names.text(each.getKey().other()),
              each.getValue().size()));
    }
    return branches;
  }

  /// The first ones in the order that is asked for, and one more.
  ///
  /// @param found the numbers of names that have the text which is looked for
  List<Place> ordered(SessionQuery query, BitSet found) {
    Map<Long, Long> values =
        switch (query.order()) {
          case LAST -> edges(true);
          case FIRST -> edges(false);
          case COST -> sums(Quantity.AUTOMATIC);
          case OUTPUT -> sums(Quantity.OUTPUT);
          case RESPONSES -> sums(Quantity.RESPONSES);
        };
    if (query.text() != null) {
      values.keySet().retainAll(named(found));
    }
    Cursor after = query.after();
    Place last = after == null ? null : new Place(names.find(after.session()), after.value());
    int most = query.limit() + 1;
    var first = new PriorityQueue<Place>(Place.ORDER.reversed());
    for (var value : values.entrySet()) {
      var place = new Place(value.getKey(), value.getValue());
      boolean follows = last == null || Place.ORDER.compare(last, place) < 0;
      if (follows && (first.size() < most || Place.ORDER.compare(place, first.peek()) < 0)) {
        first.add(place);
        if (first.size() > most) {
          first.poll();
        }
      }
    }
    return first.stream().sorted(Place.ORDER).toList();
  }

  /// Those whose id, project or branch has one of these names.
  private Set<Long> named(BitSet found) {
    Set<Long> sessions = new HashSet<>();
    for (SumRows rows : all) {
      for (int row = 0; row < rows.size(); row++) {
        if (found.get(rows.name(Dimension.SESSION, row))
            || found.get(rows.name(Dimension.PROJECT, row))
            || found.get(rows.name(Dimension.BRANCH, row))) {
          sessions.add(rows.place(row));
        }
      }
    }
    return sessions;
  }
}
