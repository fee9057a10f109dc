package dev.claudometer.server.api;

import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.Gathering;
import dev.claudometer.metric.Own;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.server.api.devices.Intakes;
import java.time.Instant;
import java.util.TreeMap;

/// What this server tells of itself.
final class ProcessMetrics implements Collector {

  private final Intakes intakes;
  private final Options.Stores stores;
  private final String version;

  ProcessMetrics(Intakes intakes, Options.Stores stores, String version) {
    this.intakes = intakes;
    this.stores = stores;
    this.version = version;
  }

  @Override
  public String source() {
    return "server";
  }

  @Override
  public void collect(Gathering into, Instant now) {
    into.add(Own.BUILD_INFO, Exact.of(1), version);
    new TreeMap<>(intakes.outcomes())
        .forEach((outcome, count) -> into.add(Own.INGEST_EVENTS_TOTAL, Exact.of(count), outcome));
    into.add(Own.INGEST_WAITING, Exact.of(intakes.waiting()));
    into.add(Own.INGEST_QUEUE_AGE_SECONDS, new Exact(intakes.longestWait().toMillis(), 3));
    into.add(Own.DATABASE_BYTES, Exact.of(stores.bytes().getAsLong()));
    into.add(Own.DATABASE_WRITABLE, Exact.of(stores.watch().state().writable() ? 1 : 0));
    into.add(Own.DATABASE_PUT_BACK_TOTAL, Exact.of(stores.usage().rollbacks()));
  }
}
