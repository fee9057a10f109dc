package dev.claudometer.server.web.table;

import dev.claudometer.model.Usd;
import dev.claudometer.server.api.usage.UsageApi.Series;
import dev.claudometer.server.api.usage.UsageApi.SeriesPoint;
import dev.claudometer.server.web.table.Table.Column;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Cost over time: a row for each step, a column for each of those that cost most.
public record CostSeries(Figures figures) {

  private static final int MOST_COLUMNS = 7;
  private static final String OTHERS = "others";

  /// What a column is about.
  private record Part(String key, String name) {}

  public Table table(Series series, Instant now) {
    List<Part> parts = parts(series);
    Map<Instant, Map<String, Usd>> sums = sums(series, parts);
    List<List<Cell>> rows = new ArrayList<>();
    if (!sums.isEmpty()) {
      for (Instant at : steps(series, now)) {
        rows.add(row(at, series, parts, sums.getOrDefault(at, Map.of())));
      }
    }
    List<Column> columns = new ArrayList<>();
    columns.add(Column.time("at", "From"));
    parts.forEach(part -> columns.add(Column.number(part.key(), Escaped.name(part.name()))));
    return Table.of(
            "cost",
            "Cost by " + series.step() + ", in " + figures.currency(),
            columns,
            rows,
            "Nothing was used in this period. Is a device enrolled, and does its agent run?"
                + " “Add a device” shows the command.")
        .drawn(Table.Drawing.BARS);
  }

  private static List<Part> parts(Series series) {
    Map<Part, Usd> totals =
        series.points().stream()
            .collect(
                Collectors.toMap(
                    point -> new Part(point.key(), point.name()),
                    point -> point.totals().cost(),
                    Usd::plus));
    List<Part> largest =
        totals.entrySet().stream()
            .sorted(
                Map.Entry.<Part, Usd>comparingByValue()
                    .reversed()
                    .thenComparing(e -> e.getKey().key()))
            .map(Map.Entry::getKey)
            .collect(Collectors.toCollection(ArrayList::new));
    if (largest.size() > MOST_COLUMNS) {
      largest.subList(MOST_COLUMNS, largest.size()).clear();
      largest.add(new Part(OTHERS, OTHERS));
    }
    return largest;
  }

  private static Map<Instant, Map<String, Usd>> sums(Series series, List<Part> parts) {
    List<String> shown = parts.stream().map(Part::key).toList();
    Map<Instant, Map<String, Usd>> sums = new TreeMap<>(Comparator.naturalOrder());
    for (SeriesPoint point : series.points()) {
      String key = shown.contains(point.key()) ? point.key() : OTHERS;
      sums.computeIfAbsent(point.at(), _ -> new TreeMap<>())
          .merge(key, point.totals().cost(), Usd::plus);
    }
    return sums;
  }

  /// Every step up to now, also those without usage.
  private static List<Instant> steps(Series series, Instant now) {
    ZoneId zone = ZoneId.of(series.timeZone());
    Instant end = series.to().isBefore(now) ? series.to() : now;
    List<Instant> steps = new ArrayList<>();
    ZonedDateTime at = begin(series, zone);
    while (at.toInstant().isBefore(end)) {
      steps.add(at.toInstant());
      at = next(at, series.step());
    }
    return steps;
  }

  private static ZonedDateTime begin(Series series, ZoneId zone) {
    ZonedDateTime from = series.from().atZone(zone);
    return switch (series.step()) {
      case "hour" -> from;
      case "week" ->
          from.toLocalDate().minusDays(from.getDayOfWeek().getValue() - 1L).atStartOfDay(zone);
      case "month" -> from.toLocalDate().withDayOfMonth(1).atStartOfDay(zone);
      default -> from.toLocalDate().atStartOfDay(zone);
    };
  }

  private static ZonedDateTime next(ZonedDateTime at, String step) {
    return switch (step) {
      case "hour" -> at.plusHours(1);
      case "week" -> at.plusWeeks(1);
      case "month" -> at.plusMonths(1);
      default -> at.plusDays(1);
    };
  }

  private List<Cell> row(Instant at, Series series, List<Part> parts, Map<String, Usd> sums) {
    List<Cell> row = new ArrayList<>();
    row.add(
        new Cell(
            series.step().equals("hour") ? figures.time(at) : day(at, series),
            at.toString(),
            "",
            List.of()));
    for (Part part : parts) {
      row.add(Cell.money(figures, sums.getOrDefault(part.key(), Usd.ZERO)));
    }
    return row;
  }

  private static String day(Instant at, Series series) {
    return at.atZone(ZoneId.of(series.timeZone())).toLocalDate().toString();
  }
}
