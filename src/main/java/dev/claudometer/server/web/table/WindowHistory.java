package dev.claudometer.server.web.table;

import dev.claudometer.model.LimitReading;
import dev.claudometer.model.LimitStretch;
import dev.claudometer.report.Interval;
import dev.claudometer.server.web.table.LinePlot.Line;
import dev.claudometer.server.web.table.LinePlot.Mark;
import dev.claudometer.server.web.table.Table.Column;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How full a plan window was on some machines, from 0 to 100 %: as steps, and hour by hour as the
/// highest value that was read, or that is known to have held then.
///
/// @param span how far back
public record WindowHistory(Figures figures, Instant now, Duration span) {

  private static final double PERCENT = 100;
  private static final int COLUMNS = 48;
  private static final int DATES = 6;

  /// A machine's window, and what was true of it, by time.
  public record Course(String name, List<LimitStretch> truths) {}

  /// A window's level from one instant to another.
  private record Stay(Instant from, Instant to, double level, boolean reset) {}

  private Instant first() {
    return now.minus(span).truncatedTo(ChronoUnit.HOURS);
  }

  public Table table(String window, List<Course> courses) {
    List<Map<Instant, Double>> columns =
        courses.stream().map(course -> hours(course.truths())).toList();
    List<List<Cell>> rows = new ArrayList<>();
    if (columns.stream().anyMatch(column -> !column.isEmpty())) {
      for (Instant at = first(); at.isBefore(now); at = at.plus(1, ChronoUnit.HOURS)) {
        rows.add(row(at, columns));
      }
    }
    List<Column> heads = new ArrayList<>();
    heads.add(Column.time("at", "Hour"));
    for (int i = 0; i < courses.size(); i++) {
      String name = courses.get(i).name();
      heads.add(Column.number(name, Escaped.name(name)));
    }
    return Table.of(
        "history",
        WindowName.words(window) + " over time",
        heads,
        rows,
        "No reading in this time: choose a longer one.");
  }

  private Map<Instant, Double> hours(List<LimitStretch> truths) {
    Map<Instant, Double> hours = new TreeMap<>();
    for (LimitStretch truth : truths) {
      Instant hour = truth.reading().at().truncatedTo(ChronoUnit.HOURS);
      for (; !hour.isAfter(truth.last()); hour = hour.plus(1, ChronoUnit.HOURS)) {
        if (!hour.isBefore(first())) {
          hours.merge(hour, truth.reading().utilization() * PERCENT, Math::max);
        }
      }
    }
    return hours;
  }

  private List<Cell> row(Instant at, List<Map<Instant, Double>> columns) {
    List<Cell> row = new ArrayList<>();
    row.add(new Cell(figures.time(at), at.toString(), "", List.of()));
    for (Map<Instant, Double> column : columns) {
      Double used = column.get(at);
      row.add(
          used == null
              ? Cell.unknown()
              : new Cell(String.format(Locale.ROOT, "%.1f %%", used), used, "", List.of()));
    }
    return row;
  }

  /// Each machine's steps: a reset is a fall to nothing, with a mark below the axis.
  public LinePlot plot(List<Course> courses) {
    List<List<Stay>> stays = courses.stream().map(course -> stays(course.truths())).toList();
    List<Line> lines =
        IntStream.range(0, courses.size())
            .mapToObj(
                at ->
                    new Line(
                        Escaped.name(courses.get(at).name()), "tone-" + at, path(stays.get(at))))
            .toList();
    List<Mark> marks =
        IntStream.rangeClosed(0, 5)
            .mapToObj(fifth -> new Mark(percent(1 - fifth / 5.0), 20 * fifth + " %"))
            .toList();
    List<String> resets =
        stays.stream()
            .flatMap(List::stream)
            .filter(stay -> stay.reset() && stay.from().isAfter(first()))
            .map(stay -> percent(share(stay.from())))
            .distinct()
            .toList();
    return new LinePlot(lines, marks, dates(), columns(courses, stays), resets);
  }

  private List<Stay> stays(List<LimitStretch> truths) {
    List<LimitReading> readings = LimitStretch.readings(truths);
    List<Stay> stays = new ArrayList<>();
    for (int i = 0; i < readings.size(); i++) {
      LimitReading reading = readings.get(i);
      Instant until = i + 1 < readings.size() ? readings.get(i + 1).at() : now;
      Instant end = end(reading, until);
      stays.add(new Stay(reading.at(), end, reading.utilization(), false));
      if (end.isBefore(until) && i + 1 < readings.size()) {
        stays.add(new Stay(end, until, 0, true));
      }
    }
    return stays.stream().filter(stay -> stay.to().isAfter(first())).toList();
  }

  /// When a level is no longer that of a reading: at the reset, else at the next reading.
  private static Instant end(LimitReading reading, Instant next) {
    Instant reset = reading.resetsAt();
    return reset != null && reset.isAfter(reading.at()) && reset.isBefore(next) ? reset : next;
  }

  private String path(List<Stay> stays) {
    var path = new StringBuilder();
    for (Stay stay : stays) {
      String y = LinePlot.number(1_000 * (1 - Math.clamp(stay.level(), 0, 1)));
      path.append(path.isEmpty() ? "M" + x(stay.from()) + " " + y : "V" + y)
          .append('H')
          .append(x(stay.to()));
    }
    return path.toString();
  }

  private String x(Instant at) {
    return LinePlot.number(1_000 * share(at));
  }

  private double share(Instant at) {
    double whole = Duration.between(first(), now).toMillis();
    return Math.clamp(Duration.between(first(), at).toMillis() / whole, 0, 1);
  }

  private static String percent(double share) {
    return LinePlot.percent(PERCENT * share);
  }

  private Instant at(double share) {
    return first().plusMillis((long) (Duration.between(first(), now).toMillis() * share));
  }

  private List<Mark> dates() {
    boolean hours = span.toDays() < 2;
    StepName names = StepName.of(figures.zone(), Interval.DAY, now, now);
    return IntStream.range(0, DATES)
        .mapToObj(
            at -> {
              double share = (at + 0.5) / DATES;
              Instant middle = at(share);
              String name = hours ? figures.time(middle).substring(11) : names.of(middle);
              return new Mark(percent(share), name);
            })
        .toList();
  }

  private List<LinePlot.Column> columns(List<Course> courses, List<List<Stay>> stays) {
    return IntStream.range(0, COLUMNS)
        .mapToObj(
            at ->
                new LinePlot.Column(
                    percent((double) at / COLUMNS),
                    percent(1.0 / COLUMNS),
                    title(at((at + 0.5) / COLUMNS), courses, stays),
                    ""))
        .toList();
  }

  private String title(Instant at, List<Course> courses, List<List<Stay>> stays) {
    Stream<String> levels =
        IntStream.range(0, courses.size())
            .mapToObj(
                course -> {
                  Double level = level(stays.get(course), at);
                  return Escaped.name(courses.get(course).name())
                      + " "
                      + (level == null
                          ? "unknown"
                          : String.format(Locale.ROOT, "%.0f %%", PERCENT * level));
                });
    return figures.time(at) + ": " + String.join(", ", levels.toList());
  }

  private static @Nullable Double level(List<Stay> stays, Instant at) {
    return stays.stream()
        .filter(stay -> !at.isBefore(stay.from()) && at.isBefore(stay.to()))
        .map(Stay::level)
        .findFirst()
        .orElse(null);
  }
}
