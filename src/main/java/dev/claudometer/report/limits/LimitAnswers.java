package dev.claudometer.report.limits;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.LimitStretch;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.report.KnownMachines;
import dev.claudometer.store.UsageQueries;
import dev.claudometer.usage.TrueLimits;
import dev.claudometer.usage.window.Burn;
import dev.claudometer.usage.window.Division;
import dev.claudometer.usage.window.WindowCourse;
import dev.claudometer.usage.window.WindowShape;
import dev.claudometer.usage.window.WindowUse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Answers who filled plan windows.
public final class LimitAnswers {

  /// A window that nobody has told of for longer is of no interest any more.
  private static final Duration OLDEST = Duration.ofDays(8);

  private final UsageQueries store;
  private final KnownMachines fleet;
  private final Supplier<PriceBook> prices;

  public LimitAnswers(UsageQueries store, KnownMachines fleet, Supplier<PriceBook> prices) {
    this.store = store;
    this.fleet = fleet;
    this.prices = prices;
  }

  /// A window of an account, with what is true of it.
  private record Told(PlanAccount account, WindowShape shape, WindowCourse course, String window) {}

  /// Of each account and window that was told of by some devices, the fullest first.
  ///
  /// @param devices all that may be asked about
  /// @param window only this one; null for all
  public List<WindowWhy> why(List<DeviceId> devices, @Nullable String window, Instant now) {
    KnownMachines.Names names = fleet.names();
    Map<String, Map<DeviceId, LimitReading>> windows = new TreeMap<>();
    for (DeviceId device : devices) {
      for (LimitReading reading : store.limits(device)) {
        if (window == null || window.equals(reading.window())) {
          windows.computeIfAbsent(reading.window(), _ -> new TreeMap<>()).put(device, reading);
        }
      }
    }
    Map<List<DeviceId>, List<Told>> told = new TreeMap<>(Comparator.comparing(List::toString));
    windows.forEach(
        (name, readings) -> {
          for (PlanAccount account : PlanAccount.of(readings, devices, names)) {
            Told course = told(account, name, latest(account, readings), now);
            if (course != null) {
              told.computeIfAbsent(account.devices(), _ -> new ArrayList<>()).add(course);
            }
          }
        });
    List<WindowWhy> answers = new ArrayList<>();
    told.values().forEach(of -> answers.addAll(why(of, names, now)));
    answers.sort(
        Comparator.comparing(WindowWhy::over)
            .thenComparing(Comparator.comparingDouble(WindowWhy::utilization).reversed())
            .thenComparing(WindowWhy::account)
            .thenComparing(WindowWhy::window));
    return answers;
  }

  private static Instant latest(PlanAccount account, Map<DeviceId, LimitReading> readings) {
    return account.tellers().stream()
        .map(device -> Objects.requireNonNull(readings.get(device)).at())
        .max(Instant::compareTo)
        .orElseThrow();
  }

  /// @param last when the window was last told of
  private @Nullable Told told(PlanAccount account, String window, Instant last, Instant now) {
    WindowShape shape = WindowShape.of(window);
    if (shape == null || last.plus(OLDEST).isBefore(now)) {
      return null;
    }
    Instant from = last.minus(shape.length().multipliedBy(2));
    List<LimitStretch> all =
        account.tellers().stream()
            .flatMap(device -> store.told(device, window, from).stream())
            .toList();
    WindowCourse course = WindowCourse.of(TrueLimits.of(all), shape.length());
    return course == null
        ? null
        : new Told(account, shape, course.keptFrom(store.standing().horizon()), window);
  }

  /// The windows of one account: its usage is read once.
  private List<WindowWhy> why(List<Told> windows, KnownMachines.Names names, Instant now) {
    Instant from =
        windows.stream().map(told -> told.course().began()).min(Instant::compareTo).orElseThrow();
    Uses uses =
        Uses.of(
            store, windows.getFirst().account().devices(), from, now.plusMillis(1), prices.get());
    return windows.stream().map(told -> why(told, uses, names, now)).toList();
  }

  private static WindowWhy why(Told told, Uses all, KnownMachines.Names names, Instant now) {
    WindowCourse course = told.course();
    Instant resetsAt = course.resetsAt();
    Uses uses = all.in(told.shape(), course.began());
    List<WindowUse> weighed = uses.weighed();
    Division division = Division.of(course, weighed);
    var shares = new Shares(division, uses.events(), names);
    return new WindowWhy(
        told.account().name(),
        told.account().devices().stream().map(names::device).toList(),
        told.window(),
        course.began(),
        resetsAt,
        course.told(),
        resetsAt != null && !resetsAt.isAfter(now),
        course.used(),
        course.turns().stream().map(WindowTurn::of).toList(),
        division.weights().known() ? division.weights() : null,
        shares.by(Holding.SESSION),
        shares.by(Holding.DEVICE),
        shares.by(Holding.PROJECT),
        shares.by(Holding.AGENT),
        shares.by(Holding.PROGRAM),
        division.foreign().stream()
            .map(part -> new ForeignPart(part.from(), part.until(), part.micros() / 1e6))
            .toList(),
        Burn.of(course, division, weighed, now));
  }
}
