package dev.claudometer.cli.text;

import dev.claudometer.model.CreditReading;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.Usd;
import dev.claudometer.usage.LimitForecast;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How full plan windows are, how old that word is, and where they are heading. Of a window that
/// has begun anew since its last reading nothing is known.
public record LimitsReport(List<Window> windows, List<CreditReading> credits, Instant now)
    implements Printout {

  public LimitsReport {
    windows = List.copyOf(windows);
    credits = List.copyOf(credits);
  }

  /// A window's last reading.
  ///
  /// @param forecast null where there are too few readings
  public record Window(LimitReading reading, @Nullable LimitForecast forecast) {

    boolean over(Instant now) {
      return reading.over(now);
    }
  }

  /// A line for each window.
  @Override
  public Sheet sheet() {
    var sheet =
        new Sheet(
            List.of(
                "window",
                "utilization",
                "resetsAt",
                "at",
                "ageSeconds",
                "origin",
                "perHour",
                "fullAt",
                "basisReadings",
                "basisSeconds"));
    windows.forEach(window -> sheet.add(new ArrayList<>(json(window).values())));
    return sheet;
  }

  @Override
  public void table(PrintStream out, Style style) {
    if (windows.isEmpty() && credits.isEmpty()) {
      out.println("No readings yet.");
      return;
    }
    if (!windows.isEmpty()) {
      table().print(out, style);
    }
    for (CreditReading credit : credits) {
      out.println(line(credit, style));
    }
    if (windows.stream().anyMatch(window -> window.forecast() != null)) {
      out.println(
          style.dim(
              "Full in: if the pace of this window's readings, shown under Basis, continues."));
    }
  }

  private TextTable table() {
    TextTable table =
        TextTable.withColumns(
            List.of(
                "Window",
                ">Used",
                ">Resets in",
                ">Per hour",
                "Full in",
                "Basis",
                ">Age",
                "Source"));
    for (Window window : windows) {
      table.add(cells(window));
    }
    return table;
  }

  private List<String> cells(Window window) {
    LimitReading reading = window.reading();
    LimitForecast forecast = window.forecast();
    boolean over = window.over(now);
    List<String> cells = new ArrayList<>();
    cells.add(Printable.of(reading.window()));
    cells.add(over ? "–" : percent(reading.utilization()));
    cells.add(reset(reading.resetsAt(), over));
    cells.add(forecast == null ? "–" : percent(forecast.perHour()));
    cells.add(full(forecast));
    cells.add(forecast == null ? "" : forecast.readings() + " readings, " + span(forecast.over()));
    cells.add(span(Duration.between(reading.at(), now)));
    cells.add(Printable.of(reading.origin()));
    return cells;
  }

  private String reset(@Nullable Instant resetsAt, boolean over) {
    if (resetsAt == null) {
      return "–";
    }
    return over ? "has reset" : span(Duration.between(now, resetsAt));
  }

  private String full(@Nullable LimitForecast forecast) {
    if (forecast == null) {
      return "–";
    }
    Instant fullAt = forecast.fullAt();
    if (fullAt == null) {
      return "not before it resets";
    }
    return fullAt.isAfter(now) ? span(Duration.between(now, fullAt)) : "now";
  }

  private String line(CreditReading credit, Style style) {
    String of = credit.limit() == null ? "" : " of " + amount(credit.limit(), credit, style);
    return Printable.of(credit.account())
        + ": "
        + amount(credit.used(), credit, style)
        + of
        + " used, "
        + span(Duration.between(credit.at(), now))
        + " ago ("
        + Printable.of(credit.origin())
        + ")";
  }

  /// `$18.02`, `EUR 18.02`, `JPY 1,802`.
  private static String amount(Usd amount, CreditReading credit, Style style) {
    return credit.inDollars()
        ? style.dollars(amount)
        : Printable.of(credit.currency())
            + " "
            + style.amount(amount.dollars(), CreditReading.decimals(credit.currency()));
  }

  private static String percent(double ratio) {
    return String.format(Locale.ROOT, ratio * 100 < 10 ? "%.1f%%" : "%.0f%%", ratio * 100);
  }

  /// `3d 4h`, `4h 50m`, `5m`, `20s`.
  public static String span(Duration time) {
    Duration length = time.isNegative() ? Duration.ZERO : time;
    if (length.toDays() > 0) {
      return length.toDays() + "d " + length.toHoursPart() + "h";
    }
    if (length.toHours() > 0) {
      return length.toHours() + "h " + length.toMinutesPart() + "m";
    }
    return length.toMinutes() > 0 ? length.toMinutes() + "m" : length.toSeconds() + "s";
  }

  /// The same as JSON.
  @Override
  public Map<String, @Nullable Object> document() {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("limits", windows.stream().map(this::json).toList());
    document.put("credits", credits.stream().map(this::json).toList());
    return document;
  }

  private Map<String, @Nullable Object> json(Window window) {
    LimitReading reading = window.reading();
    LimitForecast forecast = window.forecast();
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("window", reading.window());
    json.put("utilization", window.over(now) ? null : reading.utilization());
    json.put("resetsAt", reading.resetsAt());
    json.put("at", reading.at());
    json.put("ageSeconds", Duration.between(reading.at(), now).toSeconds());
    json.put("origin", reading.origin());
    json.put("perHour", forecast == null ? null : forecast.perHour());
    json.put("fullAt", forecast == null ? null : forecast.fullAt());
    json.put("basisReadings", forecast == null ? null : forecast.readings());
    json.put("basisSeconds", forecast == null ? null : forecast.over().toSeconds());
    return json;
  }

  private Map<String, @Nullable Object> json(CreditReading credit) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("account", credit.account());
    json.put("currency", credit.currency());
    json.put("limit", credit.limit() == null ? null : credit.limit().dollars());
    json.put("used", credit.used().dollars());
    json.put(
        "remaining", credit.limit() == null ? null : credit.limit().minus(credit.used()).dollars());
    json.put("at", credit.at());
    json.put("ageSeconds", Duration.between(credit.at(), now).toSeconds());
    json.put("origin", credit.origin());
    return json;
  }
}
