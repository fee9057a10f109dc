package dev.claudometer.server.api.usage;

import static java.util.stream.Collectors.toSet;

import dev.claudometer.report.KnownMachines;
import dev.claudometer.report.Question;
import dev.claudometer.report.Split;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Source;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.Where;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// Reads what a caller asks from the parameters of a call.
public final class Questions {

  private static final Map<String, Dimension> OF =
      Map.of(
          "device", Dimension.DEVICE,
          "project", Dimension.PROJECT,
          "model", Dimension.MODEL,
          "branch", Dimension.BRANCH,
          "session", Dimension.SESSION);

  private final KnownMachines fleet;
  private final Supplier<Instant> horizon;
  private final Supplier<ZoneId> usualZone;
  private final Supplier<DayOfWeek> weekStart;

  /// @param horizon responses before it may have been deleted
  public Questions(
      KnownMachines fleet,
      Supplier<Instant> horizon,
      Supplier<ZoneId> usualZone,
      Supplier<DayOfWeek> weekStart) {
    this.fleet = fleet;
    this.horizon = horizon;
    this.usualZone = usualZone;
    this.weekStart = weekStart;
  }

  /// Reads `from`, `to` (days, `to` included; or instants) and `tz`, by default the current month;
  /// `by`, by default models; and of what: `device`, `project`, `model`, `branch`, `session`,
  /// `person`, `team`, each as often as wanted; and by whom it was told: `source`. Of a lead's
  /// question only the team's machines.
  public Question of(Call call) {
    ZoneId zone = zone(call);
    return asked(call, zone, split(call));
  }

  /// The same, whatever `by` means elsewhere.
  Question ofAnything(Call call) {
    ZoneId zone = zone(call);
    return asked(call, zone, Split.MODEL);
  }

  /// The same by model, in UTC days, as bills are cut.
  public Question ofUtcDays(Call call) {
    ZoneId zone = call.query("tz") == null ? ZoneOffset.UTC : zone(call);
    return asked(call, zone, Split.MODEL);
  }

  /// The same, of all time where neither `from` nor `to` is given.
  public Question ofAllTime(Call call) {
    boolean ranged = call.query("from") != null || call.query("to") != null;
    ZoneId zone = zone(call);
    return ranged ? of(call) : asked(call, zone, split(call), TimeRange.ALL);
  }

  private Question asked(Call call, ZoneId zone, Split by) {
    return asked(call, zone, by, range(call, zone));
  }

  private Question asked(Call call, ZoneId zone, Split by, TimeRange range) {
    Where where = where(call).of(call.choice("source", Source.class, Source.ALL));
    Instant kept = horizon.get();
    if (!where.isKnown(range, kept)) {
      throw Problem.of(
          422,
          "who told of responses before "
              + kept
              + " is no longer stored: with 'source' ask for a"
              + " later 'from'");
    }
    return new Question(range, zone, by, where, weekStart.get());
  }

  /// Of whole days, as an hour may be somebody's alone; of all machines, also for whoever is told
  /// of teams only.
  Question ofWholeDays(Call call) {
    for (String name : List.of("from", "to")) {
      String day = call.query(name);
      if (day != null && day.contains("T")) {
        throw Problem.of(422, "'" + name + "' has to be a day here");
      }
    }
    ZoneId zone = usualZone.get();
    Where where = call.scope().teams() ? Where.ANY : call.scope().where();
    return new Question(range(call, zone), zone, Split.TEAM, where, weekStart.get());
  }

  /// Of all time.
  Question ofAllTime(Where where) {
    return new Question(TimeRange.ALL, usualZone.get(), Split.MODEL, where, weekStart.get());
  }

  private ZoneId zone(Call call) {
    String name = call.query("tz");
    try {
      return name == null ? usualZone.get() : ZoneId.of(name);
    } catch (DateTimeException wrong) {
      throw Problem.of(422, "'tz' has to be a time zone such as Europe/Berlin or UTC");
    }
  }

  private static TimeRange range(Call call, ZoneId zone) {
    LocalDate today = LocalDate.ofInstant(call.now(), zone);
    String from = call.query("from");
    String to = call.query("to");
    Instant start = from == null ? midnight(today.withDayOfMonth(1), zone) : start(from, zone);
    Instant end = to == null ? midnight(today.plusDays(1), zone) : end(to, zone);
    if (!start.isBefore(end)) {
      throw Problem.of(422, "'from' has to come before 'to'");
    }
    return new TimeRange(Question.floor(start), Question.ceiling(end));
  }

  private static Instant start(String text, ZoneId zone) {
    return text.contains("T") ? instant("from", text) : midnight(day("from", text), zone);
  }

  private static Instant end(String text, ZoneId zone) {
    return text.contains("T") ? instant("to", text) : midnight(day("to", text).plusDays(1), zone);
  }

  private static Instant midnight(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant();
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

  private static Split split(Call call) {
    return "user".equalsIgnoreCase(call.query("by"))
        ? Split.PERSON
        : call.choice("by", Split.class, Split.MODEL);
  }

  private Where where(Call call) {
    Where where = call.scope().where();
    for (var parameter : OF.entrySet()) {
      Set<String> values = values(call, parameter.getKey());
      where = values.isEmpty() ? where : where.and(parameter.getValue(), values);
    }
    Set<String> people = values(call, "person");
    if (!people.isEmpty()) {
      where = where.and(Dimension.DEVICE, fleet.names().devicesOf(people));
    }
    Set<String> teams = values(call, "team");
    return teams.isEmpty()
        ? where
        : where.and(Dimension.DEVICE, fleet.names().devicesOfTeams(teams));
  }

  private static Set<String> values(Call call, String name) {
    return call.queries(name).stream().filter(value -> !value.isEmpty()).collect(toSet());
  }
}
