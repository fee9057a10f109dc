package dev.claudometer.server.web.frame;

import dev.claudometer.report.Beginnings;
import dev.claudometer.report.RollingPeriod;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.web.table.Address;
import dev.claudometer.server.web.table.Escaped;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.ModelName;
import dev.claudometer.store.TimeRange;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a page is about: a period, and what of it. It stands in the address, and links to other
/// pages keep it.
///
/// @param here the page's address
/// @param from first day; null for all time
/// @param to last day
/// @param latest the last day that there is something to see of
/// @param beginnings of weeks and billing months
public record Picker(
    Address here,
    @Nullable LocalDate from,
    LocalDate to,
    LocalDate latest,
    String zone,
    Beginnings beginnings) {

  /// Those that stand in the bar; the others are behind it.
  private static final Set<RollingPeriod> IN_BAR =
      EnumSet.range(RollingPeriod.TODAY, RollingPeriod.LAST_MONTH);

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

    private boolean sameDays(Span other) {
      return from.equals(other.from) && to.equals(other.to);
    }
  }

  /// Something that the page is only about.
  ///
  /// @param without the page without that
  public record Chip(String kind, String value, String without) {}

  public static Picker of(Call call, TimeRange range, ZoneId place, Beginnings beginnings) {
    return of(call, range.from(), range.to(), place, beginnings);
  }

  public static Picker of(
      Call call, Instant from, Instant to, ZoneId place, Beginnings beginnings) {
    return new Picker(
        Address.of(call.uri()),
        LocalDate.ofInstant(from, place),
        LocalDate.ofInstant(to.minusSeconds(1), place),
        LocalDate.ofInstant(call.now(), place),
        place.getId(),
        beginnings);
  }

  /// What a page is about that is of all time where nobody says anything else.
  public static Picker ofAllTime(Call call, TimeRange range, ZoneId place, Beginnings beginnings) {
    Picker picker = of(call, range, place, beginnings);
    boolean all = picker.here.value("from").isEmpty() && picker.here.value("to").isEmpty();
    return all ? picker.ofAllTime() : picker;
  }

  private Picker ofAllTime() {
    return new Picker(here, null, latest, latest, zone, beginnings);
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

  /// Periods that stand in the bar.
  public List<Span> spans() {
    return kinds().filter(IN_BAR::contains).map(this::span).toList();
  }

  /// Periods behind it.
  public List<Span> others() {
    return kinds().filter(kind -> !IN_BAR.contains(kind)).map(this::span).toList();
  }

  private Stream<RollingPeriod> kinds() {
    return RollingPeriod.all(beginnings).stream();
  }

  private Span span(RollingPeriod kind) {
    return new Span(kind.title(), kind.from(latest, beginnings), kind.to(latest, beginnings));
  }

  /// The page of another period.
  public String link(Span span) {
    Address days =
        here.without("step", "after", SPAN)
            .with("from", span.from().toString())
            .with("to", span.to().toString());
    List<RollingPeriod> alike = kinds().filter(kind -> span(kind).sameDays(span)).toList();
    return alike.stream()
        .filter(kind -> alike.size() > 1 && kind.title().equals(span.name()))
        .findFirst()
        .map(kind -> days.with(SPAN, kind.word()))
        .orElse(days)
        .text();
  }

  public boolean chosen(Span span) {
    RollingPeriod kind = kind();
    return kind != null && kind.title().equals(span.name());
  }

  /// At most one: of several with these days that which the address names, else the last in the
  /// bar: the month.
  private @Nullable RollingPeriod kind() {
    List<RollingPeriod> fitting =
        kinds()
            .filter(kind -> span(kind).from().equals(from) && span(kind).to().equals(to))
            .toList();
    return fitting.stream()
        .filter(kind -> kind.word().equals(here.value(SPAN)))
        .findFirst()
        .or(() -> fitting.reversed().stream().filter(IN_BAR::contains).findFirst())
        .or(() -> fitting.stream().findFirst())
        .orElse(null);
  }

  /// What the choice of other periods is called: the chosen one, where it is one of them.
  public String otherName() {
    RollingPeriod kind = kind();
    if (kind != null) {
      return IN_BAR.contains(kind) ? "" : kind.title();
    }
    return from == null ? "" : "Other days";
  }

  /// The period before, as long as this one; a month before a month.
  public @Nullable Span previous() {
    return from == null ? null : shifted(from, -1);
  }

  /// The one after it; null where it has not begun.
  public @Nullable Span next() {
    Span next = from == null ? null : shifted(from, 1);
    return next == null || next.from().isAfter(latest) ? null : next;
  }

  private Span shifted(LocalDate begin, int by) {
    LocalDate first = begin(begin, by);
    LocalDate last = begin(begin, by + 1).minusDays(1);
    return new Span("", first, last.isAfter(latest) && by > 0 ? latest : last);
  }

  /// Where the period that many later begins. Of what has only run a part so far, the others are
  /// whole.
  private LocalDate begin(LocalDate begin, int later) {
    RollingPeriod kind = kind();
    if (kind == RollingPeriod.THIS_WEEK) {
      return begin.plusWeeks(later);
    }
    int months = kind == null ? months(begin) : kind.months();
    if (months == 0) {
      return begin.plusDays(later * (ChronoUnit.DAYS.between(begin, to) + 1));
    }
    YearMonth month = YearMonth.from(begin).plusMonths((long) later * months);
    return begin.getDayOfMonth() == 1 ? month.atDay(1) : beginnings.in(month);
  }

  /// How many whole months, or billing months, these days are; 0 where they are not.
  private int months(LocalDate begin) {
    LocalDate end = to.plusDays(1);
    boolean whole = begin.getDayOfMonth() == 1 && end.getDayOfMonth() == 1;
    boolean billed =
        begin.equals(beginnings.in(YearMonth.from(begin)))
            && end.equals(beginnings.in(YearMonth.from(end)));
    return whole || billed
        ? (int) ChronoUnit.MONTHS.between(YearMonth.from(begin), YearMonth.from(end))
        : 0;
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
