package dev.claudometer.export.scrape;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.ProjectName;
import dev.claudometer.store.meter.Meter;
import dev.claudometer.store.meter.MeterQueries;
import dev.claudometer.store.meter.MeterReading;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All meters, read once; after that only those that have changed. Used by one scrape at a time.
public final class MeterCache {

  private static final MeterReading NOTHING =
      new MeterReading(Meter.RESPONSES, DeviceId.THIS, ProjectName.NONE, "", "", 0, 0, 0);

  private final MeterQueries store;
  private final Map<Meter, Map<Key, MeterReading>> readings = new EnumMap<>(Meter.class);
  private final Map<Key, Row> rows = new LinkedHashMap<>();
  private long revision = -1;

  private record Key(DeviceId device, ProjectName project, String model, String name, long part) {}

  public MeterCache(MeterQueries store) {
    this.store = store;
  }

  public void refresh() {
    MeterQueries.Meters changes = store.meters(revision);
    for (MeterReading reading : changes.readings()) {
      var key =
          new Key(
              reading.device(), reading.project(), reading.model(), reading.name(), reading.part());
      of(reading.meter()).put(key, reading);
      if (reading.meter().kind() == Meter.Kind.SUM) {
        rows.computeIfAbsent(key, _ -> new Row(key)).put(reading);
      }
    }
    revision = changes.revision();
  }

  private Map<Key, MeterReading> of(Meter meter) {
    return readings.computeIfAbsent(meter, _ -> new LinkedHashMap<>());
  }

  /// In the order in which they began.
  public Collection<MeterReading> all(Meter meter) {
    return of(meter).values();
  }

  /// The sums of each combination of device, project and model, in the order in which they began.
  public Collection<Row> rows() {
    return rows.values();
  }

  /// What the meters say of one combination.
  public static final class Row {

    /// One of them moves with whatever is billed: a model that only had parts in the responses of
    /// others has no response of its own.
    private static final List<Meter> USE =
        List.of(
            Meter.RESPONSES,
            Meter.INPUT,
            Meter.OUTPUT,
            Meter.CACHE_WRITE,
            Meter.CACHE_READ,
            Meter.COST,
            Meter.UNPRICED);

    private final Key key;
    private final Map<Meter, MeterReading> readings = new EnumMap<>(Meter.class);

    private Row(Key key) {
      this.key = key;
    }

    public DeviceId device() {
      return key.device();
    }

    public ProjectName project() {
      return key.project();
    }

    public String model() {
      return key.model();
    }

    /// Whether anything was ever used.
    public boolean used() {
      return USE.stream().anyMatch(meter -> of(meter).most() > 0);
    }

    /// Whether a price was known for any of it: there is no cost of what nobody has a price for.
    public boolean priced() {
      return of(Meter.COST).most() > 0
          || of(Meter.UNPRICED).amount() < of(Meter.RESPONSES).amount();
    }

    /// Zero where the meter has never moved.
    public MeterReading of(Meter meter) {
      MeterReading reading = readings.get(meter);
      return reading == null ? NOTHING : reading;
    }

    private void put(MeterReading reading) {
      readings.put(reading.meter(), reading);
    }
  }
}
