package dev.claudometer.server.api.usage;

import static java.time.ZoneOffset.UTC;

import dev.claudometer.model.Usd;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.pricing.Rates;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Route;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Point;
import dev.claudometer.store.Slice;
import dev.claudometer.store.Step;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.usage.Totals;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What was used and what it cost, over time and by whatever it can be split by.
public final class UsageApi {

  private static final int TOP = 10;

  private final UsageStore store;
  private final Supplier<PriceBook> prices;
  private final Fleet fleet;

  public UsageApi(UsageStore store, Supplier<PriceBook> prices, Fleet fleet) {
    this.store = store;
    this.prices = prices;
    this.fleet = fleet;
  }

  /// What sums can be split by; a user is who owns the device.
  public enum Split {
    DEVICE(Dimension.DEVICE),
    PROJECT(Dimension.PROJECT),
    MODEL(Dimension.MODEL),
    BRANCH(Dimension.BRANCH),
    SESSION(Dimension.SESSION),
    USER(Dimension.DEVICE);

    private final Dimension dimension;

    Split(Dimension dimension) {
      this.dimension = dimension;
    }

    String key(Slice slice, Fleet.Names names) {
      return switch (this) {
        case DEVICE -> slice.device();
        case PROJECT -> slice.project();
        case MODEL -> slice.model();
        case BRANCH -> slice.branch();
        case SESSION -> slice.session();
        case USER -> names.owner(slice.device());
      };
    }
  }

  /// One part of a whole.
  ///
  /// @param key device id, project directory, model, branch, session or user name
  /// @param name the key as people know it
  public record Share(String key, String name, Sums totals) {}

  public record Overview(
      Instant from,
      Instant to,
      String timeZone,
      Sums totals,
      Sums previous,
      long sessions,
      long previousSessions,
      int devices,
      long activeDevices,
      long usedDevices,
      long previousUsedDevices,
      Usd cacheSavings,
      Usd previousCacheSavings,
      List<Share> topProjects,
      List<Share> topModels,
      List<Share> topDevices) {}

  /// What was used in one step.
  ///
  /// @param at when the step begins; a day begins at midnight of the zone
  public record SeriesPoint(Instant at, String key, String name, Sums totals) {}

  public record Series(
      Instant from, Instant to, String timeZone, String step, List<SeriesPoint> points) {}

  public record Shares(Instant from, Instant to, String timeZone, List<Share> shares) {}

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/overview",
            Access.VIEWER,
            "Totals of a period beside those of the period before",
            this::overview),
        Route.get(
            "/api/v1/timeseries",
            Access.VIEWER,
            "Totals by hour, day, week or month, split by device, project, model, branch or user",
            this::series),
        Route.get(
            "/api/v1/usage",
            Access.VIEWER,
            "Totals of a period, split by device, project, model, branch, session or user",
            this::shares));
  }

  public Overview overview(Call call) {
    Period period = Period.of(call, fleet.zone());
    Period before = period.previous();
    Fleet.Names names = fleet.names();
    List<Slice> slices =
        store.sums(period.range(), Set.of(Dimension.PROJECT, Dimension.MODEL, Dimension.DEVICE));
    List<Slice> slicesBefore =
        store.sums(before.range(), Set.of(Dimension.MODEL, Dimension.DEVICE));
    return new Overview(
        period.range().from(),
        period.range().to(),
        period.zone().getId(),
        Sums.of(total(slices)),
        Sums.of(total(slicesBefore)),
        store.sessionCount(period.range()),
        store.sessionCount(before.range()),
        names.devices().size(),
        names.devices().values().stream()
            .filter(device -> Fleet.online(device, call.now()))
            .count(),
        used(slices),
        used(slicesBefore),
        savings(slices, period.range().to()),
        savings(slicesBefore, before.range().to()),
        top(slices, Split.PROJECT, names),
        top(slices, Split.MODEL, names),
        top(slices, Split.DEVICE, names));
  }

  private static Totals total(List<Slice> slices) {
    return slices.stream().map(Slice::totals).reduce(Totals.ZERO, Totals::plus);
  }

  private static long used(List<Slice> slices) {
    return slices.stream().map(Slice::device).distinct().count();
  }

  private static List<Share> top(List<Slice> slices, Split split, Fleet.Names names) {
    return shares(slices, split, names).stream().limit(TOP).toList();
  }

  private static List<Share> shares(List<Slice> slices, Split split, Fleet.Names names) {
    Map<String, Totals> sums =
        slices.stream()
            .collect(
                Collectors.toMap(
                    slice -> split.key(slice, names), Slice::totals, Totals::plus, TreeMap::new));
    return sums.entrySet().stream()
        .map(
            sum ->
                new Share(sum.getKey(), name(split, sum.getKey(), names), Sums.of(sum.getValue())))
        .sorted(Comparator.comparing((Share share) -> share.totals().cost()).reversed())
        .toList();
  }

  private static String name(Split split, String key, Fleet.Names names) {
    return switch (split) {
      case DEVICE -> names.device(key);
      case PROJECT -> names.project(key);
      default -> key;
    };
  }

  /// What reading from the cache saved against sending the same tokens anew, at the list prices of
  /// the period's end. Models without a price are not in it.
  private Usd savings(List<Slice> slices, Instant at) {
    Map<String, Long> reads =
        slices.stream()
            .collect(
                Collectors.groupingBy(
                    Slice::model,
                    Collectors.summingLong(slice -> slice.totals().tokens().cacheRead())));
    BigDecimal picodollars = BigDecimal.ZERO;
    for (var read : reads.entrySet()) {
      Rates rates =
          prices.get().row(read.getKey()).map(row -> row.at(at).standard().rates()).orElse(null);
      if (rates != null && rates.input() >= 0 && rates.cacheRead() >= 0) {
        picodollars =
            picodollars.add(
                BigDecimal.valueOf(read.getValue())
                    .multiply(BigDecimal.valueOf(rates.input() - rates.cacheRead())));
      }
    }
    return Usd.of(picodollars.movePointLeft(12));
  }

  private Shares shares(Call call) {
    return shares(call, call.choice("by", Split.class, Split.MODEL));
  }

  /// What each part of a split used in the period that the caller asks about.
  public Shares shares(Call call, Split split) {
    Period period = Period.of(call, fleet.zone());
    List<Slice> slices = store.sums(period.range(), Set.of(split.dimension));
    return new Shares(
        period.range().from(),
        period.range().to(),
        period.zone().getId(),
        shares(slices, split, fleet.names()));
  }

  private enum StepName {
    HOUR,
    DAY,
    WEEK,
    MONTH
  }

  private record Cell(Instant at, String key) {}

  /// By UTC day and model, as bills are.
  public Series days(Call call) {
    return series(Period.of(call, UTC), StepName.DAY, Split.MODEL);
  }

  public Series series(Call call) {
    Split split = call.choice("by", Split.class, Split.MODEL);
    if (split == Split.SESSION) {
      throw Problem.of(422, "'by' has to be device, project, model, branch or user here");
    }
    return series(
        Period.of(call, fleet.zone()), call.choice("step", StepName.class, StepName.DAY), split);
  }

  private Series series(Period period, StepName step, Split split) {
    Fleet.Names names = fleet.names();
    Map<Cell, Totals> cells =
        new TreeMap<>(Comparator.comparing(Cell::at).thenComparing(Cell::key));
    for (Period.Stretch stretch : period.stretches()) {
      Step cut = step == StepName.HOUR ? stretch.hours() : stretch.days();
      for (Point point : points(stretch.range(), cut, split)) {
        Instant at = begin(point.at(), step, period);
        cells.merge(
            new Cell(at, split.key(point.slice(), names)), point.slice().totals(), Totals::plus);
      }
    }
    List<SeriesPoint> points = new ArrayList<>();
    cells.forEach(
        (cell, totals) ->
            points.add(
                new SeriesPoint(
                    cell.at(), cell.key(), name(split, cell.key(), names), Sums.of(totals))));
    return new Series(
        period.range().from(),
        period.range().to(),
        period.zone().getId(),
        step.name().toLowerCase(Locale.ROOT),
        points);
  }

  private List<Point> points(TimeRange range, Step step, Split split) {
    return store.series(range, step, Set.of(split.dimension));
  }

  private static Instant begin(Instant at, StepName step, Period period) {
    if (step == StepName.HOUR) {
      return at;
    }
    LocalDate day = LocalDate.ofInstant(at, period.zone());
    LocalDate first =
        switch (step) {
          case HOUR, DAY -> day;
          case WEEK -> day.minusDays(day.getDayOfWeek().getValue() - 1L);
          case MONTH -> day.withDayOfMonth(1);
        };
    return first.atStartOfDay(period.zone()).toInstant();
  }
}
