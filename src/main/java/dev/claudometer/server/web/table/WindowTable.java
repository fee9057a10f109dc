package dev.claudometer.server.web.table;

import dev.claudometer.server.api.StateApi.Limit;
import dev.claudometer.server.web.table.Table.Column;
import dev.claudometer.usage.LimitForecast;
import dev.claudometer.usage.window.WindowShape;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How full plan windows are, how old each reading is, and when they will be full: the fullest
/// first.
public record WindowTable(Figures figures, Instant now) {

  private static final Duration WEEK = Duration.ofDays(6);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH);

  private static final String EMPTY =
      "No window is known yet: they come with the status line of Claude Code, once an agent runs.";

  private static final List<Column> COLUMNS =
      List.of(
          Column.text("who", "Who"),
          Column.text("window", "Window"),
          Column.number("utilization", "Used"),
          Column.gauge("used", ""),
          Column.inFiles("elapsed"),
          Column.time("fullAt", "Full by"),
          Column.time("resetsIn", "Resets in"),
          Column.time("resetsAt", "At"),
          Column.text("device", "Device"),
          Column.time("at", "Last read"),
          Column.inFiles("origin"));

  /// The table of some windows.
  ///
  /// @param forecasts where each is heading
  public Table of(List<Limit> limits, Function<Limit, @Nullable LimitForecast> forecasts) {
    return Table.of(
        "windows",
        "Plan windows",
        COLUMNS,
        new RowsOnDemand<>(sorted(limits), limit -> row(limit, forecasts.apply(limit))),
        EMPTY);
  }

  private static List<Limit> sorted(List<Limit> limits) {
    return limits.stream().sorted(Comparator.comparingDouble(WindowTable::emptiness)).toList();
  }

  private static double emptiness(Limit limit) {
    return limit.utilization() == null ? 1 : -limit.utilization();
  }

  private List<Cell> row(Limit limit, @Nullable LimitForecast forecast) {
    return List.of(
        Cell.name(limit.owner().isEmpty() ? limit.name() : limit.owner()),
        Cell.name(WindowName.words(limit.window())).valued(limit.window()).to(why(limit)),
        used(limit.utilization()),
        gauge(limit.utilization()),
        elapsed(limit),
        fullBy(limit, forecast),
        resetsIn(limit.resetsAt()),
        at(limit.resetsAt()),
        Cell.name(limit.name()),
        new Cell(
            Figures.span(Duration.ofSeconds(limit.ageSeconds())) + " ago",
            limit.at().toString(),
            "",
            List.of()),
        Cell.name(limit.origin()));
  }

  /// Who filled it.
  private static String why(Limit limit) {
    return new Address("/limits/why", List.of())
        .with("device", limit.device().text())
        .with("window", limit.window())
        .text();
  }

  private static Cell used(@Nullable Double used) {
    return used == null
        ? new Cell("reset, not read since", null, "", List.of())
        : new Cell(String.format(Locale.ROOT, "%.1f %%", used * 100), used, "", List.of());
  }

  private static Cell gauge(@Nullable Double used) {
    return used == null
        ? new Cell("", null, "", List.of())
        : new Cell("", used, "", List.of(), percent(used), null);
  }

  /// How much of a window's time has gone.
  private Cell elapsed(Limit limit) {
    WindowShape shape = WindowShape.of(limit.window());
    if (shape == null || limit.resetsAt() == null || !limit.resetsAt().isAfter(now)) {
      return new Cell("", null, "", List.of());
    }
    double left = (double) Duration.between(now, limit.resetsAt()).toMillis();
    double gone = Math.clamp(1 - left / shape.length().toMillis(), 0, 1);
    return new Cell("", gone, "", List.of(), percent(gone), null);
  }

  private static BigDecimal percent(double share) {
    return BigDecimal.valueOf(Math.clamp(share * 100, 0, 100)).setScale(1, RoundingMode.HALF_EVEN);
  }

  /// `Sat 15:13`; further away `2026-12-05 15:13`.
  private String day(Instant at) {
    return Duration.between(now, at).compareTo(WEEK) < 0
        ? DAY.format(at.atZone(figures.zone()))
        : figures.time(at);
  }

  private Cell at(@Nullable Instant at) {
    return at == null || !at.isAfter(now)
        ? new Cell("—", at == null ? null : at.toString(), "", List.of())
        : new Cell(day(at), at.toString(), "", List.of());
  }

  /// `Sat 15:13, in 3 h 13 min`.
  private Cell fullBy(Limit limit, @Nullable LimitForecast forecast) {
    Instant at = forecast == null ? null : forecast.fullAt();
    if (at == null) {
      return limit.utilization() == null || forecast == null
          ? new Cell("—", null, "", List.of())
          : new Cell("not before it resets", null, "", List.of());
    }
    String shown =
        at.isAfter(now) ? day(at) + ", in " + Figures.span(Duration.between(now, at)) : "now";
    return new Cell(shown, at.toString(), "", List.of());
  }

  private Cell resetsIn(@Nullable Instant at) {
    return at == null || !at.isAfter(now)
        ? new Cell("—", null, "", List.of())
        : new Cell(Figures.span(Duration.between(now, at)), at.toString(), "", List.of());
  }
}
