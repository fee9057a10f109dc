package dev.claudometer.export;

import dev.claudometer.store.Meter;
import dev.claudometer.store.MeterQueries;
import dev.claudometer.store.MeterReading;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// All meters, read once; after that only those that have changed. Used by one scrape at a time.
final class MeterCache {

  private static final MeterReading NOTHING =
      new MeterReading(Meter.RESPONSES, "", "", "", "", 0, 0, 0);

  private final MeterQueries store;
  private final Map<Meter, Map<Key, MeterReading>> readings = new EnumMap<>(Meter.class);
  private long revision = -1;

  private record Key(String device, String project, String model, String name, long part) {}

  MeterCache(MeterQueries store) {
    this.store = store;
  }

  void refresh() {
    MeterQueries.Meters changes = store.meters(revision);
    for (MeterReading reading : changes.readings()) {
      of(reading.meter())
          .put(
              new Key(
                  reading.device(),
                  reading.project(),
                  reading.model(),
                  reading.name(),
                  reading.part()),
              reading);
    }
    revision = changes.revision();
  }

  private Map<Key, MeterReading> of(Meter meter) {
    return readings.computeIfAbsent(meter, _ -> new LinkedHashMap<>());
  }

  /// In the order in which they began.
  Collection<MeterReading> all(Meter meter) {
    return of(meter).values();
  }

  /// What another meter says of what a reading tells of; zero where it has never moved.
  MeterReading beside(MeterReading other, Meter meter) {
    MeterReading reading =
        of(meter)
            .get(
                new Key(
                    other.device(), other.project(), other.model(), other.name(), other.part()));
    return reading == null ? NOTHING : reading;
  }
}
