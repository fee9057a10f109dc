package dev.claudometer.server.web.table;

import dev.claudometer.report.Interval;
import dev.claudometer.report.TimeSeries;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What was written on days, where a chart over time shows it.
public record NotedDays(List<Note> notes) {

  /// A text of one day.
  public record Note(LocalDate day, String text) {}

  /// What was written on the days that begin in a step; with the day where a step has several.
  private List<String> texts(Instant at, Interval step, ZoneId zone) {
    boolean several = step == Interval.WEEK || step == Interval.MONTH;
    return several ? in(at, step, zone) : of(at, step, zone).map(Note::text).toList();
  }

  /// `12 Nov 2026: release 2.1`, of the days that begin in a step.
  public List<String> in(Instant at, Interval step, ZoneId zone) {
    return of(at, step, zone)
        .map(note -> Figures.days(note.day(), note.day()) + ": " + note.text())
        .toList();
  }

  private Stream<Note> of(Instant at, Interval step, ZoneId zone) {
    Instant next = step.next(at, zone);
    return notes.stream()
        .filter(note -> within(at, next, note.day().atStartOfDay(zone).toInstant()));
  }

  private static boolean within(Instant from, Instant to, Instant at) {
    return !at.isBefore(from) && at.isBefore(to);
  }

  /// A table of a series with them beside the names of its steps. No figure changes, and no file.
  public Table onto(Table table, TimeSeries series, Instant now) {
    if (notes.isEmpty() || table.rows().isEmpty()) {
      return table;
    }
    List<Instant> steps = series.steps(now);
    List<List<Cell>> rows = new ArrayList<>();
    for (int i = 0; i < table.rows().size(); i++) {
      List<Cell> row = table.rows().get(i);
      Cell noted = row.getFirst().with(texts(steps.get(i), series.step(), series.timeZone()));
      rows.add(Stream.concat(Stream.of(noted), row.stream().skip(1)).toList());
    }
    return table.of(rows);
  }
}
