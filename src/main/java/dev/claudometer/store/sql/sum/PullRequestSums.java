package dev.claudometer.store.sql.sum;

import dev.claudometer.store.TimeRange;
import dev.claudometer.store.Where;
import dev.claudometer.store.WorkQueries.PullRequest;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.engine.SqlSession;
import dev.claudometer.usage.Quantity;
import dev.claudometer.usage.Totals;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What pull requests cost: their links are read once, and what the sessions used is in memory.
final class PullRequestSums {

  private static final String LINKS =
      "SELECT name, session, project, at FROM activity WHERE kind = ?";

  private static final Comparator<Linked> LATEST =
      Comparator.comparingLong((Linked linked) -> linked.at).reversed();

  private final NameTable names;
  private final List<SumRows> sessions;
  private final Map<Long, Linked> linked = new HashMap<>();

  private PullRequestSums(NameTable names, List<SumRows> sessions) {
    this.names = names;
    this.sessions = sessions;
  }

  /// A link, as an activity tells it.
  private record Link(long name, long session, long project, long at) {}

  /// A pull request.
  private static final class Linked {

    private final long name;
    private final Set<Long> sessions = new HashSet<>();
    private final Set<Long> used = new HashSet<>();
    private final long[] sum = new long[Quantity.ALL.size()];
    private long project = Long.MAX_VALUE;
    private long at = Long.MAX_VALUE;

    Linked(long name) {
      this.name = name;
    }

    void add(long session, SumRows rows, int row) {
      used.add(session);
      for (Quantity quantity : Quantity.ALL) {
        int place = quantity.place();
        sum[place] = Math.addExact(sum[place], rows.amount(quantity, row));
      }
    }
  }

  /// The latest first; null where there are too many sessions to remember.
  ///
  /// @param session in a snapshot
  /// @param kind the number of what a link is
  static @Nullable List<PullRequest> of(
      SqlSession session,
      KeptSums kept,
      NameTable names,
      long kind,
      TimeRange range,
      Where where,
      int most)
      throws SQLException {
    List<SumRows> sessions = kept.rows(session, KeptTable.SESSIONS, 0, Integer.MAX_VALUE);
    if (sessions == null) {
      return null;
    }
    var links = new PullRequestSums(names, sessions);
    List<Link> all =
        session.query(
            LINKS,
            row -> new Link(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)),
            kind);
    links.find(all, range, where);
    links.addUp(all);
    return links.latest(most);
  }

  /// Those that were linked within a range, by sessions that are asked about.
  private void find(List<Link> all, TimeRange range, Where where) {
    long from = range.from().toEpochMilli();
    long to = range.to().toEpochMilli();
    Set<Long> asked = asked(where);
    for (Link link : all) {
      boolean meant = where.isAny() || asked.contains(link.session());
      if (meant && link.at() >= from && link.at() < to) {
        Linked one = linked.computeIfAbsent(link.name(), Linked::new);
        one.project = Math.min(one.project, link.project());
        one.at = Math.min(one.at, link.at());
      }
    }
  }

  private Set<Long> asked(Where where) {
    Set<Long> asked = new HashSet<>();
    RowCondition allowed = RowCondition.of(where, names);
    for (SumRows rows : sessions) {
      for (int row = 0; row < rows.size() && !allowed.any(); row++) {
        if (allowed.fits(rows, row)) {
          asked.add(rows.place(row));
        }
      }
    }
    return asked;
  }

  /// All that the sessions used that ever linked one of them.
  private void addUp(List<Link> all) {
    Map<Long, List<Linked>> of = new HashMap<>();
    for (Link link : all) {
      Linked one = linked.get(link.name());
      if (one != null && one.sessions.add(link.session())) {
        of.computeIfAbsent(link.session(), _ -> new ArrayList<>()).add(one);
      }
    }
    for (SumRows rows : sessions) {
      for (int row = 0; row < rows.size(); row++) {
        long session = rows.place(row);
        for (Linked one : of.getOrDefault(session, List.of())) {
          one.add(session, rows, row);
        }
      }
    }
  }

  private List<PullRequest> latest(int most) throws SQLException {
    List<PullRequest> latest = new ArrayList<>();
    for (Linked one :
        linked.values().stream()
            .sorted(LATEST.thenComparingLong(each -> each.name))
            .limit(most)
            .toList()) {
      latest.add(
          new PullRequest(
              names.text(one.name),
              names.project(one.project),
              Instant.ofEpochMilli(one.at),
              one.used.size(),
              Totals.of(one.sum)));
    }
    return latest;
  }
}
