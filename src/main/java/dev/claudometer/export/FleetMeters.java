package dev.claudometer.export;

import dev.claudometer.export.Gathering.Gathered;
import dev.claudometer.metric.Family;
import dev.claudometer.metric.Fleet;
import dev.claudometer.metric.Own;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.metric.Value.Real;
import dev.claudometer.store.Meter;
import dev.claudometer.store.MeterReading;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What all machines have used since ever.
final class FleetMeters implements Collector {

  private static final Map<String, Meter> TYPES = types();

  private final MeterCache meters;
  private final DeviceNames names;

  FleetMeters(MeterCache meters, DeviceNames names) {
    this.meters = meters;
    this.names = names;
  }

  private static Map<String, Meter> types() {
    var types = new LinkedHashMap<String, Meter>();
    types.put("input", Meter.INPUT);
    types.put("output", Meter.OUTPUT);
    types.put("cache_creation", Meter.CACHE_WRITE);
    types.put("cache_read", Meter.CACHE_READ);
    return types;
  }

  private record Pair(String device, String model) {}

  @Override
  public String source() {
    return "meters";
  }

  @Override
  public void collect(Gathering into, Instant now) {
    meters.refresh();
    responses(into);
    cost(into);
    ratios(into);
    sessions(into);
    distributions(into);
    rest(into);
  }

  private void responses(Gathering into) {
    Gathered tokens = into.of(Fleet.TOKENS_TOTAL);
    Gathered cache = into.of(Fleet.CACHE_TOKENS_TOTAL);
    Gathered total = into.of(Fleet.TOTAL_TOKENS);
    for (MeterReading responses : meters.all(Meter.RESPONSES)) {
      String device = names.of(responses.device());
      String model = responses.model();
      String project = responses.project();
      Exact count = Exact.of(responses.most());
      into.add(Fleet.REQUESTS_TOTAL, count, device, model, "assistant", project);
      into.add(Fleet.MODEL_USAGE_TOTAL, count, model, device);
      TYPES.forEach(
          (type, meter) -> {
            tokens.add(Exact.of(meters.mostBeside(responses, meter)), device, type, model, project);
            total.add(Exact.of(meters.amountBeside(responses, meter)), device, type);
          });
      cache.add(Exact.of(meters.mostBeside(responses, Meter.CACHE_READ)), device, model, "read");
      cache.add(
          Exact.of(meters.mostBeside(responses, Meter.CACHE_WRITE)), device, model, "creation");
    }
  }

  private void cost(Gathering into) {
    for (MeterReading responses : meters.all(Meter.RESPONSES)) {
      long unpriced = meters.amountBeside(responses, Meter.UNPRICED);
      String device = names.of(responses.device());
      String model = responses.model();
      if (unpriced > 0) {
        into.add(Own.UNPRICED_RESPONSES, Exact.of(unpriced), device, model);
      }
      long amount = meters.amountBeside(responses, Meter.COST);
      long most = meters.mostBeside(responses, Meter.COST);
      if (most > 0 || unpriced < responses.amount()) {
        String project = responses.project();
        into.add(Fleet.COST_USD_TOTAL, new Exact(most, 9), device, model, project);
        into.add(Fleet.TOTAL_COST_USD, new Exact(amount, 9), device);
        into.add(Fleet.PROJECT_TOTAL_COST_USD, new Exact(amount, 9), project);
      }
    }
    each(into, Meter.SAVED, Fleet.CACHE_SAVINGS_USD_TOTAL);
  }

  private void each(Gathering into, Meter meter, Family family) {
    for (MeterReading reading : meters.all(meter)) {
      String device = names.of(reading.device());
      Exact most = new Exact(reading.most(), meter.scale());
      switch (family.labels().size()) {
        case 1 -> into.add(family, most, device);
        case 2 -> into.add(family, most, device, reading.model() + reading.name());
        default -> into.add(family, most, device, reading.model(), reading.project());
      }
    }
  }

  private void ratios(Gathering into) {
    Map<Pair, long[]> byModel = new LinkedHashMap<>();
    Map<String, long[]> byDevice = new LinkedHashMap<>();
    for (MeterReading responses : meters.all(Meter.RESPONSES)) {
      String device = names.of(responses.device());
      long[] sums = byModel.computeIfAbsent(new Pair(device, responses.model()), _ -> new long[4]);
      sums[0] += meters.amountBeside(responses, Meter.INPUT);
      sums[1] += meters.amountBeside(responses, Meter.OUTPUT);
      sums[2] += meters.amountBeside(responses, Meter.CACHE_WRITE);
      sums[3] += meters.amountBeside(responses, Meter.CACHE_READ);
      byDevice.computeIfAbsent(device, _ -> new long[2])[0] +=
          meters.amountBeside(responses, Meter.COST);
    }
    for (MeterReading saved : meters.all(Meter.SAVED)) {
      byDevice.computeIfAbsent(names.of(saved.device()), _ -> new long[2])[1] += saved.amount();
    }
    byModel.forEach(
        (pair, sums) -> {
          ratio(into, Fleet.INPUT_OUTPUT_RATIO, 1, sums[0], sums[1], pair.device(), pair.model());
          long prompt = sums[0] + sums[2] + sums[3];
          ratio(into, Fleet.CACHE_HIT_RATIO, 1, sums[3], prompt, pair.device(), pair.model());
        });
    byDevice.forEach(
        (device, sums) ->
            ratio(into, Fleet.CACHE_EFFICIENCY_PERCENT, 100, sums[1], sums[0] + sums[1], device));
  }

  /// There is none of nothing.
  ///
  /// @param scale 100 for percent
  private static void ratio(
      Gathering into, Family family, int scale, long part, long whole, String... labels) {
    if (whole > 0) {
      into.add(family, new Real((double) part * scale / whole), labels);
    }
  }

  private void sessions(Gathering into) {
    for (MeterReading sessions : meters.all(Meter.SESSIONS)) {
      String device = names.of(sessions.device());
      into.add(Fleet.SESSIONS_TOTAL, Exact.of(sessions.most()), device, sessions.project());
      into.add(Fleet.TOTAL_SESSIONS, Exact.of(sessions.amount()), device);
      into.add(Fleet.PROJECT_SESSION_COUNT, Exact.of(sessions.amount()), sessions.project());
    }
    for (MeterReading last : meters.all(Meter.LAST_AT)) {
      into.add(
          Fleet.PROJECT_LAST_ACTIVITY_TIMESTAMP,
          new Exact(last.most(), 3),
          last.project(),
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
                  into.add(family, value, device, of.project());
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
