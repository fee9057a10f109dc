package dev.claudometer.source.telemetry;

import dev.claudometer.source.telemetry.MetricSums.Metric;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Metrics in OTLP's JSON.
public final class JsonSums {

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

  private void scopes() throws IOException {
    json.lists("scopeMetrics", () -> json.lists("metrics", this::metric));
  }

  private void metric() throws IOException {
    String[] name = {""};
    List<ClientPoint> points = new ArrayList<>();
    json.fields(
        field -> {
          switch (field) {
            case "name" -> name[0] = json.scalar();
            case "sum" -> json.object(() -> json.lists("dataPoints", () -> points.add(point())));
            default -> json.skip();
          }
        });
    if (ClientPoint.isKept(name[0])) {
      metrics.add(new Metric(name[0], points));
    }
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
