package dev.claudometer.export.otlp;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Traces of what this process does. They wait in a queue of bounded length until they are pushed.
public final class Spans implements AutoCloseable {

  private final SdkTracerProvider provider;
  private final Tracer tracer;
  private final InstantSource clock;

  private Spans(SdkTracerProvider provider, String version, InstantSource clock) {
    this.provider = provider;
    this.clock = clock;
    tracer = provider.tracerBuilder("claudometer").setInstrumentationVersion(version).build();
  }

  /// Starts; null where nobody takes traces.
  public static @Nullable Spans start(
      PushSettings settings, InstantSource clock, String version, Deliveries deliveries) {
    SignalReceiver receiver = settings.traces();
    if (receiver == null) {
      return null;
    }
    deliveries.begin(Signal.TRACES);
    var exporter =
        new CountedSpans(
            Exporters.spans(receiver), new DeliveryNote(Signal.TRACES, receiver, deliveries));
    return new Spans(
        SdkTracerProvider.builder()
            .setResource(Exporters.resource(settings.resource()))
            .addSpanProcessor(
                BatchSpanProcessor.builder(exporter).setExporterTimeout(receiver.timeout()).build())
            .build(),
        version,
        clock);
  }

  /// Something that goes on until it is ended.
  public final class Span {
    private final io.opentelemetry.api.trace.Span span;

    private Span(io.opentelemetry.api.trace.Span span) {
      this.span = span;
    }

    /// It ended well.
    public void done() {
      span.end(clock.instant());
    }

    /// It ended in a failure.
    ///
    /// @param sentence without secrets
    public void failed(String sentence) {
      span.setStatus(StatusCode.ERROR, sentence);
      span.end(clock.instant());
    }
  }

  /// Something begins now.
  ///
  /// @param source what is asked
  public Span begin(String name, String source) {
    return new Span(
        tracer
            .spanBuilder(name)
            .setSpanKind(SpanKind.CLIENT)
            .setAttribute("source", source)
            .setStartTimestamp(clock.instant())
            .startSpan());
  }

  /// Begins to push what has ended; what is answered waits for what comes of it.
  public Runnable push() {
    CompletableResultCode result = provider.forceFlush();
    return () -> result.join(1, TimeUnit.MINUTES);
  }

  /// Pushes what has ended, and ends within seconds.
  @Override
  public void close() {
    Farewell.within("spans-end", () -> provider.shutdown().join(1, TimeUnit.MINUTES));
  }
}
