package dev.claudometer.server.web.frame;

import dev.claudometer.server.http.Call;
import dev.claudometer.server.web.table.Address;
import dev.claudometer.server.web.table.Escaped;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.ModelName;
import dev.claudometer.store.TimeRange;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a page is about: a period, and what of it. It stands in the address, and links to other
/// pages keep it.
///
/// @param here the page's address
/// @param from first day; null for all time
/// @param to last day
/// @param latest the last day that there is something to see of
public record Picker(
    Address here, @Nullable LocalDate from, LocalDate to, LocalDate latest, String zone) {

  /// What is not about the period.
  private static final List<String> OF =
      List.of("person", "team", "project", "model", "device", "branch");

  /// Which of several spans of the same days was chosen: on the 30th of a month `30 days` is that
  /// month.
  private static final String SPAN = "span";

  /// What other pages are told.
  private static final Set<String> SCOPE = scope();

  private static Set<String> scope() {
    var scope = new LinkedHashSet<>(OF);
    scope.addAll(List.of("from", "to", SPAN, "tz", "source", "session"));
    return Set.copyOf(scope);
  }

  /// A period that is often wanted.
  public record Span(String name, LocalDate from, LocalDate to) {

    /// `1–29 Nov 2026`.
    public String words() {
      return Figures.days(from, to);
    }

    /// In an address: `30-days`.
    private String word() {
      return name.toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    private boolean sameDays(Span other) {
      return from.equals(other.from) && to.equals(other.to);
    }
  }

  /// Something that the page is only about.
  ///
  /// @param without the page without that
  public record Chip(String kind, String value, String without) {}

  public static Picker of(Call call, TimeRange range, ZoneId place) {
    return of(call, range.from(), range.to(), place);
  }

  public static Picker of(Call call, Instant from, Instant to, ZoneId place) {
    return new Picker(
        Address.of(call.uri()),
        LocalDate.ofInstant(from, place),
        LocalDate.ofInstant(to.minusSeconds(1), place),
        LocalDate.ofInstant(call.now(), place),
        place.getId());
  }

  /// What a page is about that is of all time where nobody says anything else.
  public static Picker ofAllTime(Call call, TimeRange range, ZoneId place) {
    Picker picker = of(call, range, place);
    boolean all = picker.here.value("from").isEmpty() && picker.here.value("to").isEmpty();
    return all ? new Picker(picker.here, null, picker.latest, picker.latest, picker.zone) : picker;
  }

  /// What is kept of a page's address by links to others.
  public static Address kept(String uri) {
    return Address.of(uri).only(SCOPE);
  }

  /// The sessions behind the figures of this page, the most expensive first.
  public Address sessions() {
    return about().at("/sessions").with("sort", "cost");
  }

  /// A page about the same, whichever that is.
  public Address about() {
    Address kept = here.only(SCOPE);
    return from == null || !here.value("from").isEmpty() || !here.value("to").isEmpty()
        ? kept
        : kept.with("from", from.toString()).with("to", to.toString());
  }

  public List<Span> spans() {
    LocalDate first = latest.withDayOfMonth(1);
    LocalDate yesterday = latest.minusDays(1);
    return List.of(
        new Span("Today", latest, latest),
        new Span("Yesterday", yesterday, yesterday),
        new Span("7 days", latest.minusDays(6), latest),
        new Span("30 days", latest.minusDays(29), latest),
        new Span("This month", first, latest),
        new Span("Last month", first.minusMonths(1), first.minusDays(1)),
        new Span("12 months", first.minusMonths(11), latest));
  }

  /// The page of another period.
  public String link(Span span) {
    Address days =
        here.without("step", "after", SPAN)
            .with("from", span.from().toString())
            .with("to", span.to().toString());
    boolean alone = spans().stream().filter(span::sameDays).count() <= 1;
    return (alone ? days : days.with(SPAN, span.word())).text();
  }

  /// At most one: of several with these days that which the address names, else the last of them:
  /// the month.
  public boolean chosen(Span span) {
    List<Span> fitting =
        spans().stream().filter(each -> each.from().equals(from) && each.to().equals(to)).toList();
    return !fitting.isEmpty()
        && span.equals(
            fitting.stream()
                .filter(each -> each.word().equals(here.value(SPAN)))
                .findFirst()
                .orElse(fitting.getLast()));
  }

  /// The period before, as long as this one; a month before a month.
  public @Nullable Span previous() {
    return from == null ? null : shifted(-1);
  }

  /// The one after it; null where it has not begun.
  public @Nullable Span next() {
    Span next = from == null ? null : shifted(1);
    return next == null || next.from().isAfter(latest) ? null : next;
  }

  private Span shifted(int by) {
    LocalDate begin = from == null ? to : from;
    boolean month =
        begin.getDayOfMonth() == 1
            && (to.plusDays(1).equals(begin.plusMonths(1))
                || (to.equals(latest) && to.isBefore(begin.plusMonths(1))));
    if (month) {
      LocalDate first = begin.plusMonths(by);
      LocalDate last = first.plusMonths(1).minusDays(1);
      return new Span("month", first, last.isAfter(latest) && by > 0 ? latest : last);
    }
    long days = ChronoUnit.DAYS.between(begin, to) + 1;
    return new Span("period", begin.plusDays(by * days), to.plusDays(by * days));
  }

  /// `1–29 Nov 2026`.
  public String period() {
    return from == null ? "All time" : Figures.days(from, to);
  }

  public List<Chip> chips() {
    return here.parameters().stream()
        .filter(parameter -> OF.contains(parameter.name()) && !parameter.value().isEmpty())
        .map(
            parameter ->
                new Chip(
                    parameter.name().substring(0, 1).toUpperCase(Locale.ROOT)
                        + parameter.name().substring(1),
                    parameter.name().equals("model")
                        ? ModelName.words(parameter.value())
                        : Escaped.name(parameter.value()),
                    without(parameter.name())))
        .toList();
  }

  /// A page that is about one thing is the overview without that.
  private String without(String name) {
    Address rest = here.without(name, "after");
    return (here.path().equals("/" + name) ? rest.at("/") : rest).text();
  }

  /// What a choice of other days keeps.
  public List<Address.Parameter> kept() {
    return here.without("from", "to", SPAN, "step", "after").parameters();
  }
}
