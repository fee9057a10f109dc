package dev.claudometer.server.web.table;

import dev.claudometer.report.Interval;
import dev.claudometer.report.Money;
import dev.claudometer.report.TimeSeries;
import dev.claudometer.server.web.table.Table.Column;
import dev.claudometer.usage.Totals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Cost over time: a row for each step, a column for each of those that cost most.
///
/// @param by what it is split by
/// @param sessions where the sessions of the whole period are
public record CostSeries(Figures figures, String by, Address sessions) {

  private static final int MOST_COLUMNS = 7;
  private static final String OTHERS = "others";

  /// What a column is about.
  private record Part(String key, String name) {}

  public Table table(TimeSeries series, Instant now) {
    List<Part> parts = parts(series);
    Map<Instant, Map<String, Totals>> sums = sums(series, parts);
    List<List<Cell>> rows = new ArrayList<>();
    if (!sums.isEmpty()) {
      StepName names = StepName.of(series.timeZone(), series.step(), series.from(), series.to());
      for (Instant at : series.steps(now)) {
        rows.add(row(at, names, series, parts, sums.getOrDefault(at, Map.of())));
      }
    }
    List<Column> columns = new ArrayList<>();
    columns.add(Column.time("at", "From"));
    Map<String, String> models =
        by.equals("model") ? ModelName.of(parts.stream().map(Part::key).toList()) : Map.of();
    for (Part part : parts) {
      String name = models.getOrDefault(part.key(), Escaped.name(part.name()));
      columns.add(Column.number(part.key(), name.isEmpty() ? nameless() : name));
    }
    return Table.of(
            "cost",
            "Cost by " + step(series) + ", in " + figures.currency(),
            columns,
            rows,
            "Nothing was used in this period. Is a device enrolled, and does its agent run?"
                + " “Add a device” shows the command.")
        .drawn(Table.Drawing.BARS);
  }

  /// What has no owner, no team or no branch.
  private String nameless() {
    return by.equals("person") ? "no owner" : "no " + by;
  }

  private static String step(TimeSeries series) {
    return series.step().name().toLowerCase(Locale.ROOT);
  }

  private static List<Part> parts(TimeSeries series) {
    Map<Part, Totals> totals =
        series.points().stream()
            .collect(
                Collectors.toMap(
                    point -> new Part(point.key(), point.name()),
                    TimeSeries.Point::totals,
                    Totals::plus));
    List<Part> largest =
        totals.entrySet().stream()
            .sorted(
                Comparator.comparing(
                        (Map.Entry<Part, Totals> part) -> part.getValue().reportedElseCalculated())
                    .reversed()
                    .thenComparing(part -> part.getKey().key()))
            .map(Map.Entry::getKey)
            .collect(Collectors.toCollection(ArrayList::new));
    if (largest.size() > MOST_COLUMNS) {
      largest.subList(MOST_COLUMNS, largest.size()).clear();
      largest.add(new Part(OTHERS, OTHERS));
    }
    return largest;
  }

  private static Map<Instant, Map<String, Totals>> sums(TimeSeries series, List<Part> parts) {
    List<String> shown = parts.stream().map(Part::key).toList();
    Map<Instant, Map<String, Totals>> sums = new TreeMap<>(Comparator.naturalOrder());
    for (TimeSeries.Point point : series.points()) {
      String key = shown.contains(point.key()) ? point.key() : OTHERS;
      sums.computeIfAbsent(point.at(), _ -> new TreeMap<>())
          .merge(key, point.totals(), Totals::plus);
    }
    return sums;
  }

  private List<Cell> row(
      Instant at, StepName names, TimeSeries series, List<Part> parts, Map<String, Totals> sums) {
    List<Cell> row = new ArrayList<>();
    row.add(new Cell(names.of(at), at.toString(), stretch(at, series), List.of()));
    for (Part part : parts) {
      row.add(Cell.cost(figures, Money.of(sums.getOrDefault(part.key(), Totals.ZERO))));
    }
    return row;
  }

  /// The sessions of a step, as far as it is in the period.
  private String stretch(Instant at, TimeSeries series) {
    Instant from = at.isBefore(series.from()) ? series.from() : at;
    Instant next = series.step().next(at, series.timeZone());
    Instant to = next.isAfter(series.to()) ? series.to() : next;
    boolean hour = series.step() == Interval.HOUR;
    return sessions
        .with("from", hour ? from.toString() : day(from, series))
        .with("to", hour ? to.toString() : day(to.minusSeconds(1), series))
        .text();
  }

  private static String day(Instant at, TimeSeries series) {
    return at.atZone(series.timeZone()).toLocalDate().toString();
  }
}
