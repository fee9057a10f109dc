package dev.claudometer.export.scrape;

import dev.claudometer.metric.Value.Distribution;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.ProjectName;
import dev.claudometer.store.meter.Meter;
import dev.claudometer.store.meter.MeterReading;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// Puts the parts of distributions together.
public final class Distributions {

  private Distributions() {}

  /// What a distribution is of.
  public record Of(DeviceId device, ProjectName project, String model) {}

  public static Map<Of, Distribution> of(Meter meter, Collection<MeterReading> readings) {
    int buckets = meter.bounds().size() + 1;
    Map<Of, long[]> counts = new LinkedHashMap<>();
    for (MeterReading reading : readings) {
      long[] parts =
          counts.computeIfAbsent(
              new Of(reading.device(), reading.project(), reading.model()),
              _ -> new long[buckets + 1]);
      parts[reading.part() == Meter.SUM_PART ? buckets : (int) reading.part()] = reading.most();
    }
    Map<Of, Distribution> distributions = new LinkedHashMap<>();
    counts.forEach(
        (of, parts) ->
            distributions.put(
                of,
                new Distribution(
                    boxed(Arrays.copyOf(parts, buckets)),
                    new Exact(parts[buckets], meter.scale()))));
    return distributions;
  }

  private static List<Long> boxed(long[] counts) {
    return LongStream.of(counts).boxed().toList();
  }
}
