package dev.claudometer.cli.org;

import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.WrongUsage;
import dev.claudometer.cli.options.Day;
import dev.claudometer.reconcile.Period;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which days are reconciled.
final class ReconcileOptions {

  @Option(
      names = {"-m", "--month"},
      paramLabel = "YYYY-MM",
      description = "A month. Default: this one.")
  private @Nullable String month;

  @Option(
      names = {"-s", "--since"},
      paramLabel = "DATE",
      description = "Instead, from this day on: a date, today, yesterday, 7d.")
  private @Nullable String since;

  @Option(
      names = {"-u", "--until"},
      paramLabel = "DATE",
      description = "Up to and including this day. Default: today.")
  private @Nullable String until;

  @Option(
      names = {"-z", "--timezone"},
      paramLabel = "ZONE",
      description =
          "Time zone of the days that are counted; bills are in UTC. Default: the system's.")
  private @Nullable String timezone;

  /// @throws WrongUsage that says what cannot be
  Period period(Surroundings surroundings) {
    ZoneId zone = zone(surroundings);
    LocalDate today = LocalDate.ofInstant(surroundings.clock().instant(), zone);
    if (month != null && (since != null || until != null)) {
      throw new WrongUsage("--month is all of a month: leave --since and --until out");
    }
    if (since == null && until == null) {
      return Period.of(month == null ? YearMonth.from(today) : month(month), zone);
    }
    LocalDate last = until == null ? today : Day.of("--until", until, today);
    LocalDate first = since == null ? last.withDayOfMonth(1) : Day.of("--since", since, today);
    if (last.isBefore(first)) {
      throw new WrongUsage("--since " + first + " is after --until " + last);
    }
    return new Period(first, last, zone);
  }

  private static YearMonth month(String text) {
    try {
      return YearMonth.parse(text);
    } catch (DateTimeException wrong) {
      throw new WrongUsage("--month has to be a month such as 2026-11, not '" + text + "'");
    }
  }

  private ZoneId zone(Surroundings surroundings) {
    if (timezone == null || timezone.equals("local")) {
      return surroundings.zone();
    }
    try {
      return ZoneId.of(timezone);
    } catch (DateTimeException unknown) {
      throw new WrongUsage(
          "unknown time zone '" + timezone + "': use a name such as Europe/Berlin, UTC or local");
    }
  }
}
