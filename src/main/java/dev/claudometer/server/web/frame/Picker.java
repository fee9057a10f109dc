package dev.claudometer.server.web.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.server.http.Call;
import dev.claudometer.store.TimeRange;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Chooses the period that a page is about.
///
/// @param from first day
/// @param to last day
/// @param kept what else was asked for, by parameter: it is asked for again
public record Picker(
    String address,
    LocalDate from,
    LocalDate to,
    String zone,
    List<Span> spans,
    Map<String, String> kept) {

  private static final List<String> KEPT =
      List.of("device", "project", "model", "branch", "person", "team");

  /// A period that is often wanted.
  public record Span(String name, LocalDate from, LocalDate to, String step) {

    public String query() {
      return "?from=" + from + "&to=" + to + step;
    }
  }

  public static Picker of(Call call, String address, TimeRange range, ZoneId place) {
    return of(call, address, range.from(), range.to(), place);
  }

  public static Picker of(Call call, String address, Instant from, Instant to, ZoneId place) {
    LocalDate today = LocalDate.ofInstant(call.now(), place);
    LocalDate first = today.withDayOfMonth(1);
    return new Picker(
        address,
        LocalDate.ofInstant(from, place),
        LocalDate.ofInstant(to.minusSeconds(1), place),
        place.getId(),
        List.of(
            new Span("Today", today, today, "&step=hour"),
            new Span("7 days", today.minusDays(6), today, ""),
            new Span("30 days", today.minusDays(29), today, ""),
            new Span("This month", first, today, ""),
            new Span("Last month", first.minusMonths(1), first.minusDays(1), ""),
            new Span("12 months", first.minusMonths(11), today, "&step=month")),
        kept(call));
  }

  private static Map<String, String> kept(Call call) {
    Map<String, String> kept = new LinkedHashMap<>();
    for (String name : KEPT) {
      String value = call.query(name);
      if (value != null) {
        kept.put(name, value);
      }
    }
    return kept;
  }

  /// What is kept, to follow a period.
  public String keptQuery() {
    return kept.entrySet().stream()
        .map(one -> "&" + one.getKey() + "=" + URLEncoder.encode(one.getValue(), UTF_8))
        .collect(Collectors.joining());
  }

  public boolean chosen(Span span) {
    return span.from().equals(from) && span.to().equals(to);
  }
}
