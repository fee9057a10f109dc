package dev.claudometer.export.quota;

import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.Gathering;
import dev.claudometer.export.scrape.Scraper;
import dev.claudometer.metric.Family;
import dev.claudometer.metric.Own;
import dev.claudometer.metric.Quota;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.store.poll.Readings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What is told of quotas alone. They are those of accounts, wherever this runs: no device is
/// named.
///
/// @param polled names of the sources that are asked
/// @param more what else this process tells
public record LimitsExport(
    Readings readings, List<String> polled, String version, List<Collector> more) {

  private static final List<Family> FAMILIES =
      Stream.concat(
              Quota.ALL.stream(),
              Stream.of(
                  Own.BUILD_INFO,
                  Own.SOURCE_UP,
                  Own.SCRAPE_DURATION_SECONDS,
                  Own.FOLDED_SERIES_TOTAL,
                  Own.PUSHES_TOTAL,
                  Own.PUSHED_TIMESTAMP))
          .toList();

  /// Puts the collectors together.
  public Scraper scraper(InstantSource clock) {
    List<Collector> collectors = new ArrayList<>();
    collectors.add(new Quotas(readings, _ -> ""));
    collectors.add(new Polled(readings, polled));
    collectors.add(new Self(version));
    collectors.addAll(more);
    return new Scraper(FAMILIES, collectors, clock, Scraper.USUAL_LIMIT);
  }

  /// What the exporter tells of itself.
  private record Self(String version) implements Collector {

    @Override
    public String source() {
      return "exporter";
    }

    @Override
    public void collect(Gathering into, Instant now) {
      into.add(Own.BUILD_INFO, Exact.of(1), version);
    }
  }
}
