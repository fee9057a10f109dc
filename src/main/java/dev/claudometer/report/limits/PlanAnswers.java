package dev.claudometer.report.limits;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.LimitReading;
import dev.claudometer.report.KnownMachines;
import dev.claudometer.report.limits.PlanFit.OtherPlan;
import dev.claudometer.store.UsageQueries;
import dev.claudometer.usage.TrueLimits;
import dev.claudometer.usage.window.PastWindow;
import dev.claudometer.usage.window.WindowShape;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Answers whether plans are large enough.
public final class PlanAnswers {

  private static final Duration WEEK = Duration.ofDays(7);
  private static final String FIVE_HOUR = "five_hour";

  private final UsageQueries store;
  private final KnownMachines fleet;

  public PlanAnswers(UsageQueries store, KnownMachines fleet) {
    this.store = store;
    this.fleet = fleet;
  }

  /// Of each account and window that some devices told of.
  ///
  /// @param plan the one that they have; null where nobody says
  public List<PlanFit> fits(List<DeviceId> devices, @Nullable Plan plan, int weeks, Instant now) {
    KnownMachines.Names names = fleet.names();
    Map<String, Map<DeviceId, LimitReading>> windows = new TreeMap<>();
    for (DeviceId device : devices) {
      for (LimitReading reading : store.limits(device)) {
        windows.computeIfAbsent(reading.window(), _ -> new TreeMap<>()).put(device, reading);
      }
    }
    List<PlanFit> fits = new ArrayList<>();
    windows.forEach(
        (window, readings) -> {
          WindowShape shape = WindowShape.of(window);
          if (shape != null) {
            PlanAccount.of(readings, devices, names)
                .forEach(account -> fits.add(fit(account, window, shape, plan, weeks, now)));
          }
        });
    return fits;
  }

  private PlanFit fit(
      PlanAccount account,
      String window,
      WindowShape shape,
      @Nullable Plan plan,
      int weeks,
      Instant now) {
    Instant from = now.minus(WEEK.multipliedBy(weeks));
    List<PastWindow> past =
        PastWindow.of(
                TrueLimits.of(
                    account.tellers().stream()
                        .flatMap(device -> store.told(device, window, from).stream())
                        .toList()),
                shape.length(),
                now)
            .stream()
            .filter(ended -> !ended.ended().isBefore(from))
            .toList();
    return new PlanFit(
        account.name(),
        window,
        weeks,
        past.size(),
        (int) past.stream().filter(ended -> ended.most() >= 1).count(),
        past.stream().mapToLong(ended -> ended.blocked().toSeconds()).sum(),
        past.stream().mapToDouble(PastWindow::most).max().orElse(0),
        others(window, past, plan));
  }

  private static List<OtherPlan> others(String window, List<PastWindow> past, @Nullable Plan plan) {
    List<OtherPlan> others = new ArrayList<>();
    for (Plan other : Plan.values()) {
      if (other != plan) {
        others.add(other(window, past, plan, other));
      }
    }
    return others;
  }

  private static OtherPlan other(
      String window, List<PastWindow> past, @Nullable Plan plan, Plan other) {
    String name = other.name().toLowerCase(Locale.ROOT);
    if (!window.equals(FIVE_HOUR)) {
      return new OtherPlan(name, null, 0, "Anthropic does not publish how large a week is.");
    }
    Double size = other.fiveHours();
    if (size == null) {
      return new OtherPlan(name, 0, 0, other.title() + " has no five-hour window.");
    }
    Double own = plan == null ? null : plan.fiveHours();
    if (own == null) {
      return new OtherPlan(
          name,
          null,
          0,
          plan == null
              ? "Which plan this is, nobody tells: name it."
              : plan.title() + " has no five-hour window to compare with.");
    }
    double times = size / own;
    int full = (int) past.stream().filter(ended -> ended.within(times) >= 1).count();
    int guessed = (int) past.stream().filter(ended -> ended.most() >= 1).count();
    return new OtherPlan(
        name,
        full,
        guessed,
        "Its five-hour window is "
            + (times >= 1
                ? factor(times) + " times as large"
                : "1/" + factor(1 / times) + " as large")
            + "; a full one would have gone on as it had.");
  }

  private static String factor(double times) {
    return String.valueOf(Math.round(times));
  }
}
