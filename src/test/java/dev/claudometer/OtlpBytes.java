package dev.claudometer;

import dev.claudometer.json.JsonTree;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/// OTLP's JSON as the client writes it, turned into OTLP's binary form.
final class OtlpBytes {

  private OtlpBytes() {}

  static byte[] logs(byte[] json) throws IOException {
    var request = ExportLogsServiceRequest.newBuilder();
    for (Map<?, ?> resource : list(tree(json), "resourceLogs")) {
      var of = ResourceLogs.newBuilder();
      for (Map<?, ?> scope : list(resource, "scopeLogs")) {
        var records = ScopeLogs.newBuilder();
        list(scope, "logRecords").forEach(record -> records.addLogRecords(record(record)));
        of.addScopeLogs(records);
      }
      request.addResourceLogs(of);
    }
    return request.build().toByteArray();
  }

  static byte[] metrics(byte[] json) throws IOException {
    var request = ExportMetricsServiceRequest.newBuilder();
    for (Map<?, ?> resource : list(tree(json), "resourceMetrics")) {
      var of = ResourceMetrics.newBuilder();
      for (Map<?, ?> scope : list(resource, "scopeMetrics")) {
        var metrics = ScopeMetrics.newBuilder();
        list(scope, "metrics").forEach(metric -> metrics.addMetrics(metric(metric)));
        of.addScopeMetrics(metrics);
      }
      request.addResourceMetrics(of);
    }
    return request.build().toByteArray();
  }

  private static LogRecord record(Map<?, ?> told) {
    var record = LogRecord.newBuilder().setTimeUnixNano(number(told.get("timeUnixNano")));
    list(told, "attributes").forEach(each -> record.addAttributes(attribute(each)));
    return record.setBody(value((Map<?, ?>) told.get("body"))).build();
  }

  private static Metric metric(Map<?, ?> told) {
    var sum = (Map<?, ?>) told.get("sum");
    var into =
        Sum.newBuilder()
            .setAggregationTemporality(
                AggregationTemporality.forNumber((int) number(sum.get("aggregationTemporality"))));
    for (Map<?, ?> each : list(sum, "dataPoints")) {
      var point =
          NumberDataPoint.newBuilder()
              .setStartTimeUnixNano(number(each.get("startTimeUnixNano")))
              .setTimeUnixNano(number(each.get("timeUnixNano")))
              .setAsDouble(new BigDecimal(each.get("asDouble").toString()).doubleValue());
      list(each, "attributes").forEach(attribute -> point.addAttributes(attribute(attribute)));
      into.addDataPoints(point);
    }
    return Metric.newBuilder().setName((String) told.get("name")).setSum(into).build();
  }

  private static KeyValue attribute(Map<?, ?> told) {
    return KeyValue.newBuilder()
        .setKey((String) told.get("key"))
        .setValue(value((Map<?, ?>) told.get("value")))
        .build();
  }

  private static AnyValue value(Map<?, ?> told) {
    var value = AnyValue.newBuilder();
    told.forEach(
        (kind, of) -> {
          switch ((String) kind) {
            case "stringValue" -> value.setStringValue((String) of);
            case "intValue" -> value.setIntValue(number(of));
            case "doubleValue" -> value.setDoubleValue(new BigDecimal(of.toString()).doubleValue());
            case "boolValue" -> value.setBoolValue((Boolean) of);
            default -> {
              // nothing that is read
            }
          }
        });
    return value.build();
  }

  private static long number(Object told) {
    return new BigDecimal(told.toString()).longValueExact();
  }

  private static Map<?, ?> tree(byte[] json) throws IOException {
    return (Map<?, ?>) JsonTree.read(new ByteArrayInputStream(json));
  }

  private static List<Map<?, ?>> list(Map<?, ?> of, String name) {
    return of.get(name) instanceof List<?> list
        ? list.stream().<Map<?, ?>>map(each -> (Map<?, ?>) each).toList()
        : List.of();
  }
}
