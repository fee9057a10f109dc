package dev.claudometer.server.api;

import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.Gathering;
import dev.claudometer.metric.Own;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.server.api.devices.Intakes;
import java.time.Instant;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/// What this server tells of itself.
final class ProcessMetrics implements Collector {

  private final Intakes intakes;
  private final LongSupplier bytes;
  private final String version;

  ProcessMetrics(Intakes intakes, LongSupplier bytes, String version) {
    this.intakes = intakes;
    this.bytes = bytes;
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
    into.add(Own.DATABASE_BYTES, Exact.of(bytes.getAsLong()));
  }
}
