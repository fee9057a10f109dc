package dev.claudometer.cli.options;

import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.WrongUsage;
import dev.claudometer.cli.text.Output;
import dev.claudometer.store.Source;
import dev.claudometer.store.TimeRange;
import dev.claudometer.usage.CostMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What every report can be asked: the names are those that users of ccusage know.
public final class ReportOptions {

  public @Mixin HomeOptions home = new HomeOptions();

  @Option(
      names = {"-s", "--since"},
      paramLabel = "DATE",
      description =
          "From this day on: YYYY-MM-DD, YYYYMMDD, today, yesterday, or 7d for the last seven"
              + " days.")
  public @Nullable String since;

  @Option(
      names = {"-u", "--until"},
      paramLabel = "DATE",
      description = "Up to and including this day.")
  public @Nullable String until;

  @Option(
      names = {"-z", "--timezone"},
      paramLabel = "ZONE",
      description = "Time zone of days, such as Europe/Berlin or UTC. Default: the system's.")
  public @Nullable String timezone;

  @Option(
      names = {"-o", "--order"},
      paramLabel = "asc|desc",
      description = "Oldest or newest first. Default: asc.")
  public @Nullable Order order;

  @Option(
      names = {"-b", "--breakdown"},
      description = "Show each model.")
  public boolean breakdown;

  @Option(
      names = {"-m", "--mode"},
      paramLabel = "auto|calculate|display",
      description =
          "Where costs come from: the client's own figure if there is one, else prices (auto);"
              + " always prices (calculate); only the client's (display).")
  public CostMode mode = CostMode.AUTO;

  @Option(
      names = "--source",
      paramLabel = "all|transcripts|telemetry",
      description =
          "Who told of it: all; transcripts; or telemetry, of what no transcript has. Default:"
              + " all.")
  public Source source = Source.ALL;

  public @Mixin FormOptions form = new FormOptions();

  @Mixin AcceptedOptions accepted = new AcceptedOptions();

  public enum Order {
    ASC,
    DESC
  }

  /// The zone that days are cut in.
  ///
  /// @throws WrongUsage that names all values that cannot be
  public ZoneId zone(Surroundings surroundings) {
    check(surroundings);
    accepted.mention(surroundings);
    return zoneOf(surroundings);
  }

  private void check(Surroundings surroundings) {
    new WrongValues()
        .in(() -> zoneOf(surroundings))
        .in(() -> from(ZoneOffset.UTC, surroundings))
        .in(() -> to(ZoneOffset.UTC, surroundings))
        .in(() -> output(surroundings))
        .say();
  }

  private ZoneId zoneOf(Surroundings surroundings) {
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

  /// The days asked for, as a range of instants in a zone; open ends reach to the end of time.
  ///
  /// @throws WrongUsage that names all values that cannot be
  public TimeRange range(ZoneId zone, Surroundings surroundings) {
    check(surroundings);
    Instant from = from(zone, surroundings);
    Instant to = to(zone, surroundings);
    if (since != null && until != null && !from.isBefore(to)) {
      throw new WrongUsage("--since " + since + " is after --until " + until);
    }
    return new TimeRange(from, to);
  }

  private Instant from(ZoneId zone, Surroundings surroundings) {
    return since == null
        ? TimeRange.ALL.from()
        : Day.of("--since", since, today(zone, surroundings)).atStartOfDay(zone).toInstant();
  }

  private Instant to(ZoneId zone, Surroundings surroundings) {
    return until == null
        ? TimeRange.ALL.to()
        : Day.of("--until", until, today(zone, surroundings))
            .plusDays(1)
            .atStartOfDay(zone)
            .toInstant();
  }

  private static LocalDate today(ZoneId zone, Surroundings surroundings) {
    return LocalDate.ofInstant(surroundings.clock().instant(), zone);
  }

  public Output output(Surroundings surroundings) {
    return form.output(surroundings);
  }
}
