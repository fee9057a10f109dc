package dev.claudometer.report;

import dev.claudometer.model.SessionId;
import dev.claudometer.model.Usd;
import dev.claudometer.report.Drivers.Driver;
import dev.claudometer.report.Drivers.Outlier;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.SessionSpend;
import dev.claudometer.store.Slice;
import dev.claudometer.store.UsageQueries;
import dev.claudometer.store.Where;
import dev.claudometer.usage.Totals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Compares two stretches of time, part by part.
final class DriverAnswers {

  private static final int MOST_OF_A_KIND = 10;
  private static final int MOST_SESSIONS = 5;

  /// A session stands out that cost more than so many of the median one.
  private static final int FAR = 10;

  /// What a median says something of.
  private static final int ENOUGH_SESSIONS = 5;

  private static final Comparator<Driver> MOST =
      Comparator.comparingLong((Driver driver) -> Math.abs(driver.change().nanos()))
          .reversed()
          .thenComparing(Driver::kind)
          .thenComparing(Driver::key);

  private final UsageQueries store;
  private final KnownMachines.Names names;
  private final Question question;
  private final Question before;

  DriverAnswers(UsageQueries store, KnownMachines.Names names, Question question, Question before) {
    this.store = store;
    this.names = names;
    this.question = question;
    this.before = before;
  }

  Drivers drivers() {
    SplitUse now = SplitUse.of(store, question);
    SplitUse earlier = SplitUse.of(store, before);
    List<SessionSpend> sessions = store.sessionCosts(question.range(), question.where());
    List<SessionSpend> dearest = mostExpensive(sessions);
    List<Driver> drivers = new ArrayList<>();
    for (Split kind : List.of(Split.PERSON, Split.PROJECT, Split.MODEL)) {
      drivers.addAll(moved(kind, totals(now, kind), totals(earlier, kind)));
    }
    drivers.addAll(
        sessions(dearest.stream().map(each -> each.session().text()).collect(Collectors.toSet())));
    drivers.sort(MOST);
    return new Drivers(
        question.range().from(),
        question.range().to(),
        question.zone(),
        before.range().from(),
        before.range().to(),
        change(now, earlier),
        List.copyOf(drivers),
        outlier(dearest, sessions));
  }

  /// The first few, without an order of all.
  private static List<SessionSpend> mostExpensive(List<SessionSpend> sessions) {
    Comparator<SessionSpend> most = Comparator.comparing(SessionSpend::cost).reversed();
    List<SessionSpend> first = new ArrayList<>();
    for (SessionSpend session : sessions) {
      if (first.size() < MOST_SESSIONS || most.compare(session, first.getLast()) < 0) {
        first.add(session);
        first.sort(most);
        first = new ArrayList<>(first.subList(0, Math.min(MOST_SESSIONS, first.size())));
      }
    }
    return first;
  }

  /// @param ids of the most expensive sessions of the period
  private List<Driver> sessions(Set<String> ids) {
    return ids.isEmpty()
        ? List.of()
        : moved(Split.SESSION, sessions(question, ids), sessions(before, ids));
  }

  private Map<String, Totals> sessions(Question question, Set<String> ids) {
    Where those = question.where().and(Dimension.SESSION, ids);
    return totals(store.sums(question.range(), those, Set.of(Dimension.SESSION)), Split.SESSION);
  }

  private Map<String, Totals> totals(SplitUse use, Split kind) {
    return totals(use.by(kind.dimension()), kind);
  }

  private Map<String, Totals> totals(List<Slice> slices, Split kind) {
    Map<String, Totals> totals = new HashMap<>();
    slices.forEach(slice -> totals.merge(kind.key(slice, names), slice.totals(), Totals::plus));
    return totals;
  }

  /// Those of a kind that cost more or less than before. Devices without an owner are no person.
  private List<Driver> moved(Split kind, Map<String, Totals> now, Map<String, Totals> earlier) {
    Set<String> keys = new TreeSet<>(now.keySet());
    keys.addAll(earlier.keySet());
    return keys.stream()
        .filter(key -> !key.isEmpty())
        .map(
            key ->
                driver(
                    kind,
                    key,
                    now.getOrDefault(key, Totals.ZERO),
                    earlier.getOrDefault(key, Totals.ZERO)))
        .filter(driver -> driver.change().nanos() != 0)
        .sorted(MOST)
        .limit(MOST_OF_A_KIND)
        .toList();
  }

  private Driver driver(Split kind, String key, Totals now, Totals earlier) {
    Usd cost = now.reportedElseCalculated();
    Usd before = earlier.reportedElseCalculated();
    return new Driver(
        kind.name().toLowerCase(Locale.ROOT),
        key,
        kind == Split.SESSION ? sessionName(new SessionId(key)) : kind.name(key, names),
        cost,
        before,
        cost.minus(before),
        earlier.responses() == 0 ? "new" : now.responses() == 0 ? "gone" : "changed");
  }

  private String sessionName(SessionId session) {
    return SessionNames.of(session, store, question, names);
  }

  private static @Nullable Usd change(SplitUse now, SplitUse earlier) {
    Money cost = Money.of(total(now));
    Money before = Money.of(total(earlier));
    return cost.known() == null || before.known() == null
        ? null
        : cost.known().minus(before.known());
  }

  private static Totals total(SplitUse use) {
    return use.by(Dimension.MODEL).stream().map(Slice::totals).reduce(Totals.ZERO, Totals::plus);
  }

  /// @param dearest the most expensive first
  private @Nullable Outlier outlier(List<SessionSpend> dearest, List<SessionSpend> sessions) {
    if (sessions.size() < ENOUGH_SESSIONS) {
      return null;
    }
    Usd most = dearest.getFirst().cost();
    Usd median = median(sessions);
    return median.nanos() <= 0 || most.nanos() / FAR < median.nanos()
        ? null
        : new Outlier(
            dearest.getFirst().session(),
            sessionName(dearest.getFirst().session()),
            most,
            median,
            sessions.size());
  }

  /// Of an even number the smaller one in the middle.
  private static Usd median(List<SessionSpend> sessions) {
    long[] costs =
        sessions.stream().mapToLong(session -> session.cost().nanos()).sorted().toArray();
    return new Usd(costs[(costs.length - 1) / 2]);
  }
}
