package dev.claudometer.source.telemetry;

import static io.opentelemetry.proto.metrics.v1.AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;

import dev.claudometer.source.telemetry.MetricSums.Metric;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Metrics in OTLP's JSON.
public final class JsonSums {

  /// As a number, or as its name.
  private static final Set<String> DELTA = Set.of("1", AGGREGATION_TEMPORALITY_DELTA.name());

  private final OtlpJson json;
  private final List<Metric> metrics = new ArrayList<>();

  private JsonSums(OtlpJson json) {
    this.json = json;
  }

  /// What the body tells.
  ///
  /// @throws IOException where the bytes are not JSON, or no object
  public static MetricSums read(InputStream body) throws IOException {
    return MetricSums.of(metrics(body));
  }

  /// What a body tells of each person that a gateway has stamped it with; `""` is nobody.
  ///
  /// @throws IOException where the bytes are not JSON, or no object
  public static Map<String, MetricSums> readStamped(InputStream body) throws IOException {
    return MetricSums.byPerson(metrics(body));
  }

  private static List<Metric> metrics(InputStream body) throws IOException {
    try (var json = new OtlpJson(body)) {
      var reader = new JsonSums(json);
      json.request(() -> json.lists("resourceMetrics", reader::scopes));
      return reader.metrics;
    }
  }

  /// The resource may stand behind its metrics.
  private void scopes() throws IOException {
    int before = metrics.size();
    Map<String, String> resource = new HashMap<>();
    json.fields(
        field -> {
          switch (field) {
            case "resource" ->
                json.object(() -> json.inner("attributes", Allowed::ofResource, resource::put));
            case "scopeMetrics" -> json.list(() -> json.lists("metrics", this::metric));
            default -> json.skip();
          }
        });
    metrics.subList(before, metrics.size()).stream()
        .flatMap(metric -> metric.points().stream())
        .forEach(point -> point.shared(resource));
  }

  private void metric() throws IOException {
    String[] name = {""};
    boolean[] delta = {false};
    List<ClientPoint> points = new ArrayList<>();
    json.fields(
        field -> {
          switch (field) {
            case "name" -> name[0] = json.scalar();
            case "sum" -> json.object(() -> sum(points, delta));
            default -> json.skip();
          }
        });
    if (ClientPoint.isKept(name[0])) {
      metrics.add(new Metric(name[0], delta[0], points));
    }
  }

  private void sum(List<ClientPoint> points, boolean[] delta) throws IOException {
    json.fields(
        field -> {
          switch (field) {
            case "dataPoints" -> json.list(() -> points.add(point()));
            case "aggregationTemporality" -> delta[0] = DELTA.contains(json.scalar());
            default -> json.skip();
          }
        });
  }

  private ClientPoint point() throws IOException {
    var point = new ClientPoint();
    json.fields(
        field -> {
          switch (field) {
            case "attributes" -> json.attributes(_ -> true, point::attribute);
            case "startTimeUnixNano" -> point.start(json.nanos());
            case "timeUnixNano" -> point.time(json.nanos());
            case "asDouble", "asInt" -> point.amount(json.scalar());
            default -> json.skip();
          }
        });
    return point;
  }
}
