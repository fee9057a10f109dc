package dev.claudometer.export.bill;

import static java.time.ZoneOffset.UTC;

import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.Gathering;
import dev.claudometer.metric.Organization;
import dev.claudometer.metric.OrganizationPeer;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.Measure;
import dev.claudometer.report.bill.BillAnswers;
import dev.claudometer.report.bill.BillNames;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.bill.BilledSum;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What an organisation used and was billed today (UTC), and on the days before. Of a day that a
/// report does not reach yet, or that fails for a while, nothing is told; of one that it reaches, a
/// group without usage has none, and one whose usage is in no cost report costs nobody knows what.
final class BillToday implements Collector {

  private static final Duration DAY = Duration.ofDays(1);
  private static final int DAYS = 31;

  private static final Comparator<BilledSum> ORDER =
      Comparator.comparing(BilledSum::at)
          .thenComparing(sum -> sum.group().named(BilledDimension.WORKSPACE));

  private final BillCache cache;
  private final OrganizationPeer peer;
  private final BillTotals totals;
  private final Map<BilledReport, Map<BilledGroup, BilledAmounts>> today =
      new EnumMap<>(BilledReport.class);
  private List<BilledSum> days = List.of();
  private int version;

  /// @param totals read before in the same scrape
  BillToday(BillCache cache, OrganizationPeer peer, BillTotals totals) {
    this.cache = cache;
    this.peer = peer;
    this.totals = totals;
  }

  @Override
  public String source() {
    return "bill_today";
  }

  @Override
  public void collect(Gathering into, Instant now) {
    if (version != cache.version()) {
      read();
      version = cache.version();
    }
    BillNames names = cache.names();
    of(BilledReport.MESSAGES, now)
        .forEach((group, sum) -> BillTotals.tokens(into, peer.tokensCurrent(), names, group, sum));
    of(BilledReport.REQUESTS, now)
        .forEach(
            (group, sum) -> BillTotals.requests(into, peer.requestsCurrent(), names, group, sum));
    of(BilledReport.COST, now)
        .forEach((group, sum) -> BillTotals.cost(into, peer.costCurrent(), names, group, sum));
    days.forEach(day -> day(into, names, day));
  }

  private Map<BilledGroup, BilledAmounts> of(BilledReport report, Instant now) {
    return cache.fresh(report, now) ? today.getOrDefault(report, Map.of()) : Map.of();
  }

  private void read() {
    var answers = new BillAnswers(cache.billing());
    today.clear();
    for (BillCounter counter : List.of(totals.keys(), totals.requests(), totals.bills())) {
      today.put(
          counter.report(),
          answers.day(counter.report(), cache.today(), counter.by(), counter.told()));
    }
    LocalDate last = cache.today();
    var range = new TimeRange(begin(last.minusDays(DAYS - 1)), begin(last.plusDays(1)));
    days =
        cache
            .billing()
            .sums(BilledReport.COST, range, DAY, Set.of(BilledDimension.WORKSPACE))
            .stream()
            .sorted(ORDER)
            .toList();
  }

  private static Instant begin(LocalDate day) {
    return day.atStartOfDay(UTC).toInstant();
  }

  private static void day(Gathering into, BillNames names, BilledSum day) {
    Long cost = day.amounts().of(Measure.COST);
    if (cost != null) {
      BillNames.IdAndName workspace = names.workspace(day.group());
      into.add(
          Organization.DAILY_COST_USD,
          new Exact(cost, 9),
          day.at().atZone(UTC).toLocalDate().toString(),
          workspace.id(),
          workspace.name());
    }
  }
}
