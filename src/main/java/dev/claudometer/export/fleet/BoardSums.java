package dev.claudometer.export.fleet;

import dev.claudometer.export.scrape.DeviceNames;
import dev.claudometer.export.scrape.Gathering;
import dev.claudometer.export.scrape.MeterCache;
import dev.claudometer.metric.ClaudeCode;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.store.meter.Meter;
import java.util.Map;
import java.util.TreeMap;

/// Tokens and dollars of responses once more, under the names that dashboards for Claude Code ask
/// for: those of its own endpoint, and those that a collector makes of its metrics.
final class BoardSums {

  private static final int COST_PLACES = 9;

  private static final Map<Meter, String> TYPES =
      Map.of(
          Meter.INPUT, "input",
          Meter.OUTPUT, "output",
          Meter.CACHE_READ, "cacheRead",
          Meter.CACHE_WRITE, "cacheCreation");

  private final MeterCache meters;
  private final DeviceNames names;
  private final Map<Of, Long> tokens = new TreeMap<>();
  private final Map<Of, Long> dollars = new TreeMap<>();

  BoardSums(MeterCache meters, DeviceNames names) {
    this.meters = meters;
    this.names = names;
  }

  /// @param type empty of dollars
  private record Of(String device, String model, String type) implements Comparable<Of> {

    @Override
    public int compareTo(Of other) {
      return text().compareTo(other.text());
    }

    private String text() {
      return device + "\0" + model + "\0" + type;
    }
  }

  void collect(Gathering into) {
    for (MeterCache.Row row : meters.rows()) {
      if (row.used()) {
        add(row);
      }
    }
    tokens.forEach(
        (of, sum) -> {
          String[] labels = {of.device(), of.model(), of.type()};
          into.add(ClaudeCode.TOKEN_USAGE_TOTAL, Exact.of(sum), labels);
          into.add(ClaudeCode.TOKEN_USAGE_TOKENS_TOTAL, Exact.of(sum), labels);
        });
    dollars.forEach(
        (of, sum) -> {
          String[] labels = {of.device(), of.model()};
          into.add(ClaudeCode.COST_USAGE_TOTAL, new Exact(sum, COST_PLACES), labels);
          into.add(ClaudeCode.COST_USAGE_USD_TOTAL, new Exact(sum, COST_PLACES), labels);
        });
  }

  private void add(MeterCache.Row row) {
    String device = names.of(row.device());
    TYPES.forEach(
        (meter, type) ->
            tokens.merge(new Of(device, row.model(), type), row.of(meter).most(), Long::sum));
    if (row.priced()) {
      dollars.merge(new Of(device, row.model(), ""), row.of(Meter.COST).most(), Long::sum);
    }
  }
}
