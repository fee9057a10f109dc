package dev.claudometer.export.fleet;

import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.DeviceNames;
import dev.claudometer.export.scrape.Distributions;
import dev.claudometer.export.scrape.Gathering;
import dev.claudometer.export.scrape.MeterCache;
import dev.claudometer.metric.Family;
import dev.claudometer.metric.Fleet;
import dev.claudometer.metric.Own;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.store.meter.Meter;
import dev.claudometer.store.meter.MeterReading;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What all machines have used since ever.
public final class FleetMeters implements Collector {

  private final MeterCache meters;
  private final DeviceNames names;

  public FleetMeters(MeterCache meters, DeviceNames names) {
    this.meters = meters;
    this.names = names;
  }

  @Override
  public String source() {
    return "meters";
  }

  @Override
  public void collect(Gathering into, Instant now) {
    meters.refresh();
    new ResponseMeters(meters, names).collect(into);
    each(into, Meter.SAVED, Fleet.CACHE_SAVINGS_USD_TOTAL);
    sessions(into);
    distributions(into);
    rest(into);
    new ClientSums(meters, names).collect(into);
    new BoardSums(meters, names).collect(into);
  }

  private void each(Gathering into, Meter meter, Family family) {
    for (MeterReading reading : meters.all(meter)) {
      String device = names.of(reading.device());
      Exact most = new Exact(reading.most(), meter.scale());
      switch (family.labels().size()) {
        case 1 -> into.add(family, most, device);
        case 2 -> into.add(family, most, device, reading.model() + reading.name());
        default -> into.add(family, most, device, reading.model(), reading.project().text());
      }
    }
  }

  private void sessions(Gathering into) {
    for (MeterReading sessions : meters.all(Meter.SESSIONS)) {
      String device = names.of(sessions.device());
      into.add(Fleet.SESSIONS_TOTAL, Exact.of(sessions.most()), device, sessions.project().text());
      into.add(Fleet.TOTAL_SESSIONS, Exact.of(sessions.amount()), device);
      into.add(Fleet.PROJECT_SESSION_COUNT, Exact.of(sessions.amount()), sessions.project().text());
    }
    for (MeterReading last : meters.all(Meter.LAST_AT)) {
      into.add(
          Fleet.PROJECT_LAST_ACTIVITY_TIMESTAMP,
          new Exact(last.most(), 3),
          last.project().text(),
          names.of(last.device()));
    }
  }

  private void distributions(Gathering into) {
    requests(into, Meter.REQUEST_INPUT, "input");
    requests(into, Meter.REQUEST_OUTPUT, "output");
    Distributions.of(Meter.REQUEST_COST, meters.all(Meter.REQUEST_COST))
        .forEach(
            (of, value) ->
                into.add(Fleet.COST_PER_REQUEST_USD, value, names.of(of.device()), of.model()));
    for (Map.Entry<Meter, Family> session :
        List.of(
            Map.entry(Meter.SESSION_DURATION, Fleet.SESSION_DURATION_SECONDS),
            Map.entry(Meter.SESSION_RESPONSES, Fleet.REQUESTS_PER_SESSION),
            Map.entry(Meter.SESSION_COST, Fleet.COST_PER_SESSION_USD),
            Map.entry(Meter.SESSION_TOKENS, Fleet.TOKENS_PER_SESSION))) {
      Family family = session.getValue();
      Distributions.of(session.getKey(), meters.all(session.getKey()))
          .forEach(
              (of, value) -> {
                String device = names.of(of.device());
                if (family.labels().size() == 1) {
                  into.add(family, value, device);
                } else {
                  into.add(family, value, device, of.project().text());
                }
              });
    }
  }

  private void requests(Gathering into, Meter meter, String type) {
    Distributions.of(meter, meters.all(meter))
        .forEach(
            (of, value) ->
                into.add(Fleet.TOKENS_PER_REQUEST, value, names.of(of.device()), type, of.model()));
  }

  private void rest(Gathering into) {
    each(into, Meter.WEB_SEARCHES, Own.WEB_SEARCHES_TOTAL);
    each(into, Meter.WEB_FETCHES, Own.WEB_FETCHES_TOTAL);
    each(into, Meter.TOOL_CALLS, Own.TOOL_CALLS_TOTAL);
    each(into, Meter.STOP_REASONS, Own.STOP_REASONS_TOTAL);
    each(into, Meter.READ_BYTES, Own.PARSED_BYTES_TOTAL);
    each(into, Meter.DAMAGED_LINES, Own.DAMAGED_LINES_TOTAL);
    for (MeterReading files : meters.all(Meter.FILES)) {
      into.add(Own.TRANSCRIPT_FILES, Exact.of(files.amount()), names.of(files.device()));
    }
  }
}
