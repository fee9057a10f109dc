package dev.claudometer.export.otlp;

import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.resources.ResourceBuilder;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The SDK's exporters, as settings want them. They try a delivery five times within its timeout.
final class Exporters {

  /// The SDK has a line of its own for each failure; [Deliveries] has one for each outage.
  private static final Logger SDK = Logger.getLogger("io.opentelemetry");

  private Exporters() {}

  static MetricExporter metrics(SignalReceiver to) {
    SDK.setLevel(Level.OFF);
    return switch (to.protocol()) {
      case GRPC ->
          OtlpGrpcMetricExporter.builder()
              .setEndpoint(to.url())
              .setTimeout(to.timeout())
              .setConnectTimeout(to.timeout())
              .setHeaders(to::headers)
              .setRetryPolicy(RetryPolicy.getDefault())
              .build();
      case HTTP_PROTOBUF ->
          OtlpHttpMetricExporter.builder()
              .setEndpoint(to.url())
              .setTimeout(to.timeout())
              .setConnectTimeout(to.timeout())
              .setHeaders(to::headers)
              .setRetryPolicy(RetryPolicy.getDefault())
              .build();
    };
  }

  static SpanExporter spans(SignalReceiver to) {
    SDK.setLevel(Level.OFF);
    return switch (to.protocol()) {
      case GRPC ->
          OtlpGrpcSpanExporter.builder()
              .setEndpoint(to.url())
              .setTimeout(to.timeout())
              .setConnectTimeout(to.timeout())
              .setHeaders(to::headers)
              .setRetryPolicy(RetryPolicy.getDefault())
              .build();
      case HTTP_PROTOBUF ->
          OtlpHttpSpanExporter.builder()
              .setEndpoint(to.url())
              .setTimeout(to.timeout())
              .setConnectTimeout(to.timeout())
              .setHeaders(to::headers)
              .setRetryPolicy(RetryPolicy.getDefault())
              .build();
    };
  }

  static Resource resource(Map<String, String> attributes) {
    ResourceBuilder resource = Resource.builder();
    attributes.forEach(resource::put);
    return resource.build();
  }
}
