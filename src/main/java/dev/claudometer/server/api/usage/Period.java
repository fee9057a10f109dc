package dev.claudometer.server.api.usage;

import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.store.Step;
import dev.claudometer.store.TimeRange;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A range of time that a caller asks about, and the zone that its days are cut in.
///
/// @param range begins and ends at a quarter hour
record Period(TimeRange range, ZoneId zone) {

  private static final long QUARTER_SECONDS = 900;

  /// A part of a period during which clocks keep one offset from UTC.
  record Stretch(TimeRange range, Duration offset) {

    Step days() {
      return new Step(Duration.ofDays(1), offset);
    }

    Step hours() {
      return new Step(Duration.ofHours(1), offset);
    }
  }

  /// Reads `from`, `to` (days, `to` included; or instants) and `tz`; by default the current month.
  static Period of(Call call, ZoneId usual) {
    ZoneId zone = zone(call.query("tz"), usual);
    LocalDate today = LocalDate.ofInstant(call.now(), zone);
    String from = call.query("from");
    String to = call.query("to");
    Instant start =
        from == null ? today.withDayOfMonth(1).atStartOfDay(zone).toInstant() : start(from, zone);
    Instant end = to == null ? today.plusDays(1).atStartOfDay(zone).toInstant() : end(to, zone);
    if (!start.isBefore(end)) {
      throw Problem.of(422, "'from' has to come before 'to'");
    }
    return new Period(new TimeRange(floor(start), ceiling(end)), zone);
  }

  static ZoneId zone(@Nullable String name, ZoneId usual) {
    try {
      return name == null ? usual : ZoneId.of(name);
    } catch (DateTimeException wrong) {
      throw Problem.of(422, "'tz' has to be a time zone such as Europe/Berlin or UTC");
    }
  }

  private static Instant start(String text, ZoneId zone) {
    return text.contains("T")
        ? instant("from", text)
        : day("from", text).atStartOfDay(zone).toInstant();
  }

  private static Instant end(String text, ZoneId zone) {
    return text.contains("T")
        ? instant("to", text)
        : day("to", text).plusDays(1).atStartOfDay(zone).toInstant();
  }

  private static Instant instant(String name, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException wrong) {
      throw wrong(name);
    }
  }

  private static LocalDate day(String name, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException wrong) {
      throw wrong(name);
    }
  }

  private static Problem wrong(String name) {
    return Problem.of(
        422,
        "'"
            + name
            + "' has to be a day such as 2026-11-21 or an instant such as"
            + " 2026-11-21T09:00:00Z");
  }

  private static Instant floor(Instant at) {
    return Instant.ofEpochSecond(
        Math.floorDiv(at.getEpochSecond(), QUARTER_SECONDS) * QUARTER_SECONDS);
  }

  private static Instant ceiling(Instant at) {
    return Instant.ofEpochSecond(
        Math.ceilDiv(at.getEpochSecond(), QUARTER_SECONDS) * QUARTER_SECONDS);
  }

  /// The period of the same length that ended when this one began.
  Period previous() {
    Duration length = Duration.between(range.from(), range.to());
    return new Period(new TimeRange(range.from().minus(length), range.from()), zone);
  }

  /// Cuts the period where clocks are changed.
  List<Stretch> stretches() {
    var stretches = new ArrayList<Stretch>();
    Instant from = range.from();
    while (from.isBefore(range.to())) {
      ZoneOffsetTransition change = zone.getRules().nextTransition(from);
      Instant to =
          change == null || change.getInstant().isAfter(range.to())
              ? range.to()
              : change.getInstant();
      ZoneOffset offset = zone.getRules().getOffset(from);
      stretches.add(
          new Stretch(new TimeRange(from, to), Duration.ofSeconds(offset.getTotalSeconds())));
      from = to;
    }
    return stretches;
  }
}
