package dev.claudometer.server.web.table;

import dev.claudometer.model.LimitStretch;
import dev.claudometer.server.web.table.Table.Column;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/// How full the plan windows of a device were, hour by hour: the highest value that was read, or
/// that is known to have held then.
public record WindowHistory(Figures figures, Instant now, Duration span) {

  private static final double PERCENT = 100;

  public Table table(
      List<String> windows, BiFunction<String, Instant, List<LimitStretch>> history) {
    Instant first = now.minus(span).truncatedTo(ChronoUnit.HOURS);
    List<Map<Instant, Double>> columns =
        windows.stream().map(window -> hours(history.apply(window, first), first)).toList();
    List<List<Cell>> rows = new ArrayList<>();
    if (columns.stream().anyMatch(column -> !column.isEmpty())) {
      for (Instant at = first; at.isBefore(now); at = at.plus(1, ChronoUnit.HOURS)) {
        rows.add(row(at, columns));
      }
    }
    List<Column> heads = new ArrayList<>();
    heads.add(Column.time("at", "Hour"));
    windows.forEach(window -> heads.add(Column.number(window, Escaped.name(window))));
    return Table.of(
            "history",
            "Windows over time, highest of each hour in percent",
            heads,
            rows,
            "No reading in this time: choose a longer one.")
        .drawn(Table.Drawing.LINES);
  }

  private static Map<Instant, Double> hours(List<LimitStretch> truths, Instant first) {
    Map<Instant, Double> hours = new TreeMap<>();
    for (LimitStretch truth : truths) {
      Instant hour = truth.reading().at().truncatedTo(ChronoUnit.HOURS);
      for (; !hour.isAfter(truth.last()); hour = hour.plus(1, ChronoUnit.HOURS)) {
        if (!hour.isBefore(first)) {
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
}
