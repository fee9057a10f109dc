package dev.claudometer.cli.options;

import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.WrongUsage;
import dev.claudometer.cli.text.Style;
import dev.claudometer.store.TimeRange;
import dev.claudometer.usage.CostMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.IllformedLocaleException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What every report can be asked: the names are those that users of ccusage know.
public final class ReportOptions {

  public @Mixin HomeOptions home = new HomeOptions();

  @Option(
      names = {"-s", "--since"},
      paramLabel = "DATE",
      description = "From this day on (YYYY-MM-DD or YYYYMMDD).")
  public @Nullable String since;

  @Option(
      names = {"-u", "--until"},
      paramLabel = "DATE",
      description = "Up to and with this day.")
  public @Nullable String until;

  @Option(
      names = {"-z", "--timezone"},
      paramLabel = "ZONE",
      description = "Zone that days are cut in, as Europe/Berlin or UTC. Default: the system's.")
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
          "Cost: as the client reported it where it did (auto), from prices, or only reported.")
  public CostMode mode = CostMode.AUTO;

  @Option(
      names = {"-j", "--json"},
      description = "Print JSON.")
  public boolean json;

  @Option(names = "--csv", description = "Print CSV.")
  public boolean csv;

  @Option(
      names = {"-O", "--offline"},
      description = "Accepted for scripts: reports never use the network.")
  boolean offline;

  @Option(names = "--compact", description = "Fewer columns, as on a narrow terminal.")
  public boolean compact;

  @Option(
      names = "--locale",
      paramLabel = "TAG",
      description =
          "How numbers and dates are written in tables, as de-DE. Default: 1,234 and ISO dates.")
  public @Nullable String locale;

  @Option(
      names = "--color",
      negatable = true,
      description = "Colour or none. Default: on a terminal.")
  public @Nullable Boolean color;

  public enum Order {
    ASC,
    DESC
  }

  public ZoneId zone(Surroundings surroundings) {
    if (timezone == null || timezone.equals("local")) {
      return surroundings.zone();
    }
    try {
      return ZoneId.of(timezone);
    } catch (DateTimeException unknown) {
      throw new WrongUsage(
          "unknown time zone '" + timezone + "': use a name as Europe/Berlin, UTC or local");
    }
  }

  /// The days asked for, as a range of instants in a zone; open ends reach to the end of time.
  public TimeRange range(ZoneId zone) {
    Instant from =
        since == null
            ? TimeRange.ALL.from()
            : date("--since", since).atStartOfDay(zone).toInstant();
    Instant to =
        until == null
            ? TimeRange.ALL.to()
            : date("--until", until).plusDays(1).atStartOfDay(zone).toInstant();
    if (since != null && until != null && !from.isBefore(to)) {
      throw new WrongUsage("--since " + since + " is after --until " + until);
    }
    return new TimeRange(from, to);
  }

  public static LocalDate date(String option, String text) {
    String plain = text.replace("-", "");
    boolean wellFormed = text.matches("\\d{8}|\\d{4}-\\d{2}-\\d{2}");
    try {
      if (wellFormed) {
        return LocalDate.of(
            Integer.parseInt(plain, 0, 4, 10),
            Integer.parseInt(plain, 4, 6, 10),
            Integer.parseInt(plain, 6, 8, 10));
      }
    } catch (DateTimeException noSuchDay) {
      // said below
    }
    throw new WrongUsage(
        "'" + text + "' is not a date: " + option + " takes YYYY-MM-DD or YYYYMMDD, as 2026-11-21");
  }

  public Style style(Surroundings surroundings) {
    boolean colored =
        color != null
            ? color
            : surroundings.outColumns() > 0 && surroundings.variable("NO_COLOR").isEmpty();
    return new Style(surroundings.outColumns(), compact, colored, localeOf());
  }

  private @Nullable Locale localeOf() {
    if (locale == null) {
      return null;
    }
    try {
      return new Locale.Builder().setLanguageTag(locale).build();
    } catch (IllformedLocaleException unknown) {
      throw new WrongUsage("unknown locale '" + locale + "': use a tag as de-DE");
    }
  }
}
