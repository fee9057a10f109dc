package dev.claudometer.report.limits;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.LimitReading;
import dev.claudometer.report.KnownMachines;
import dev.claudometer.usage.TrueLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Devices that use one plan. Nobody tells whose a plan is, so devices are of one account where one
/// person owns them and their windows end at the same time.
///
/// @param name the owner; the device's name where it has none
/// @param devices whose usage counts
/// @param tellers those of them that told of the window
record PlanAccount(String name, List<DeviceId> devices, List<DeviceId> tellers) {

  /// The accounts that a window was told of.
  ///
  /// @param readings the last of it by device
  /// @param known all devices that may be asked about
  static List<PlanAccount> of(
      Map<DeviceId, LimitReading> readings, List<DeviceId> known, KnownMachines.Names names) {
    Map<String, List<DeviceId>> byOwner = new TreeMap<>();
    List<PlanAccount> accounts = new ArrayList<>();
    for (DeviceId device : readings.keySet()) {
      String owner = names.owner(device);
      if (owner.isEmpty()) {
        accounts.add(new PlanAccount(names.device(device), List.of(device), List.of(device)));
      } else {
        byOwner.computeIfAbsent(owner, _ -> new ArrayList<>()).add(device);
      }
    }
    byOwner.forEach(
        (owner, tellers) -> {
          List<DeviceId> all =
              known.stream().filter(device -> names.owner(device).equals(owner)).toList();
          accounts.addAll(of(owner, tellers, all, readings));
        });
    return accounts;
  }

  private static List<PlanAccount> of(
      String owner,
      List<DeviceId> tellers,
      List<DeviceId> all,
      Map<DeviceId, LimitReading> readings) {
    List<List<DeviceId>> plans = new ArrayList<>();
    for (DeviceId device : tellers) {
      plans.stream()
          .filter(plan -> same(readings.get(plan.getFirst()), readings.get(device)))
          .findFirst()
          .ifPresentOrElse(
              plan -> plan.add(device), () -> plans.add(new ArrayList<>(List.of(device))));
    }
    return plans.size() == 1
        ? List.of(new PlanAccount(owner, all, tellers))
        : plans.stream().map(plan -> new PlanAccount(owner, plan, plan)).toList();
  }

  /// Two windows that do not overlap may be of one plan: one device told of it later.
  private static boolean same(@Nullable LimitReading one, @Nullable LimitReading other) {
    Instant first = one == null ? null : one.resetsAt();
    Instant second = other == null ? null : other.resetsAt();
    if (first == null || second == null) {
      return true;
    }
    boolean near = Duration.between(first, second).abs().compareTo(TrueLimits.JITTER) <= 0;
    return near || apart(one, second) || apart(other, first);
  }

  /// Whether a reading is later than another window's end.
  private static boolean apart(@Nullable LimitReading reading, Instant end) {
    return reading != null && !reading.at().isBefore(end);
  }
}
