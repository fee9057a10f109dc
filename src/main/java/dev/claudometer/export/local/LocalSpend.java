package dev.claudometer.export.local;

import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.Gathering;
import dev.claudometer.export.scrape.MeterCache;
import dev.claudometer.metric.Family;
import dev.claudometer.metric.Local;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.model.Usd;
import dev.claudometer.store.meter.Meter;
import dev.claudometer.store.meter.MeterQueries;
import dev.claudometer.store.meter.MeterReading;
import java.time.Duration;
import java.time.Instant;

/// What one machine has spent, and what its caches saved. Uses the meters as they were read last.
final class LocalSpend implements Collector {

  private final MeterQueries store;
  private final MeterCache meters;

  LocalSpend(MeterQueries store, MeterCache meters) {
    this.store = store;
    this.meters = meters;
  }

  @Override
  public String source() {
    return "spend";
  }

  @Override
  public void collect(Gathering into, Instant now) {
    into.add(Local.HOURLY_SPEND_USD, since(now.minus(Duration.ofHours(1))));
    into.add(Local.DAILY_SPEND_USD, since(now.minus(Duration.ofDays(1))));
    for (MeterCache.Row row : meters.rows()) {
      if (row.used() && row.priced()) {
        Exact cost = new Exact(row.of(Meter.COST).most(), 9);
        into.add(Local.COST_USD, cost, row.model(), row.project().text());
      }
      told(into, Local.CONTRACT_COST_USD, row, Meter.UNDER_CONTRACT, Meter.CONTRACT);
      told(into, Local.THINKING_TOKENS, row, Meter.THINKING_TOLD, Meter.THINKING);
      told(into, Local.RESPONSE_PARTS, row, Meter.PARTS, Meter.PARTS);
    }
    for (MeterReading saved : meters.all(Meter.SAVED)) {
      into.add(Local.CACHE_SAVINGS_USD, new Exact(saved.most(), 9), saved.model());
    }
  }

  /// There is none where none has it.
  private static void told(
      Gathering into, Family family, MeterCache.Row row, Meter whether, Meter meter) {
    if (row.of(whether).most() > 0) {
      Exact most = new Exact(row.of(meter).most(), meter.scale());
      into.add(family, most, row.model(), row.project().text());
    }
  }

  private Exact since(Instant from) {
    long nanos = store.spend(from).values().stream().mapToLong(Usd::nanos).sum();
    return new Exact(nanos, 9);
  }
}
