package dev.claudometer.server.api;

import static java.time.ZoneOffset.UTC;

import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.Gathering;
import dev.claudometer.metric.Own;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.model.Usd;
import dev.claudometer.reconcile.By;
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

/// What the bill of this month differs by, for scrapes. Nothing is told where nothing is known of a
/// bill. A bill is told by the hour: it is worked out every five minutes at most.
final class ReconcileMetrics implements Collector {

  private static final Duration PAUSE = Duration.ofMinutes(5);
  private static final int NANO = 9;

  private final Reconciler reconciler;
  private volatile @Nullable Made last;

  /// What was worked out last.
  private record Made(Instant at, Reconciliation answer) {}

  ReconcileMetrics(Reconciler reconciler) {
    this.reconciler = reconciler;
  }

  @Override
  public String source() {
    return "reconcile";
  }

  @Override
  public void collect(Gathering into, Instant now) {
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
    tell(into, "billed", billed);
  }

  private static void tell(Gathering into, String part, Usd amount) {
    into.add(Own.RECONCILED_USD, new Exact(amount.nanos(), NANO), part);
  }

  private Reconciliation answer(Instant now) {
    Made made = last;
    if (made == null || !made.at().plus(PAUSE).isAfter(now) || made.at().isAfter(now)) {
      Period month = Period.of(YearMonth.from(LocalDate.ofInstant(now, UTC)), UTC);
      made = new Made(now, reconciler.reconcile(month, By.MODEL, now));
      last = made;
    }
    return made.answer();
  }
}
