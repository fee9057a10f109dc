package dev.claudometer.export.fleet;

import dev.claudometer.export.scrape.DeviceNames;
import dev.claudometer.export.scrape.Gathering;
import dev.claudometer.export.scrape.Gathering.Gathered;
import dev.claudometer.export.scrape.MeterCache;
import dev.claudometer.metric.Family;
import dev.claudometer.metric.Fleet;
import dev.claudometer.metric.Own;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.metric.Value.Real;
import dev.claudometer.store.meter.Meter;
import dev.claudometer.store.meter.MeterReading;
import java.util.LinkedHashMap;
import java.util.Map;

/// Responses with their tokens and costs, by device, model and project, and what they add up to.
/// One pass over what may be ten thousand combinations.
final class ResponseMeters {

  private static final String INPUT = "input";
  private static final String OUTPUT = "output";
  private static final String CREATION = "cache_creation";
  private static final String READ = "cache_read";

  private final MeterCache meters;
  private final DeviceNames names;
  private final Map<Pair, Sums> byModel = new LinkedHashMap<>();
  private final Map<String, Sums> byDevice = new LinkedHashMap<>();
  private final Map<String, Sums> byProject = new LinkedHashMap<>();

  ResponseMeters(MeterCache meters, DeviceNames names) {
    this.meters = meters;
    this.names = names;
  }

  private record Pair(String device, String model) {}

  /// Sums as they are, and for counters the most that each part has been.
  private static final class Sums {
    private long mostResponses;
    private long mostCreation;
    private long mostRead;
    private long unpriced;
    private long unfinalised;
    private long billed;
    private long underContract;
    private long input;
    private long output;
    private long creation;
    private long read;
    private long cost;
    private long saved;
    private boolean priced;

    private long prompt() {
      return input + creation + read;
    }
  }

  void collect(Gathering into) {
    Gathered requests = into.of(Fleet.REQUESTS_TOTAL);
    Gathered tokens = into.of(Fleet.TOKENS_TOTAL);
    Gathered costs = into.of(Fleet.COST_USD_TOTAL);
    for (MeterCache.Row row : meters.rows()) {
      if (row.used()) {
        row(row, requests, tokens, costs);
        beside(into, row);
      }
    }
    for (MeterReading saved : meters.all(Meter.SAVED)) {
      sums(byDevice, names.of(saved.device())).saved += saved.amount();
    }
    byModel.forEach((pair, sums) -> ofModel(into, pair, sums));
    byDevice.forEach((device, sums) -> ofDevice(into, device, sums));
    byProject.forEach(
        (project, sums) -> {
          if (sums.priced) {
            into.add(Fleet.PROJECT_TOTAL_COST_USD, new Exact(sums.cost, 9), project);
          }
        });
  }

  private void row(MeterCache.Row row, Gathered requests, Gathered tokens, Gathered costs) {
    MeterReading responses = row.of(Meter.RESPONSES);
    String device = names.of(row.device());
    String model = row.model();
    String project = row.project().text();
    MeterReading input = row.of(Meter.INPUT);
    MeterReading output = row.of(Meter.OUTPUT);
    MeterReading creation = row.of(Meter.CACHE_WRITE);
    MeterReading read = row.of(Meter.CACHE_READ);
    requests.add(Exact.of(responses.most()), device, model, "assistant", project);
    tokens.add(Exact.of(input.most()), device, INPUT, model, project);
    tokens.add(Exact.of(output.most()), device, OUTPUT, model, project);
    tokens.add(Exact.of(creation.most()), device, CREATION, model, project);
    tokens.add(Exact.of(read.most()), device, READ, model, project);
    Sums ofModel = byModel.computeIfAbsent(new Pair(device, model), _ -> new Sums());
    Sums ofDevice = sums(byDevice, device);
    ofModel.mostResponses += responses.most();
    ofModel.mostCreation += creation.most();
    ofModel.mostRead += read.most();
    for (Sums sums : new Sums[] {ofModel, ofDevice}) {
      sums.input += input.amount();
      sums.output += output.amount();
      sums.creation += creation.amount();
      sums.read += read.amount();
    }
    cost(row, costs, ofModel, ofDevice, sums(byProject, project));
  }

  /// What only some responses have: there is none where none has it.
  private void beside(Gathering into, MeterCache.Row row) {
    String device = names.of(row.device());
    Sums ofModel = byModel.computeIfAbsent(new Pair(device, row.model()), _ -> new Sums());
    ofModel.unfinalised += row.of(Meter.UNFINALISED).amount();
    ofModel.billed += row.of(Meter.RESPONSES).amount() + row.of(Meter.PARTS).amount();
    ofModel.underContract += row.of(Meter.UNDER_CONTRACT).amount();
    told(into, Own.THINKING_TOKENS_TOTAL, row, Meter.THINKING_TOLD, Meter.THINKING);
    told(into, Own.RESPONSE_PARTS_TOTAL, row, Meter.PARTS, Meter.PARTS);
    told(into, Own.CONTRACT_COST_USD_TOTAL, row, Meter.UNDER_CONTRACT, Meter.CONTRACT);
  }

  private void told(Gathering into, Family family, MeterCache.Row row, Meter whether, Meter meter) {
    if (row.of(whether).most() > 0) {
      into.add(
          family,
          new Exact(row.of(meter).most(), meter.scale()),
          names.of(row.device()),
          row.model(),
          row.project().text());
    }
  }

  private void cost(
      MeterCache.Row row, Gathered costs, Sums ofModel, Sums ofDevice, Sums ofProject) {
    MeterReading cost = row.of(Meter.COST);
    ofModel.unpriced += row.of(Meter.UNPRICED).amount();
    if (row.priced()) {
      costs.add(
          new Exact(cost.most(), 9), names.of(row.device()), row.model(), row.project().text());
      for (Sums sums : new Sums[] {ofDevice, ofProject}) {
        sums.cost += cost.amount();
        sums.priced = true;
      }
    }
  }

  private static Sums sums(Map<String, Sums> by, String name) {
    return by.computeIfAbsent(name, _ -> new Sums());
  }

  private static void ofModel(Gathering into, Pair pair, Sums sums) {
    String device = pair.device();
    String model = pair.model();
    into.add(Fleet.MODEL_USAGE_TOTAL, Exact.of(sums.mostResponses), model, device);
    into.add(Fleet.CACHE_TOKENS_TOTAL, Exact.of(sums.mostRead), device, model, "read");
    into.add(Fleet.CACHE_TOKENS_TOTAL, Exact.of(sums.mostCreation), device, model, "creation");
    ratio(into, Fleet.INPUT_OUTPUT_RATIO, 1, sums.input, sums.output, device, model);
    ratio(into, Fleet.CACHE_HIT_RATIO, 1, sums.read, sums.prompt(), device, model);
    if (sums.unpriced > 0) {
      into.add(Own.UNPRICED_RESPONSES, Exact.of(sums.unpriced), device, model);
    }
    if (sums.unfinalised > 0) {
      into.add(Own.UNFINALISED_RESPONSES, Exact.of(sums.unfinalised), device, model);
    }
    if (sums.underContract > 0) {
      long unpriced = sums.billed - sums.underContract;
      into.add(Own.CONTRACT_UNPRICED_RESPONSES, Exact.of(unpriced), device, model);
    }
  }

  private static void ofDevice(Gathering into, String device, Sums sums) {
    into.add(Fleet.TOTAL_TOKENS, Exact.of(sums.input), device, INPUT);
    into.add(Fleet.TOTAL_TOKENS, Exact.of(sums.output), device, OUTPUT);
    into.add(Fleet.TOTAL_TOKENS, Exact.of(sums.creation), device, CREATION);
    into.add(Fleet.TOTAL_TOKENS, Exact.of(sums.read), device, READ);
    if (sums.priced) {
      into.add(Fleet.TOTAL_COST_USD, new Exact(sums.cost, 9), device);
    }
    ratio(into, Fleet.CACHE_EFFICIENCY_PERCENT, 100, sums.saved, sums.cost + sums.saved, device);
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
}
