package dev.claudometer.server.web.table;

import dev.claudometer.server.api.StateApi;
import dev.claudometer.server.api.StateApi.Limit;
import dev.claudometer.server.web.table.Table.Column;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How full plan windows are, how old each reading is, and when they will be full.
public record WindowTable(Figures figures, Instant now) {

  private static final int MOST_AT_A_GLANCE = 8;

  private static final String EMPTY =
      "No window is known yet: they come with the status line of Claude Code, once an agent runs.";

  /// A window and its forecast, so that each is made once.
  private record Window(Limit limit, @Nullable Instant fullAt) {}

  public Table all(StateApi state, List<Limit> limits) {
    return table("Plan windows", state, limits);
  }

  /// The fullest ones.
  public Table shortest(StateApi state, List<Limit> windows) {
    List<Limit> fullest =
        windows.stream().sorted(Comparator.comparingDouble(WindowTable::emptiness)).toList();
    return table(
            "Plan limits", state, fullest.subList(0, Math.min(MOST_AT_A_GLANCE, fullest.size())))
        .of(() -> fullest.stream().map(limit -> row(state, limit)));
  }

  private static double emptiness(Limit limit) {
    return limit.utilization() == null ? 1 : -limit.utilization();
  }

  private Table table(String caption, StateApi state, List<Limit> limits) {
    return Table.of(
        "windows",
        caption,
        List.of(
            Column.text("device", "Device"),
            Column.time("window", "Window"),
            Column.number("utilization", "Used"),
            Column.time("fullAt", "Full by"),
            Column.time("resetsAt", "Resets"),
            Column.time("at", "Last read"),
            Column.text("origin", "From")),
        limits.stream().map(limit -> row(state, limit)).toList(),
        EMPTY);
  }

  private List<Cell> row(StateApi state, Limit limit) {
    return row(new Window(limit, state.fullAt(limit, now)));
  }

  private List<Cell> row(Window window) {
    Limit limit = window.limit();
    return List.of(
        Cell.name(limit.name()),
        Cell.name(limit.window()),
        used(limit.utilization()),
        coming(window.fullAt()),
        coming(limit.resetsAt()),
        new Cell(
            Figures.span(Duration.ofSeconds(limit.ageSeconds())) + " ago",
            limit.at().toString(),
            "",
            List.of()),
        Cell.name(limit.origin()));
  }

  private static Cell used(@Nullable Double used) {
    return used == null
        ? new Cell("reset, not read since", null, "", List.of())
        : new Cell(String.format(Locale.ROOT, "%.1f %%", used * 100), used, "", List.of());
  }

  /// `2026-11-21 15:13, in 3 h 13 min`.
  private Cell coming(@Nullable Instant at) {
    if (at == null) {
      return Cell.name("");
    }
    String time = figures.time(at);
    String shown =
        at.isAfter(now) ? time + ", in " + Figures.span(Duration.between(now, at)) : time;
    return new Cell(shown, at.toString(), "", List.of());
  }
}
