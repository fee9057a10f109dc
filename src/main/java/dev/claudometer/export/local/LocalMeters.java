package dev.claudometer.export.local;

import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.Distributions;
import dev.claudometer.export.scrape.Gathering;
import dev.claudometer.export.scrape.MeterCache;
import dev.claudometer.metric.Family;
import dev.claudometer.metric.Local;
import dev.claudometer.metric.Value.Distribution;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.model.ActivityKind;
import dev.claudometer.report.EarlierDays;
import dev.claudometer.store.meter.Meter;
import dev.claudometer.store.meter.MeterReading;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/// What one machine has used since ever. Uses the meters as they were read last.
final class LocalMeters implements Collector {

  private final MeterCache meters;
  private final Supplier<EarlierDays> earlier;

  LocalMeters(MeterCache meters, Supplier<EarlierDays> earlier) {
    this.meters = meters;
    this.earlier = earlier;
  }

  @Override
  public String source() {
    return "totals";
  }

  @Override
  public void collect(Gathering into, Instant now) {
    byModel(into, Local.INPUT_TOKENS, Meter.INPUT);
    byModel(into, Local.OUTPUT_TOKENS, Meter.OUTPUT);
    byModel(into, Local.CACHE_READ_TOKENS, Meter.CACHE_READ);
    byModel(into, Local.CACHE_CREATION_TOKENS, Meter.CACHE_WRITE);
    Exact told = Exact.of(earlier.get().sessions());
    Local.SESSIONS.forEach(
        family -> {
          total(into, family, Meter.SESSIONS);
          into.add(family, told);
        });
    Local.MESSAGES.forEach(family -> total(into, family, Meter.RESPONSES));
    total(into, Local.WEB_SEARCHES, Meter.WEB_SEARCHES);
    total(into, Local.WEB_FETCHES, Meter.WEB_FETCHES);
    byName(into, Local.TOOL_USE, Meter.TOOL_CALLS);
    byName(into, Local.STOP_REASON, Meter.STOP_REASONS);
    activities(into, Local.API_ERRORS, ActivityKind.API_ERROR);
    activities(into, Local.API_RETRIES, ActivityKind.API_RETRY);
    activities(into, Local.COMPACT_EVENTS, ActivityKind.COMPACTION);
    distribution(into, Local.TURN_DURATION_SECONDS, Meter.TURN_DURATION);
    distribution(into, Local.COMPACT_PRE_TOKENS, Meter.COMPACTED_TOKENS);
  }

  private void byModel(Gathering into, List<Family> families, Meter meter) {
    for (MeterCache.Row row : meters.rows()) {
      if (row.used()) {
        Exact tokens = Exact.of(row.of(meter).amount());
        families.forEach(family -> into.add(family, tokens, row.model()));
      }
    }
  }

  private void total(Gathering into, Family family, Meter meter) {
    into.add(family, Exact.of(0));
    meters.all(meter).forEach(reading -> into.add(family, Exact.of(reading.amount())));
  }

  private void byName(Gathering into, Family family, Meter meter) {
    meters
        .all(meter)
        .forEach(reading -> into.add(family, Exact.of(reading.amount()), reading.name()));
  }

  private void activities(Gathering into, Family family, ActivityKind kind) {
    into.add(family, Exact.of(0));
    for (MeterReading reading : meters.all(Meter.ACTIVITIES)) {
      if (reading.name().equals(kind.name())) {
        into.add(family, Exact.of(reading.amount()));
      }
    }
  }

  private void distribution(Gathering into, Family family, Meter meter) {
    List<Long> none = Collections.nCopies(meter.bounds().size() + 1, 0L);
    into.add(family, new Distribution(none, new Exact(0, meter.scale())));
    Distributions.of(meter, meters.all(meter)).values().forEach(value -> into.add(family, value));
  }
}
