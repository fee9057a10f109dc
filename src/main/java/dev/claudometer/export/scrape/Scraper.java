package dev.claudometer.export.scrape;

import dev.claudometer.metric.Family;
import dev.claudometer.metric.Own;
import dev.claudometer.metric.Samples;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.model.Cause;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Runs all collectors and puts what they bring in the order of the catalogue.
public final class Scraper {

  private static final System.Logger LOG = System.getLogger("claudometer.scrape");

  /// Series of one family; the next ones are folded. Prometheus itself bears a few million.
  public static final int USUAL_LIMIT = 50_000;

  private final List<Family> families;
  private final List<Collector> collectors;
  private final InstantSource clock;
  private final int limit;
  private final Map<String, Integer> sizes = new HashMap<>();
  private final Map<String, Long> folded = new TreeMap<>();

  /// @param families what is served, in this order: what collectors bring besides is dropped
  public Scraper(
      List<Family> families, List<Collector> collectors, InstantSource clock, int limit) {
    this.families = List.copyOf(families);
    this.collectors = List.copyOf(collectors);
    this.clock = clock;
    this.limit = limit;
  }

  /// Everything as it is now. A family without series is in it, too.
  public synchronized List<Samples> scrape() {
    Instant now = clock.instant();
    Map<String, Samples> collected = new HashMap<>();
    var own = new Gathering(limit, sizes, families);
    for (Collector collector : collectors) {
      long began = System.nanoTime();
      boolean up = collect(collector, now, collected);
      own.add(Own.SOURCE_UP, Exact.of(up ? 1 : 0), collector.source());
      own.add(
          Own.SCRAPE_DURATION_SECONDS,
          new Exact((System.nanoTime() - began) / 1000, 6),
          collector.source());
    }
    folded.forEach((family, count) -> own.add(Own.FOLDED_SERIES_TOTAL, Exact.of(count), family));
    own.samples().forEach(samples -> collected.put(samples.family().name(), samples));
    collected.forEach((family, samples) -> sizes.put(family, samples.series().size()));
    return inOrder(collected);
  }

  private boolean collect(Collector collector, Instant now, Map<String, Samples> collected) {
    var gathering = new Gathering(limit, sizes, families);
    try {
      collector.collect(gathering, now);
    } catch (RuntimeException failure) {
      LOG.log(
          System.Logger.Level.WARNING,
          "no metrics of " + collector.source() + " this time: " + Cause.of(failure));
      return false;
    }
    gathering.folded().forEach((family, count) -> folded.merge(family, count, Long::sum));
    gathering.samples().forEach(samples -> collected.put(samples.family().name(), samples));
    return true;
  }

  private List<Samples> inOrder(Map<String, Samples> collected) {
    return families.stream()
        .map(family -> collected.getOrDefault(family.name(), new Samples(family, List.of())))
        .toList();
  }
}
