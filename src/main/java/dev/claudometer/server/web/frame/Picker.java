package dev.claudometer.server.web.frame;

import dev.claudometer.server.http.Call;
import dev.claudometer.store.TimeRange;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/// Chooses the period that a page is about.
///
/// @param from first day
/// @param to last day
public record Picker(String address, LocalDate from, LocalDate to, String zone, List<Span> spans) {

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
            new Span("12 months", first.minusMonths(11), today, "&step=month")));
  }

  public boolean chosen(Span span) {
    return span.from().equals(from) && span.to().equals(to);
  }
}
