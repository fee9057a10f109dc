package dev.claudometer.report;

import dev.claudometer.model.Usd;
import dev.claudometer.report.Interval.Cut;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Point;
import dev.claudometer.store.Slice;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageQueries;
import dev.claudometer.store.registry.Device;
import dev.claudometer.usage.Totals;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What was used and what it cost, over time and by whatever it can be split by.
public final class UsageAnswers {

  private static final int HOURS = 24;
  private static final int DAYS = 7;

  private final UsageQueries store;
  private final KnownMachines fleet;

  public UsageAnswers(UsageQueries store, KnownMachines fleet) {
    this.store = store;
    this.fleet = fleet;
  }

  /// What each part of a split used.
  public record Shares(Instant from, Instant to, ZoneId timeZone, List<Share> shares) {}

  /// An hour of the week, in all weeks of a period together.
  public record Hour(DayOfWeek day, int hour, Totals totals) {}

  public Overview overview(Question question, Instant now) {
    Question before = question.previous(now, store.standing().horizon());
    KnownMachines.Names names = fleet.names();
    SplitUse use = use(question);
    List<Slice> slices = use.by(Dimension.DEVICE);
    List<Slice> slicesBefore = use(before).by(Dimension.DEVICE);
    return new Overview(
        question.range().from(),
        question.range().to(),
        question.zone(),
        before.range().from(),
        before.range().to(),
        total(slices),
        total(slicesBefore),
        store.sessionCount(question.range(), question.where()),
        store.sessionCount(before.range(), before.where()),
        (int) machines(question, names).count(),
        machines(question, names).filter(device -> KnownMachines.online(device, now)).count(),
        used(slices),
        used(slicesBefore),
        total(slices).saved(),
        total(slicesBefore).saved(),
        Share.of(use.by(Dimension.PROJECT), Split.PROJECT, names),
        Share.of(use.by(Dimension.MODEL), Split.MODEL, names),
        Share.of(slices, Split.DEVICE, names));
  }

  /// The machines that are asked about.
  private static Stream<Device> machines(Question question, KnownMachines.Names names) {
    Set<String> asked = question.where().allowed().get(Dimension.DEVICE);
    return names.devices().values().stream()
        .filter(device -> asked == null || asked.contains(device.id().text()));
  }

  private SplitUse use(Question question) {
    return SplitUse.of(store, question);
  }

  private static Totals total(List<Slice> slices) {
    return slices.stream().map(Slice::totals).reduce(Totals.ZERO, Totals::plus);
  }

  private static long used(List<Slice> slices) {
    return slices.stream().map(Slice::device).distinct().count();
  }

  /// The most expensive first.
  public Shares shares(Question question) {
    return new Shares(
        question.range().from(),
        question.range().to(),
        question.zone(),
        Share.of(slices(question), question.by(), fleet.names()));
  }

  private List<Slice> slices(Question question) {
    Dimension by = question.by().dimension();
    return by == Dimension.SESSION
        ? store.sums(question.range(), question.where(), Set.of(by))
        : use(question).by(by);
  }

  private record Cell(Instant at, String key) {

    static final Comparator<Cell> ORDER = Comparator.comparing(Cell::at).thenComparing(Cell::key);
  }

  public TimeSeries series(Question question, Interval step) {
    KnownMachines.Names names = fleet.names();
    Map<Cell, Totals> cells = new TreeMap<>(Cell.ORDER);
    for (Point point : points(question, step, Set.of(question.by().dimension()))) {
      Instant at = step.begin(point.at(), question.zone(), question.weekStart());
      var cell = new Cell(at, question.by().key(point.slice(), names));
      cells.merge(cell, point.slice().totals(), Totals::plus);
    }
    return new TimeSeries(
        question.range().from(),
        question.range().to(),
        question.zone(),
        step,
        question.weekStart(),
        cells.entrySet().stream()
            .map(
                cell ->
                    new TimeSeries.Point(
                        cell.getKey().at(),
                        cell.getKey().key(),
                        question.by().name(cell.getKey().key(), names),
                        cell.getValue()))
            .toList());
  }

  /// What each person used, beside the same stretch of the period before.
  public PeopleUse people(Question question, Instant now) {
    return new PeopleAnswers(store, fleet.names())
        .people(
            question,
            question.previous(now, store.standing().horizon()),
            series(question.split(Split.PERSON), Interval.DAY));
  }

  /// What moved the cost against the same stretch of the period before.
  public Drivers drivers(Question question, Instant now) {
    Question before = question.previous(now, store.standing().horizon());
    return new DriverAnswers(store, fleet.names(), question, before).drivers();
  }

  /// What the month that runs will have cost, whatever period is asked about.
  public Forecast forecast(Question question, Instant now) {
    ZoneId zone = question.zone();
    LocalDate today = LocalDate.ofInstant(now, zone);
    Question days =
        question.in(
            new TimeRange(
                Question.floor(ForecastAnswers.first(today).atStartOfDay(zone).toInstant()),
                Question.ceiling(today.plusDays(1).atStartOfDay(zone).toInstant())));
    Map<LocalDate, Usd> costs = new HashMap<>();
    costs(days, Interval.DAY).forEach((at, cost) -> costs.put(LocalDate.ofInstant(at, zone), cost));
    return new ForecastAnswers(today, costs).forecast(zone);
  }

  /// How cost adds up, beside the whole period before.
  public RunningCost running(Question question, Interval step, Instant now) {
    Question before =
        question.previous(now, store.standing().horizon()).upTo(question.range().from());
    List<Usd> earlier = added(before, step, before.range().to());
    List<Usd> sums = added(question, step, now);
    List<RunningCost.Step> steps = new ArrayList<>();
    Instant at = step.begin(question.range().from(), question.zone(), question.weekStart());
    boolean within = true;
    for (int i = 0; within || i < earlier.size(); i++) {
      steps.add(
          new RunningCost.Step(
              at,
              i < sums.size() ? sums.get(i) : null,
              i < earlier.size() ? earlier.get(i) : null));
      at = step.next(at, question.zone());
      within = at.isBefore(question.range().to());
    }
    return new RunningCost(
        question.range().from(),
        question.range().to(),
        question.zone(),
        before.range().from(),
        before.range().to(),
        step,
        steps);
  }

  /// Cost by the begin of a step.
  private Map<Instant, Usd> costs(Question question, Interval step) {
    Map<Instant, Usd> costs = new HashMap<>();
    for (Cut cut : step.cuts(question)) {
      store
          .costs(cut.range(), cut.step(), question.where())
          .forEach(
              (at, cost) ->
                  costs.merge(
                      step.begin(at, question.zone(), question.weekStart()), cost, Usd::plus));
    }
    return costs;
  }

  /// What has added up at the end of each step that has begun.
  private List<Usd> added(Question question, Interval step, Instant now) {
    Map<Instant, Usd> costs = costs(question, step);
    Instant end = question.range().to().isBefore(now) ? question.range().to() : now;
    List<Usd> sums = new ArrayList<>();
    Usd sum = Usd.ZERO;
    Instant at = step.begin(question.range().from(), question.zone(), question.weekStart());
    while (at.isBefore(end)) {
      sum = sum.plus(costs.getOrDefault(at, Usd.ZERO));
      sums.add(sum);
      at = step.next(at, question.zone());
    }
    return sums;
  }

  private List<Point> points(Question question, Interval step, Set<Dimension> by) {
    List<Point> points = new ArrayList<>();
    for (Cut cut : step.cuts(question)) {
      points.addAll(store.series(cut.range(), cut.step(), question.where(), by));
    }
    return points;
  }

  /// All hours of the week, from the first one of its first day; also those without usage.
  ///
  /// @return 168 hours
  public List<Hour> week(Question question) {
    Map<Integer, Totals> sums = new TreeMap<>();
    for (Point point : points(question, Interval.HOUR, Set.of())) {
      sums.merge(place(point, question), point.slice().totals(), Totals::plus);
    }
    List<Hour> week = new ArrayList<>();
    for (int i = 0; i < DAYS * HOURS; i++) {
      week.add(
          new Hour(
              question.weekStart().plus(i / HOURS), i % HOURS, sums.getOrDefault(i, Totals.ZERO)));
    }
    return week;
  }

  /// What teams used: of nobody alone.
  public TeamSums teams(Question question) {
    return new TeamAnswers(store, fleet.names()).teams(question);
  }

  /// What one of these hours was made of.
  public HourOfWeek hour(Question question, DayOfWeek day, int hour) {
    return new HourAnswers(store, fleet.names(), question).hour(day, hour);
  }

  private static int place(Point point, Question question) {
    ZonedDateTime at = point.at().atZone(question.zone());
    int day = at.getDayOfWeek().getValue() - question.weekStart().getValue();
    return Math.floorMod(day, DAYS) * HOURS + at.getHour();
  }
}
