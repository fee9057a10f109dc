package dev.claudometer.server.web.glance;

import dev.claudometer.model.Usd;
import dev.claudometer.report.Forecast;
import dev.claudometer.report.Interval;
import dev.claudometer.report.RunningCost;
import dev.claudometer.server.web.table.Escaped;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.NotedDays;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The cost as it adds up, drawn beside the period before: lines in a box of 1,000 by 100, words
/// beside it. Everything is an attribute: pages have no style and no script in them.
///
/// @param forecast of the month that is shown; null where another period is, or nothing is known
public record RunningChart(
    RunningCost running,
    @Nullable Forecast forecast,
    NotedDays noted,
    Figures figures,
    Instant now) {

  private static final int TICKS = 4;
  private static final int LABELS = 5;
  private static final double WIDTH = 1000;
  private static final double HEIGHT = 100;

  /// A word at an axis.
  ///
  /// @param at percent of the axis
  public record Mark(String at, String text) {

    /// To which side its text has room.
    public String anchor() {
      double place = Double.parseDouble(at);
      return place < 33 ? "start" : place > 67 ? "end" : "middle";
    }
  }

  public static RunningChart of(
      RunningCost running, Forecast forecast, NotedDays noted, Figures figures, Instant now) {
    boolean shown =
        running.step() == Interval.DAY
            && running.from().equals(forecast.from())
            && now.isBefore(running.to())
            && forecast.cost() != null;
    return new RunningChart(running, shown ? forecast : null, noted, figures, now);
  }

  /// Whether there is something to see.
  public boolean drawn() {
    return running.steps().size() > 1 && most() > 0;
  }

  /// Up to now.
  public String line() {
    return path(points(RunningCost.Step::cost));
  }

  /// What is below that line.
  public String area() {
    List<double[]> points = points(RunningCost.Step::cost);
    return path(points) + String.format(Locale.ROOT, " L%.1f,100 L0,100 Z", points.getLast()[0]);
  }

  /// The whole period before.
  public String ghost() {
    return path(points(RunningCost.Step::previousCost));
  }

  /// From now to the end of the month; empty where nothing is foretold.
  public String ahead() {
    if (forecast == null || forecast.cost() == null) {
      return "";
    }
    double[] here = points(RunningCost.Step::cost).getLast();
    long hours = Duration.between(forecast.from(), forecast.to()).toHours();
    return path(List.of(here, point(Math.rint(hours / 24.0), forecast.cost())));
  }

  private interface Value {
    @Nullable Usd of(RunningCost.Step step);
  }

  private List<double[]> points(Value value) {
    List<double[]> points = new ArrayList<>();
    points.add(new double[] {0, HEIGHT});
    for (int i = 0; i < running.steps().size(); i++) {
      Usd cost = value.of(running.steps().get(i));
      if (cost != null) {
        points.add(point(i + 1.0, cost));
      }
    }
    return points;
  }

  private double[] point(double step, Usd cost) {
    return new double[] {
      WIDTH * step / running.steps().size(), HEIGHT - HEIGHT * cost.nanos() / top()
    };
  }

  private static String path(List<double[]> points) {
    var path = new StringBuilder();
    for (double[] point : points) {
      path.append(path.isEmpty() ? "M" : " L")
          .append(String.format(Locale.ROOT, "%.1f,%.1f", point[0], point[1]));
    }
    return path.toString();
  }

  private long most() {
    long most = 0;
    for (RunningCost.Step step : running.steps()) {
      most = Math.max(most, Math.max(nanos(step.cost()), nanos(step.previousCost())));
    }
    return Math.max(most, forecast == null ? 0 : nanos(forecast.cost()));
  }

  private static long nanos(@Nullable Usd cost) {
    return cost == null ? 0 : cost.nanos();
  }

  /// Where the axis ends: a round amount of the currency, in nano-dollars.
  private double top() {
    return step() * TICKS / figures.rate().doubleValue() * 1e9;
  }

  /// Between two ticks, in the currency.
  private double step() {
    double least = figures.amount(new Usd(Math.max(1, most()))).doubleValue() / TICKS;
    double ten = Math.pow(10, Math.floor(Math.log10(least)));
    for (double times : new double[] {1, 1.5, 2, 2.5, 3, 4, 5, 6, 8}) {
      if (times * ten >= least) {
        return times * ten;
      }
    }
    return 10 * ten;
  }

  /// From the foot of the axis.
  public List<Mark> amounts() {
    List<Mark> marks = new ArrayList<>();
    for (int i = 0; i <= TICKS; i++) {
      marks.add(
          new Mark(
              String.valueOf(100 - 100 * i / TICKS), figures.axis(BigDecimal.valueOf(i * step()))));
    }
    return marks;
  }

  public List<Mark> times() {
    int count = running.steps().size();
    int every = Math.max(1, Math.ceilDiv(count, LABELS));
    List<Mark> marks = new ArrayList<>();
    for (int i = 0; i < count; i += every) {
      ZonedDateTime at = running.steps().get(i).at().atZone(running.timeZone());
      marks.add(
          new Mark(String.format(Locale.ROOT, "%.2f", 100 * (i + 0.5) / count), label(at, i == 0)));
    }
    return marks;
  }

  /// What was written on days, where they are.
  public List<Mark> notes() {
    int count = running.steps().size();
    List<Mark> marks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Instant at = running.steps().get(i).at();
      List<String> texts =
          at.isBefore(running.to()) ? noted.in(at, running.step(), running.timeZone()) : List.of();
      if (!texts.isEmpty()) {
        marks.add(
            new Mark(
                String.format(Locale.ROOT, "%.2f", 100 * (i + 0.5) / count),
                Escaped.name(String.join(" · ", texts))));
      }
    }
    return marks;
  }

  private String label(ZonedDateTime at, boolean first) {
    String pattern =
        switch (running.step()) {
          case HOUR -> "HH:mm";
          case DAY -> first || at.getDayOfMonth() <= LABELS ? "d MMM" : "d";
          case WEEK -> "d MMM";
          case MONTH -> "MMM uu";
        };
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(at);
  }

  /// What the lines are, for whoever does not see them.
  public String words() {
    Usd end =
        running.steps().stream()
            .map(RunningCost.Step::cost)
            .filter(cost -> cost != null)
            .reduce((_, last) -> last)
            .orElse(Usd.ZERO);
    Usd before =
        running.steps().stream()
            .map(RunningCost.Step::previousCost)
            .filter(cost -> cost != null)
            .reduce((_, last) -> last)
            .orElse(Usd.ZERO);
    return "Cost as it adds up: "
        + figures.money(end)
        + " so far; the period before came to "
        + figures.money(before);
  }
}
