package dev.claudometer;

import static dev.claudometer.GenuineTelemetryTest.RECORDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.claudometer.ingest.Gate;
import dev.claudometer.ingest.Intake;
import dev.claudometer.model.DeviceId;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.source.telemetry.MetricSums;
import dev.claudometer.source.telemetry.ProtobufSums;
import dev.claudometer.store.ActivityCount;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sqlite.SqliteStore;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The recorded clients' metrics as other settings make them: the sums are the same. Skipped where
/// the recordings do not lie beside the project.
@Tag("long")
class VariedMetricsTest {

  @TempDir Path directory = Path.of("");

  /// By the folder that one client's bodies lie in, in the order in which they came.
  private final Map<Path, List<ExportMetricsServiceRequest>> recorded = new TreeMap<>();

  @BeforeEach
  void read() throws IOException {
    assumeTrue(Files.isDirectory(RECORDED), "no recordings beside the project");
    try (var files = Files.walk(RECORDED.resolve("otlp"))) {
      for (Path file :
          files.filter(path -> path.toString().contains("-metrics.")).sorted().toList()) {
        byte[] bytes = Files.readAllBytes(file);
        recorded
            .computeIfAbsent(file.getParent(), _ -> new ArrayList<>())
            .add(
                ExportMetricsServiceRequest.parseFrom(
                    file.toString().endsWith(".json") ? OtlpBytes.metrics(bytes) : bytes));
      }
    }
  }

  /// `OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=cumulative`: each point is all until then.
  @Test
  void cumulativePointsComeToTheSameSums() throws Exception {
    List<ExportMetricsServiceRequest> cumulative = new ArrayList<>();
    for (List<ExportMetricsServiceRequest> client : recorded.values()) {
      var sums = new Cumulative();
      client.forEach(body -> cumulative.add(varied(body, sums)));
    }
    Map<String, Long> delta = sums(recorded.values().stream().flatMap(List::stream).toList());
    assertThat(total(delta, "SESSION_START")).isEqualTo(sent("claude_code.session.count"));
    assertThat(total(delta, "LINES_OF_CODE")).isEqualTo(sent("claude_code.lines_of_code.count"));
    assertSame(sums(cumulative), delta);
    assertSame(sums(shuffledAndDoubled(cumulative)), delta);
  }

  private static long total(Map<String, Long> sums, String kind) {
    return sums.entrySet().stream()
        .filter(sum -> sum.getKey().startsWith(kind + " "))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /// All that the clients said of a metric, added up point by point.
  private long sent(String name) {
    return recorded.values().stream()
        .flatMap(List::stream)
        .flatMap(body -> body.getResourceMetricsList().stream())
        .flatMap(resource -> resource.getScopeMetricsList().stream())
        .flatMap(scope -> scope.getMetricsList().stream())
        .filter(metric -> metric.getName().equals(name))
        .flatMap(metric -> metric.getSum().getDataPointsList().stream())
        .mapToLong(point -> (long) point.getAsDouble())
        .sum();
  }

  /// Active time is rounded to a millisecond in each point, and so less often here.
  private static void assertSame(Map<String, Long> sums, Map<String, Long> delta) {
    assertThat(sums).containsOnlyKeys(delta.keySet());
    delta.forEach(
        (name, value) ->
            assertThat(sums.get(name))
                .as(name)
                .isCloseTo(value, within(name.startsWith("ACTIVE_TIME") ? 100L : 0L)));
  }

  /// A second process of each session, which does the same at the same times: only the start of its
  /// series tells it apart.
  @Test
  void secondProcessOfASessionCountsBesideTheFirst() throws Exception {
    List<ExportMetricsServiceRequest> all =
        new ArrayList<>(recorded.values().stream().flatMap(List::stream).toList());
    Map<String, Long> once = sums(all);
    for (ExportMetricsServiceRequest body : List.copyOf(all)) {
      all.add(
          varied(
              body,
              (_, sum) ->
                  points(
                      sum,
                      point ->
                          point.toBuilder()
                              .setStartTimeUnixNano(point.getStartTimeUnixNano() + 19_000_000)
                              .build())));
    }
    Map<String, Long> twice = new TreeMap<>();
    once.forEach((name, value) -> twice.put(name, 2 * value));
    assertThat(sums(shuffledAndDoubled(all))).isEqualTo(twice);
  }

  private static List<ExportMetricsServiceRequest> shuffledAndDoubled(
      List<ExportMetricsServiceRequest> bodies) {
    List<ExportMetricsServiceRequest> all = new ArrayList<>(bodies);
    all.addAll(bodies);
    Collections.shuffle(all, new Random(5));
    return all;
  }

  /// What is made of one metric's sum.
  private interface Change {
    Sum of(String metric, Sum sum);
  }

  /// Adds up what a client sent, series by series, from its first start on.
  private static final class Cumulative implements Change {

    private final Map<String, NumberDataPoint> last = new HashMap<>();

    @Override
    public Sum of(String metric, Sum sum) {
      if (sum.getAggregationTemporality() != AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA) {
        return sum;
      }
      return points(
          sum.toBuilder()
              .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
              .build(),
          point ->
              last.merge(
                  metric + point.getAttributesList(),
                  point,
                  (before, now) ->
                      now.toBuilder()
                          .setStartTimeUnixNano(before.getStartTimeUnixNano())
                          .setAsDouble(before.getAsDouble() + now.getAsDouble())
                          .build()));
    }
  }

  private static Sum points(Sum sum, UnaryOperator<NumberDataPoint> how) {
    var changed = sum.toBuilder().clearDataPoints();
    sum.getDataPointsList().forEach(point -> changed.addDataPoints(how.apply(point)));
    return changed.build();
  }

  private static ExportMetricsServiceRequest varied(
      ExportMetricsServiceRequest body, Change change) {
    var request = ExportMetricsServiceRequest.newBuilder();
    for (ResourceMetrics resource : body.getResourceMetricsList()) {
      var of = ResourceMetrics.newBuilder().setResource(resource.getResource());
      for (ScopeMetrics scope : resource.getScopeMetricsList()) {
        var metrics = ScopeMetrics.newBuilder();
        for (Metric metric : scope.getMetricsList()) {
          metrics.addMetrics(
              metric.toBuilder().setSum(change.of(metric.getName(), metric.getSum())));
        }
        of.addScopeMetrics(metrics);
      }
      request.addResourceMetrics(of);
    }
    return request.build();
  }

  /// What the client sums itself, as it is stored.
  private Map<String, Long> sums(List<ExportMetricsServiceRequest> bodies) throws Exception {
    Path place = Files.createTempDirectory(directory, "store");
    var sums = new TreeMap<String, Long>();
    try (UsageStore store = SqliteStore.open(place.resolve("db"), PriceBook::builtIn)) {
      for (ExportMetricsServiceRequest body : bodies) {
        MetricSums told = ProtobufSums.read(body);
        assertThat(told.unreadable()).isZero();
        var intake = new Intake();
        told.activities().forEach(intake);
        var gate = new Gate(store, DeviceId.THIS);
        gate.accept(intake);
        gate.flush();
      }
      for (ActivityCount count : store.activities(TimeRange.ALL)) {
        sums.put(count.kind() + " " + count.name(), count.sum());
      }
      assertThat(store.verify()).isEmpty();
    }
    return sums;
  }
}
