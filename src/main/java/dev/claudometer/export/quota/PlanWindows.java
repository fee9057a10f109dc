package dev.claudometer.export.quota;

import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.DeviceNames;
import dev.claudometer.export.scrape.Gathering;
import dev.claudometer.metric.Own;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.metric.Value.Real;
import dev.claudometer.model.LimitReading;
import dev.claudometer.store.meter.MeterQueries;
import java.time.Instant;

/// How full plan windows are.
public final class PlanWindows implements Collector {

  private final MeterQueries store;
  private final DeviceNames names;

  public PlanWindows(MeterQueries store, DeviceNames names) {
    this.store = store;
    this.names = names;
  }

  @Override
  public String source() {
    return "limits";
  }

  @Override
  public void collect(Gathering into, Instant now) {
    store
        .limits()
        .forEach(
            (device, readings) ->
                readings.forEach(reading -> add(into, names.of(device), reading, now)));
  }

  private static void add(Gathering into, String device, LimitReading reading, Instant now) {
    String window = reading.window();
    into.add(Own.PLAN_WINDOW_READ, new Exact(reading.at().toEpochMilli(), 3), device, window);
    Instant resetsAt = reading.resetsAt();
    if (!reading.over(now)) {
      into.add(Own.PLAN_WINDOW_USED_RATIO, new Real(reading.utilization()), device, window);
    }
    if (resetsAt != null) {
      into.add(Own.PLAN_WINDOW_RESET, new Exact(resetsAt.toEpochMilli(), 3), device, window);
    }
  }
}
