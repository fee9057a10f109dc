package dev.claudometer.report.whatif;

import dev.claudometer.model.Usd;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.report.limits.Plan;
import dev.claudometer.report.whatif.WhatIf.Row;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.FleetQueries.Standing;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageQueries;
import dev.claudometer.store.Where;
import dev.claudometer.usage.Totals;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Answers what the same usage would have cost.
public final class WhatIfAnswers {

  /// As much is read at a time.
  private static final Duration DAY = Duration.ofDays(1);

  private final UsageQueries store;
  private final Supplier<PriceBook> prices;
  private final PricedDays known = new PricedDays();

  public WhatIfAnswers(UsageQueries store, Supplier<PriceBook> prices) {
    this.store = store;
    this.prices = prices;
  }

  /// Each response priced again. Of responses that are no longer stored only sums are known: the
  /// answer begins after them. Whole days that have not changed since they were last priced by the
  /// same rule are remembered.
  public WhatIf replay(TimeRange range, Where where, Rule rule) {
    TimeRange kept = kept(range);
    PriceBook book = prices.get();
    Standing standing = store.standing();
    var asked = new PricedDays.Asked(standing.store() + standing.generation(), rule, where, book);
    var all = new Replay(rule, book);
    Instant day = kept.from().truncatedTo(ChronoUnit.DAYS);
    for (; day.isBefore(kept.to()); day = day.plus(DAY)) {
      var whole = new TimeRange(day, day.plus(DAY));
      TimeRange part = within(kept, whole);
      all.add(
          part.equals(whole)
              ? known.of(asked, day, store.stored(whole), () -> replayed(whole, where, rule, book))
              : replayed(part, where, rule, book));
    }
    return all.answer(kept);
  }

  private static TimeRange within(TimeRange range, TimeRange day) {
    return new TimeRange(
        later(range.from(), day.from()), range.to().isBefore(day.to()) ? range.to() : day.to());
  }

  private Replay replayed(TimeRange range, Where where, Rule rule, PriceBook book) {
    var replay = new Replay(rule, book);
    store.uses(range, where).forEach(replay::add);
    return replay;
  }

  /// The part of a range that has responses and still has them stored.
  private TimeRange kept(TimeRange range) {
    TimeRange extent = store.extent();
    if (extent == null) {
      return new TimeRange(range.from(), range.from());
    }
    Instant from = later(later(range.from(), extent.from()), store.standing().horizon());
    Instant to = range.to().isBefore(extent.to()) ? range.to() : extent.to();
    return new TimeRange(from, from.isBefore(to) ? to : from);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /// What a plan costs in the months of a range, beside what was used in them at list prices.
  public WhatIf plan(TimeRange range, Where where, Plan plan, ZoneId zone) {
    TimeRange extent = store.extent();
    List<Row> months = new ArrayList<>();
    Row all = Row.of("", 0, Usd.ZERO, Usd.ZERO);
    long unpriced = 0;
    if (extent != null) {
      Instant from = later(range.from(), extent.from());
      Instant to = range.to().isBefore(extent.to()) ? range.to() : extent.to();
      YearMonth month = YearMonth.from(from.atZone(zone));
      for (; start(month, zone).isBefore(to); month = month.plusMonths(1)) {
        Instant begin = later(start(month, zone), range.from());
        Instant next = start(month.plusMonths(1), zone);
        Totals used =
            totals(new TimeRange(begin, next.isBefore(range.to()) ? next : range.to()), where);
        months.add(Row.of(month.toString(), used.responses(), used.calculated(), plan.price()));
        all = sum(all, months.getLast());
        unpriced += used.unpriced();
      }
    }
    return new WhatIf(
        range.from(),
        range.to(),
        "the plan " + plan.title() + ", $" + plan.price().dollars().toPlainString() + " a month",
        unsaid(range, zone),
        all.responses(),
        unpriced,
        all.cost(),
        all.costThen(),
        all.costDifference(),
        months.size(),
        months,
        List.of(),
        all.costDifference());
  }

  /// What a plan's price beside list prices does not tell.
  private static String unsaid(TimeRange range, ZoneId zone) {
    String limits =
        "Whether its limits would have been enough, nobody can tell from tokens: see claudometer"
            + " limits --why.";
    return beginsMonth(range.from(), zone) && beginsMonth(range.to(), zone)
        ? limits
        : limits
            + " A month that is only in part in the period stands beside the plan's price of a"
            + " whole month.";
  }

  /// The ends of all time begin no month, and cut none.
  private static boolean beginsMonth(Instant at, ZoneId zone) {
    return at.equals(TimeRange.ALL.from())
        || at.equals(TimeRange.ALL.to())
        || at.equals(start(YearMonth.from(at.atZone(zone)), zone));
  }

  private static Row sum(Row one, Row other) {
    return Row.of(
        "",
        one.responses() + other.responses(),
        one.cost().plus(other.cost()),
        one.costThen().plus(other.costThen()));
  }

  private static Instant start(YearMonth month, ZoneId zone) {
    return month.atDay(1).atStartOfDay(zone).toInstant();
  }

  private Totals totals(TimeRange range, Where where) {
    return store.sums(range, where, Set.<Dimension>of()).stream()
        .map(slice -> slice.totals())
        .reduce(Totals.ZERO, Totals::plus);
  }
}
