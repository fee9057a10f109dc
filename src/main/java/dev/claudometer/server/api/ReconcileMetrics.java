package dev.claudometer.server.api;

import static java.time.ZoneOffset.UTC;

import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.Gathering;
import dev.claudometer.metric.Own;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.Usd;
import dev.claudometer.reconcile.By;
import dev.claudometer.reconcile.DifferenceCause;
import dev.claudometer.reconcile.Part;
import dev.claudometer.reconcile.Period;
import dev.claudometer.reconcile.Reconciler;
import dev.claudometer.reconcile.Reconciliation;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the bill of this month differs by, and whether closed months are sound, for scrapes. Of the
/// difference nothing is told where nothing is known of a bill; where it is, its unknown part is
/// told also where it is 0. It is worked out twice a minute at most, and every five minutes where
/// nothing new has been stored.
final class ReconcileMetrics implements Collector {

  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final List<String> REPORTS =
      List.of("adminapi/cost", "adminapi/messages", "adminapi/claude-code");
  private static final int NANO = 9;

  private final Options.Stores stores;
  private final Reconciler reconciler;
  private final SealWatch sealed;
  private volatile @Nullable Made last;

  /// What was worked out last.
  ///
  /// @param mark of what was stored then
  private record Made(Instant at, YearMonth month, String mark, Reconciliation answer) {

    boolean serves(YearMonth wanted, String now, Instant asked) {
      return month.equals(wanted)
          && !at.isAfter(asked)
          && at.plus(mark.equals(now) ? LONGEST : PAUSE).isAfter(asked);
    }
  }

  ReconcileMetrics(Options.Stores stores, Reconciler reconciler, SealWatch sealed) {
    this.stores = stores;
    this.reconciler = reconciler;
    this.sealed = sealed;
  }

  @Override
  public String source() {
    return "reconcile";
  }

  @Override
  public void collect(Gathering into, Instant now) {
    into.add(Own.BROKEN_SEALS, Exact.of(sealed.broken(now).size()));
    if (stores.billing().known(BilledReport.COST) == null) {
      return;
    }
    Reconciliation answer = answer(now);
    List<Part> parts = answer.parts();
    Usd billed = answer.billed().known();
    if (parts == null || billed == null) {
      return;
    }
    Usd counted = answer.counted().known();
    if (counted != null) {
      tell(into, "counted", counted);
    }
    parts.forEach(part -> tell(into, part.cause().key(), part.amount()));
    if (parts.stream().noneMatch(part -> part.cause() == DifferenceCause.UNKNOWN)) {
      tell(into, DifferenceCause.UNKNOWN.key(), Usd.ZERO);
    }
    tell(into, "billed", billed);
  }

  private static void tell(Gathering into, String part, Usd amount) {
    into.add(Own.RECONCILED_USD, new Exact(amount.nanos(), NANO), part);
  }

  private Reconciliation answer(Instant now) {
    YearMonth month = YearMonth.from(LocalDate.ofInstant(now, UTC));
    String mark = mark();
    Made made = last;
    if (made == null || !made.serves(month, mark, now)) {
      Reconciliation answer = reconciler.reconcile(Period.of(month, UTC), By.MODEL, now);
      made = new Made(now, month, mark, answer);
      last = made;
    }
    return made.answer();
  }

  /// The same as long as neither usage nor a report was stored.
  private String mark() {
    var mark = new StringBuilder(stores.usage().standing().version());
    REPORTS.forEach(report -> mark.append(' ').append(stores.billing().poll(report).done()));
    return mark.toString();
  }
}
