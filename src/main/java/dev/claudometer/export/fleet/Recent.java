package dev.claudometer.export.fleet;

import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.DeviceNames;
import dev.claudometer.export.scrape.Gathering;
import dev.claudometer.export.scrape.MeterCache;
import dev.claudometer.metric.Fleet;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.metric.Value.Quantile;
import dev.claudometer.metric.Value.Quantiles;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.Usd;
import dev.claudometer.store.meter.Meter;
import dev.claudometer.store.meter.MeterQueries;
import dev.claudometer.store.meter.MeterReading;
import dev.claudometer.store.registry.Device;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was spent in the last hour and day, and how fast responses follow each other.
final class Recent implements Collector {

  private static final double[] SHARES = {0.5, 0.9, 0.95, 0.99};

  private final MeterQueries store;
  private final MeterCache meters;
  private final DeviceNames names;

  Recent(MeterQueries store, MeterCache meters, DeviceNames names) {
    this.store = store;
    this.meters = meters;
    this.names = names;
  }

  /// Of a device in all.
  private static final class Life {
    private long responses;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
  }

  @Override
  public String source() {
    return "lately";
  }

  /// Uses the meters as they were read last.
  @Override
  public void collect(Gathering into, Instant now) {
    Map<DeviceId, Usd> hour = store.spend(now.minus(Duration.ofHours(1)));
    Map<DeviceId, Usd> day = store.spend(now.minus(Duration.ofDays(1)));
    for (Device device : names.all()) {
      into.add(Fleet.HOURLY_SPEND_USD, dollars(hour, device.id()), device.name());
      into.add(Fleet.DAILY_SPEND_USD, dollars(day, device.id()), device.name());
    }
    Map<DeviceId, List<Long>> pauses = store.pauses(now.minus(Duration.ofHours(1)));
    lives()
        .forEach(
            (device, life) ->
                into.add(
                    Fleet.REQUEST_INTERVAL_SECONDS,
                    new Quantiles(
                        quantiles(pauses.getOrDefault(device, List.of())),
                        life.responses - 1,
                        new Exact(life.last - life.first, 3)),
                    names.of(device)));
  }

  private static Exact dollars(Map<DeviceId, Usd> spend, DeviceId device) {
    return new Exact(spend.getOrDefault(device, Usd.ZERO).nanos(), 9);
  }

  /// The pauses between all responses add up to the time from the first to the last.
  private Map<DeviceId, Life> lives() {
    Map<DeviceId, Life> lives = new LinkedHashMap<>();
    for (MeterReading responses : meters.all(Meter.RESPONSES)) {
      lives.computeIfAbsent(responses.device(), _ -> new Life()).responses += responses.most();
    }
    for (MeterReading first : meters.all(Meter.FIRST_AT)) {
      Life life = lives.computeIfAbsent(first.device(), _ -> new Life());
      life.first = Math.min(life.first, -first.most());
    }
    for (MeterReading last : meters.all(Meter.LAST_AT)) {
      Life life = lives.computeIfAbsent(last.device(), _ -> new Life());
      life.last = Math.max(life.last, last.most());
    }
    lives.values().removeIf(life -> life.responses == 0 || life.last < life.first);
    return lives;
  }

  private static List<Quantile> quantiles(List<Long> pauses) {
    List<Long> sorted = pauses.stream().sorted().toList();
    List<Quantile> quantiles = new ArrayList<>();
    if (!sorted.isEmpty()) {
      for (double share : SHARES) {
        int rank = (int) Math.ceil(share * sorted.size()) - 1;
        quantiles.add(new Quantile(share, sorted.get(Math.max(0, rank)) / 1000.0));
      }
    }
    return quantiles;
  }
}
