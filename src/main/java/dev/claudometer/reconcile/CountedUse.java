package dev.claudometer.reconcile;

import static java.time.ZoneOffset.UTC;

import dev.claudometer.report.KnownMachines;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Point;
import dev.claudometer.store.Slice;
import dev.claudometer.store.Step;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.Where;
import dev.claudometer.usage.Totals;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What was counted, as a bill needs it split.
final class CountedUse {

  private static final String FAST = "-fast";
  private static final Set<Dimension> BY = Set.of(Dimension.MODEL, Dimension.DEVICE);

  private final UsageStore store;
  private final KnownMachines.Names names;
  private final Map<String, Boolean> plans = new HashMap<>();

  CountedUse(UsageStore store, KnownMachines.Names names) {
    this.store = store;
    this.names = names;
  }

  /// By UTC day and model.
  Map<CellKey, Counted> cells(TimeRange days) {
    Map<CellKey, Counted> cells = new TreeMap<>(CellKey.ORDER);
    Step day = new Step(Duration.ofDays(1), Duration.ZERO);
    for (Point point : store.series(days, day, Where.ANY, BY)) {
      LocalDate date = LocalDate.ofInstant(point.at(), UTC);
      cells.merge(
          new CellKey(date, plain(point.slice().model())),
          counted(point.slice()),
          CountedUse::plus);
    }
    return cells;
  }

  private Counted counted(Slice slice) {
    if (onPlan(slice)) {
      return new Counted(
          slice.totals(), Totals.ZERO, Totals.ZERO, Set.of(names.device(slice.device())));
    }
    return slice.model().endsWith(FAST)
        ? new Counted(Totals.ZERO, Totals.ZERO, slice.totals(), Set.of())
        : new Counted(Totals.ZERO, slice.totals(), Totals.ZERO, Set.of());
  }

  private static Counted plus(Counted one, Counted other) {
    Set<String> machines = new TreeSet<>(one.machines());
    machines.addAll(other.machines());
    return new Counted(
        one.plan().plus(other.plan()),
        one.usual().plus(other.usual()),
        one.fast().plus(other.fast()),
        machines);
  }

  /// Claude Code tells of a plan's windows where somebody is logged in with a plan, and only there;
  /// who is behind a gateway is told of a spend limit alone.
  private boolean onPlan(Slice slice) {
    return plans.computeIfAbsent(
        slice.device().text(),
        _ ->
            store.limits(slice.device()).stream()
                .anyMatch(reading -> !reading.window().equals("spend_limit")));
  }

  static String plain(String model) {
    return model.endsWith(FAST) ? model.substring(0, model.length() - FAST.length()) : model;
  }

  /// By model, in days of any zone.
  Map<String, Totals> models(TimeRange range) {
    Map<String, Totals> models = new TreeMap<>();
    for (Slice slice : store.sums(range, Set.of(Dimension.MODEL))) {
      models.merge(plain(slice.model()), slice.totals(), Totals::plus);
    }
    return models;
  }

  /// By whose machines they are; empty for nobody's.
  Map<String, Totals> people(TimeRange range) {
    Map<String, Totals> people = new TreeMap<>();
    for (Slice slice : store.sums(range, Set.of(Dimension.DEVICE))) {
      people.merge(names.owner(slice.device()), slice.totals(), Totals::plus);
    }
    return people;
  }
}
