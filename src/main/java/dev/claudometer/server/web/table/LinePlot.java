package dev.claudometer.server.web.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Values over time as lines, drawn by the server: the same at every width, without a script. The
/// table beside it has its figures.
///
/// @param lines each with its path, in a square of 1,000 by 1,000
/// @param marks the axis of values, from the top in percent
/// @param dates the axis of time, from the left in percent
/// @param columns one for each point in time, with what is told of it
/// @param ticks places below the axis of time that are marked, in percent
public record LinePlot(
    List<Line> lines,
    List<Mark> marks,
    List<Mark> dates,
    List<Column> columns,
    List<String> ticks) {

  private static final int SIDE = 1_000;
  private static final double PERCENT = 100;
  private static final int MOST_DATES = 7;

  /// A line.
  ///
  /// @param tone a class of the style sheet
  public record Line(String name, String tone, String path) {}

  /// A place with what stands there.
  ///
  /// @param place in percent
  public record Mark(String place, String text) {}

  /// A strip of time.
  ///
  /// @param link where a click leads, empty for nowhere
  public record Column(String left, String width, String title, String link) {}

  /// A series: a value for each point, null where none is known.
  public record Series(String name, String tone, List<@Nullable Double> values) {}

  /// A point in time.
  public record Point(String name, String title, String link) {}

  /// Lines from point to point.
  static LinePlot of(List<Point> points, List<Series> series, Figures figures) {
    double most =
        series.stream()
            .flatMap(one -> one.values().stream())
            .mapToDouble(value -> value == null ? 0 : value)
            .max()
            .orElse(0);
    double least =
        series.stream()
            .flatMap(one -> one.values().stream())
            .mapToDouble(value -> value == null ? 0 : value)
            .min()
            .orElse(0);
    Ticks ticks = Ticks.of(Math.min(0, least), Math.max(most, 0.01));
    int count = points.size();
    List<Line> lines =
        series.stream()
            .map(one -> new Line(one.name(), one.tone(), path(one.values(), ticks)))
            .toList();
    List<Mark> marks =
        ticks.values().stream()
            .map(
                value ->
                    new Mark(
                        percent(PERCENT * (1 - ticks.share(value))),
                        new SignedAmounts(figures).brief(value)))
            .toList();
    List<Column> columns = new ArrayList<>();
    List<Mark> dates = new ArrayList<>();
    int every = Math.max(1, Math.ceilDiv(count, MOST_DATES));
    for (int i = 0; i < count; i++) {
      Point point = points.get(i);
      columns.add(
          new Column(
              percent(PERCENT * i / count), percent(PERCENT / count), point.title(), point.link()));
      if (i % every == 0) {
        dates.add(new Mark(percent(PERCENT * (i + 0.5) / count), point.name()));
      }
    }
    return new LinePlot(lines, marks, dates, columns, List.of());
  }

  private static String path(List<@Nullable Double> values, Ticks ticks) {
    var path = new StringBuilder();
    boolean drawn = false;
    for (int i = 0; i < values.size(); i++) {
      Double value = values.get(i);
      if (value != null) {
        path.append(drawn ? 'L' : 'M')
            .append(number(SIDE * (i + 0.5) / values.size()))
            .append(' ')
            .append(number(SIDE * (1 - ticks.share(value))));
      }
      drawn = value != null;
    }
    return path.toString();
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", share);
  }
}
