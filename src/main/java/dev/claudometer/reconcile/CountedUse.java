package dev.claudometer.reconcile;

import static java.time.ZoneOffset.UTC;

import dev.claudometer.model.DeviceId;
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
import java.util.HashSet;
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

  CountedUse(UsageStore store, KnownMachines.Names names) {
    this.store = store;
    this.names = names;
  }

  /// What is added up of a day and model.
  private static final class Cell {
    private Totals plan = Totals.ZERO;
    private Totals usual = Totals.ZERO;
    private Totals fast = Totals.ZERO;
    private final Set<String> machines = new TreeSet<>();

    Counted counted() {
      return new Counted(plan, usual, fast, machines);
    }
  }

  /// By UTC day and model.
  Map<CellKey, Counted> cells(TimeRange days) {
    Map<CellKey, Cell> cells = new TreeMap<>(CellKey.ORDER);
    Set<DeviceId> plans = plans();
    Step day = new Step(Duration.ofDays(1), Duration.ZERO);
    for (Point point : store.series(days, day, Where.ANY, BY)) {
      Slice slice = point.slice();
      var key = new CellKey(LocalDate.ofInstant(point.at(), UTC), plain(slice.model()));
      add(slice, plans, cells.computeIfAbsent(key, _ -> new Cell()));
    }
    Map<CellKey, Counted> counted = new TreeMap<>(CellKey.ORDER);
    cells.forEach((key, cell) -> counted.put(key, cell.counted()));
    return counted;
  }

  private void add(Slice slice, Set<DeviceId> plans, Cell cell) {
    if (plans.contains(slice.device())) {
      cell.plan = cell.plan.plus(slice.totals());
      cell.machines.add(names.device(slice.device()));
    } else if (slice.model().endsWith(FAST)) {
      cell.fast = cell.fast.plus(slice.totals());
    } else {
      cell.usual = cell.usual.plus(slice.totals());
    }
  }

  /// The machines on a plan. Claude Code tells of a plan's windows where somebody is logged in with
  /// one, and only there; who is behind a gateway is told of a spend limit alone.
  private Set<DeviceId> plans() {
    Set<DeviceId> plans = new HashSet<>();
    store
        .limits()
        .forEach(
            (device, readings) -> {
              if (readings.stream().anyMatch(each -> !each.window().equals("spend_limit"))) {
                plans.add(device);
              }
            });
    return plans;
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
