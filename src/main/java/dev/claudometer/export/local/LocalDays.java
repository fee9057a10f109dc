package dev.claudometer.export.local;

import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.Gathering;
import dev.claudometer.metric.Local;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.report.EarlierDays;
import dev.claudometer.report.Money;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Slice;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageQueries;
import dev.claudometer.usage.Totals;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/// What one machine used today and on the days before, as its clock shows them.
final class LocalDays implements Collector {

  private static final int DAYS = 30;

  private final UsageQueries store;
  private final Supplier<EarlierDays> earlier;
  private final ZoneId zone;
  private final Map<LocalDate, ToolCalls> toolCalls = new HashMap<>();

  /// Remembered while a day's responses are as many.
  private record ToolCalls(long responses, long calls) {}

  private record Day(LocalDate date, List<Slice> slices) {

    long responses() {
      return slices.stream().mapToLong(slice -> slice.totals().responses()).sum();
    }

    long sessions() {
      return slices.stream().map(Slice::session).distinct().count();
    }

    Map<String, Totals> byModel() {
      var models = new TreeMap<String, Totals>();
      slices.forEach(slice -> models.merge(slice.model(), slice.totals(), Totals::plus));
      return models;
    }
  }

  LocalDays(UsageQueries store, Supplier<EarlierDays> earlier, ZoneId zone) {
    this.store = store;
    this.earlier = earlier;
    this.zone = zone;
  }

  @Override
  public String source() {
    return "days";
  }

  @Override
  public void collect(Gathering into, Instant now) {
    LocalDate today = now.atZone(zone).toLocalDate();
    toolCalls.keySet().removeIf(date -> date.isBefore(today.minusDays(DAYS)));
    for (int back = DAYS - 1; back > 0; back--) {
      Day day = day(today.minusDays(back));
      if (day.responses() > 0) {
        past(into, day, toolCalls(day));
      }
    }
    toolCalls.remove(today);
    Day day = day(today);
    past(into, day, toolCalls(day));
    today(into, day, toolCalls(day));
    hours(into);
    told(into, today.minusDays(DAYS));
  }

  /// Days whose transcripts are gone.
  private void told(Gathering into, LocalDate after) {
    earlier
        .get()
        .days()
        .filter(day -> day.date().isAfter(after))
        .forEach(
            day -> {
              String date = day.date().toString();
              into.add(Local.DAILY_SESSIONS, Exact.of(day.sessions()), date);
              into.add(Local.DAILY_TOOL_CALLS, Exact.of(day.toolCalls()), date);
            });
  }

  private Day day(LocalDate date) {
    return new Day(date, store.sums(range(date), Set.of(Dimension.MODEL, Dimension.SESSION)));
  }

  private TimeRange range(LocalDate date) {
    return new TimeRange(
        date.atStartOfDay(zone).toInstant(), date.plusDays(1).atStartOfDay(zone).toInstant());
  }

  private long toolCalls(Day day) {
    ToolCalls known = toolCalls.get(day.date());
    if (known == null || known.responses() != day.responses()) {
      known = new ToolCalls(day.responses(), store.toolCalls(range(day.date())));
      toolCalls.put(day.date(), known);
    }
    return known.calls();
  }

  private static void past(Gathering into, Day day, long calls) {
    String date = day.date().toString();
    into.add(Local.DAILY_MESSAGES, Exact.of(day.responses()), date);
    into.add(Local.DAILY_SESSIONS, Exact.of(day.sessions()), date);
    into.add(Local.DAILY_TOOL_CALLS, Exact.of(calls), date);
    day.byModel()
        .forEach(
            (model, sum) -> {
              into.add(Local.DAILY_TOKENS, Exact.of(sum.tokens().input()), date, model, "input");
              into.add(Local.DAILY_TOKENS, Exact.of(sum.tokens().output()), date, model, "output");
              if (!Money.of(sum).isUnknown()) {
                into.add(Local.DAILY_COST_USD, dollars(sum), date, model);
              }
            });
  }

  private static void today(Gathering into, Day day, long calls) {
    into.add(Local.TODAY_MESSAGES, Exact.of(day.responses()));
    into.add(Local.TODAY_SESSIONS, Exact.of(day.sessions()));
    into.add(Local.TODAY_TOOL_CALLS, Exact.of(calls));
    day.byModel()
        .forEach(
            (model, sum) -> {
              into.add(Local.TODAY_TOKENS, Exact.of(sum.tokens().input()), model, "input");
              into.add(Local.TODAY_TOKENS, Exact.of(sum.tokens().output()), model, "output");
              if (!Money.of(sum).isUnknown()) {
                into.add(Local.TODAY_COST_USD, dollars(sum), model);
              }
            });
  }

  private static Exact dollars(Totals sum) {
    return new Exact(sum.reportedElseCalculated().nanos(), 9);
  }

  private void hours(Gathering into) {
    long[] sessions = new long[24];
    store.sessionStarts().forEach(start -> sessions[start.atZone(zone).getHour()]++);
    EarlierDays told = earlier.get();
    for (int hour = 0; hour < sessions.length; hour++) {
      String label = hour < 10 ? "0" + hour : Integer.toString(hour);
      Exact all = Exact.of(sessions[hour] + told.hour(hour));
      into.add(Local.HOUR_SESSIONS, all, label);
      into.add(Local.HOUR_ACTIVITY, all, label, "sessions");
    }
  }
}
