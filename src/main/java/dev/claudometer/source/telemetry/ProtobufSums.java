package dev.claudometer.source.telemetry;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.claudometer.source.telemetry.MetricSums.Metric;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Metrics in OTLP's binary form.
public final class ProtobufSums {

  private ProtobufSums() {}

  /// What the body tells.
  ///
  /// @throws IOException where the bytes are not a request of metrics
  public static MetricSums read(byte[] body) throws IOException {
    return read(request(body));
  }

  /// What a body tells of each person that a gateway has stamped it with; `""` is nobody.
  ///
  /// @throws IOException where the bytes are not a request of metrics
  public static Map<String, MetricSums> readStamped(byte[] body) throws IOException {
    return readStamped(request(body));
  }

  /// What a request tells of each person that a gateway has stamped it with; `""` is nobody.
  public static Map<String, MetricSums> readStamped(ExportMetricsServiceRequest request) {
    return MetricSums.byPerson(metrics(request));
  }

  private static ExportMetricsServiceRequest request(byte[] body) throws IOException {
    try {
      return ExportMetricsServiceRequest.parseFrom(body);
    } catch (InvalidProtocolBufferException notMetrics) {
      throw new IOException("the body is not an OTLP request of metrics", notMetrics);
    }
  }

  public static MetricSums read(ExportMetricsServiceRequest request) {
    return MetricSums.of(metrics(request));
  }

  private static List<Metric> metrics(ExportMetricsServiceRequest request) {
    List<Metric> metrics = new ArrayList<>();
    for (ResourceMetrics resource : request.getResourceMetricsList()) {
      Map<String, String> shared = ProtobufEvents.shared(resource.getResource());
      for (ScopeMetrics scope : resource.getScopeMetricsList()) {
        scope.getMetricsList().stream()
            .filter(metric -> ClientPoint.isKept(metric.getName()))
            .map(metric -> metric(metric.getName(), metric.getSum(), shared))
            .forEach(metrics::add);
      }
    }
    return metrics;
  }

  private static Metric metric(String name, Sum sum, Map<String, String> shared) {
    return new Metric(
        name,
        sum.getAggregationTemporality() == AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA,
        sum.getDataPointsList().stream().map(told -> point(told, shared)).toList());
  }

  private static ClientPoint point(NumberDataPoint told, Map<String, String> shared) {
    var point = new ClientPoint();
    for (KeyValue attribute : told.getAttributesList()) {
      String value = ProtobufEvents.text(attribute.getValue());
      if (value != null) {
        point.attribute(attribute.getKey(), value);
      }
    }
    point.shared(shared);
    point.start(told.getStartTimeUnixNano());
    point.time(Math.max(0, told.getTimeUnixNano()));
    point.amount(
        told.hasAsInt() ? Long.toString(told.getAsInt()) : Double.toString(told.getAsDouble()));
    return point;
  }
}
