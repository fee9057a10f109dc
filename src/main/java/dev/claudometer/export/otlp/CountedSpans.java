package dev.claudometer.export.otlp;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;

/// An exporter of traces whose deliveries are counted.
record CountedSpans(SpanExporter exporter, DeliveryNote delivery) implements SpanExporter {

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    return delivery.noted(exporter.export(spans));
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
