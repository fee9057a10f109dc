package dev.claudometer.export.scrape;

import java.time.Instant;

/// Asks one source for what its families are now.
public interface Collector {

  /// The value of the label `source`.
  String source();

  /// Adds the series. A collector that throws loses its own families, never those of others.
  void collect(Gathering into, Instant now);
}
