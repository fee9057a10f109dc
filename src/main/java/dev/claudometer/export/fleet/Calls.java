package dev.claudometer.export.fleet;

import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.DeviceNames;
import dev.claudometer.export.scrape.Gathering;
import dev.claudometer.metric.Own;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.store.Events;
import dev.claudometer.store.TimeRange;
import java.time.Instant;

/// Which calls telemetry told of, and whether transcripts tell of them too.
final class Calls implements Collector {

  private final Events store;
  private final DeviceNames names;

  Calls(Events store, DeviceNames names) {
    this.store = store;
    this.names = names;
  }

  @Override
  public String source() {
    return "telemetry";
  }

  @Override
  public void collect(Gathering into, Instant now) {
    store
        .told(TimeRange.ALL)
        .forEach(
            (device, told) -> {
              String name = names.of(device);
              into.add(Own.CALLS, Exact.of(told.joined()), name, "both");
              into.add(Own.CALLS, Exact.of(told.alone()), name, "telemetry");
              into.add(Own.CALLS, Exact.of(told.held()), name, "held");
            });
  }
}
