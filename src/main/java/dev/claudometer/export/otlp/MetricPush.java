package dev.claudometer.export.otlp;

import dev.claudometer.metric.Samples;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.MetricProducer;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Pushes families from time to time, on a thread of its own: whoever scrapes or collects does not
/// wait for a receiver.
public final class MetricPush implements AutoCloseable {

  /// Receivers take messages of 4 MiB; a series takes up to about 500 bytes.
  private static final int MOST_POINTS = 5_000;

  private final SdkMeterProvider provider;
  private final Duration patience;

  private MetricPush(SdkMeterProvider provider, Duration patience) {
    this.provider = provider;
    this.patience = patience;
  }

  /// Starts; the first push comes after the first interval.
  ///
  /// @param scrape the families as they are now
  /// @return null where nobody takes metrics
  public static @Nullable MetricPush start(
      PushSettings settings,
      Supplier<List<Samples>> scrape,
      InstantSource clock,
      String version,
      Deliveries deliveries) {
    Receiver receiver = settings.metrics();
    if (receiver == null) {
      return null;
    }
    deliveries.begin(Signal.METRICS);
    var exporter =
        new CountedMetrics(
            Exporters.metrics(receiver), new Delivery(Signal.METRICS, receiver, deliveries));
    return new MetricPush(
        SdkMeterProvider.builder()
            .setResource(Exporters.resource(settings.resource()))
            .registerMetricReader(
                PeriodicMetricReader.builder(exporter)
                    .setInterval(settings.interval())
                    .setMaxExportBatchSize(MOST_POINTS)
                    .build())
            .registerMetricProducer(producer(scrape, clock, version))
            .build(),
        receiver.timeout().plusSeconds(1));
  }

  private static MetricProducer producer(
      Supplier<List<Samples>> scrape, InstantSource clock, String version) {
    InstrumentationScopeInfo scope =
        InstrumentationScopeInfo.builder("claudometer").setVersion(version).build();
    Instant began = clock.instant();
    return resource ->
        List.copyOf(new Translation(resource, scope, began, clock.instant()).of(scrape.get()));
  }

  /// Pushes now, and waits for what comes of it.
  public void flush() {
    provider.forceFlush().join(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Pushes once more, and ends within seconds.
  @Override
  public void close() {
    Farewell.within("push-end", () -> provider.shutdown().join(1, TimeUnit.MINUTES));
  }
}
