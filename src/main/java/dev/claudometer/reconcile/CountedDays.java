package dev.claudometer.reconcile;

import dev.claudometer.model.DeviceId;
import dev.claudometer.report.KnownMachines;
import dev.claudometer.usage.RunningTotals;
import dev.claudometer.usage.Totals;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Adds up what was counted by UTC day and model, machines with a plan apart. A year of a thousand
/// machines has some ten thousand rows: nothing is made for each.
final class CountedDays {

  private final Set<DeviceId> plans;
  private final Map<Long, Map<String, Cell>> days = new HashMap<>();
  private final Map<DeviceId, RunningTotals> devices = new HashMap<>();

  /// @param plans the machines that use a plan
  CountedDays(Set<DeviceId> plans) {
    this.plans = plans;
  }

  /// What is added up of a day and model.
  private static final class Cell {

    private final RunningTotals plan = new RunningTotals();
    private final RunningTotals usual = new RunningTotals();
    private final RunningTotals fast = new RunningTotals();
    private final Set<DeviceId> machines = new HashSet<>();

    Counted counted(KnownMachines.Names names) {
      return new Counted(
          plan.totals(), usual.totals(), fast.totals(), new Tally.Machines(machines, names));
    }
  }

  /// @param day since the epoch
  /// @param amounts of all quantities, in their order
  void add(long day, String model, DeviceId device, long[] amounts) {
    Cell cell =
        days.computeIfAbsent(day, _ -> new HashMap<>())
            .computeIfAbsent(CountedUse.plain(model), _ -> new Cell());
    devices.computeIfAbsent(device, _ -> new RunningTotals()).add(amounts);
    if (plans.contains(device)) {
      cell.plan.add(amounts);
      cell.machines.add(device);
    } else if (model.endsWith(CountedUse.FAST)) {
      cell.fast.add(amounts);
    } else {
      cell.usual.add(amounts);
    }
  }

  /// By UTC day and model.
  Map<CellKey, Counted> cells(KnownMachines.Names names) {
    Map<CellKey, Counted> counted = new HashMap<>();
    days.forEach(
        (day, models) -> {
          LocalDate date = LocalDate.ofEpochDay(day);
          models.forEach(
              (model, cell) -> counted.put(new CellKey(date, model), cell.counted(names)));
        });
    return counted;
  }

  /// By machine.
  Map<DeviceId, Totals> devices() {
    Map<DeviceId, Totals> totals = new HashMap<>();
    devices.forEach((device, sum) -> totals.put(device, sum.totals()));
    return totals;
  }
}
