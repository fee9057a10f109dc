package dev.claudometer.server.web;

import dev.claudometer.report.Interval;
import dev.claudometer.report.Split;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.web.table.Address;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What a chart over time is split by, and how long its steps are.
///
/// @param by the parameter that a part is asked for with
/// @param span how long the chart is
public record ChartChoice(Address here, String by, Interval step, Duration span) {

  /// More bars cannot be told apart.
  private static final long MOST_BARS = 200;

  private static final List<Split> SPLITS =
      List.of(Split.MODEL, Split.PERSON, Split.TEAM, Split.PROJECT, Split.DEVICE, Split.BRANCH);

  /// A choice.
  public record Option(String name, String link, boolean chosen) {}

  static ChartChoice of(Call call, Instant from, Instant to) {
    String by = call.query("by");
    String split = by == null ? "model" : by.toLowerCase(Locale.ROOT);
    return new ChartChoice(
        Address.of(call.uri()),
        split.equals("user") ? "person" : split,
        call.choice("step", Interval.class, fitting(Duration.between(from, to))),
        Duration.between(from, to));
  }

  /// So that bars can be told apart.
  static Interval fitting(Duration span) {
    long days = span.toDays();
    if (days <= 2) {
      return Interval.HOUR;
    }
    return days <= 92 ? Interval.DAY : days <= 366 ? Interval.WEEK : Interval.MONTH;
  }

  public List<Option> splits() {
    return SPLITS.stream().map(split -> option("by", split, by)).toList();
  }

  public List<Option> steps() {
    return Stream.of(Interval.values())
        .filter(each -> each == step || fits(each))
        .map(each -> option("step", each, step.name().toLowerCase(Locale.ROOT)))
        .toList();
  }

  /// Whether there are some bars, and not too many.
  private boolean fits(Interval each) {
    long bars =
        switch (each) {
          case HOUR -> span.toHours();
          case DAY -> span.toDays();
          case WEEK -> span.toDays() / 7;
          case MONTH -> span.toDays() / 30;
        };
    return bars > 1 && bars <= MOST_BARS;
  }

  private Option option(String parameter, Enum<?> value, String chosen) {
    String name = value.name().toLowerCase(Locale.ROOT);
    return new Option(
        name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1),
        here.with(parameter, name).text() + "#cost",
        name.equals(chosen));
  }
}
