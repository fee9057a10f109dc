package dev.claudometer.reconcile;

import dev.claudometer.model.DeviceId;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Slice;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.Where;
import dev.claudometer.store.meter.MeterQueries;
import dev.claudometer.usage.Totals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What was counted, as a bill needs it split.
public final class CountedUse {

  static final String FAST = "-fast";

  private final UsageStore store;

  CountedUse(UsageStore store) {
    this.store = store;
  }

  /// Of whole UTC days.
  CountedDays days(TimeRange days) {
    var counted = new CountedDays(plans(store));
    store.days(days, counted::add);
    return counted;
  }

  /// The machines on a plan. Claude Code tells of a plan's windows where somebody is logged in with
  /// one, and only there; who is behind a gateway is told of a spend limit alone.
  public static Set<DeviceId> plans(MeterQueries store) {
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

  /// The model alone, however fast it was.
  public static String plain(String model) {
    return model.endsWith(FAST) ? model.substring(0, model.length() - FAST.length()) : model;
  }

  /// Hours that are in the UTC days of a period and not in those of its zone, or the other way
  /// round: some at each end.
  List<OtherHours> otherHours(Period period) {
    List<OtherHours> hours = new ArrayList<>();
    between(period.billed().from(), period.counted().from(), hours);
    between(period.counted().to(), period.billed().to(), hours);
    return hours;
  }

  private void between(Instant from, Instant to, List<OtherHours> hours) {
    if (!from.equals(to)) {
      boolean billed = from.isBefore(to);
      var range = billed ? new TimeRange(from, to) : new TimeRange(to, from);
      List<List<Slice>> slices =
          store.sums(range, Where.ANY, List.of(Set.of(Dimension.MODEL), Set.of(Dimension.DEVICE)));
      hours.add(new OtherHours(range, billed, slices.getFirst(), slices.getLast()));
    }
  }

  /// Hours of one UTC day.
  ///
  /// @param billed whether they are in the UTC days of a period only; else in those of its zone
  ///   only
  /// @param models what was counted in them by model, and by machine
  record OtherHours(TimeRange range, boolean billed, List<Slice> models, List<Slice> devices) {

    /// As it has to be added to the days of the zone, to come to those of UTC.
    Totals signed(Slice slice) {
      return billed ? slice.totals() : Totals.ZERO.minus(slice.totals());
    }
  }
}
