package dev.claudometer.export.otlp;

import dev.claudometer.export.scrape.Scraper;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.metrics.export.MetricProducer;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Pushes families from time to time, on a thread of its own: whoever scrapes or collects does not
/// wait for a receiver.
public final class MetricPush implements AutoCloseable {

  /// Receivers take messages of 4 MiB; a series takes up to about 500 bytes.
  private static final int MOST_POINTS = 5_000;

  /// What the SDK measures of itself is not asked for.
  private static final InstrumentSelector SDKS_OWN =
      InstrumentSelector.builder().setName("*").build();

  private final SdkMeterProvider provider;
  private final Duration patience;
  private final AtomicBoolean over;

  private MetricPush(SdkMeterProvider provider, Duration patience, AtomicBoolean over) {
    this.provider = provider;
    this.patience = patience;
    this.over = over;
  }

  /// Starts; the first push comes after the first interval.
  ///
  /// @param scraper asked for the families as they are
  /// @return null where nobody takes metrics
  public static @Nullable MetricPush start(
      PushSettings settings,
      Scraper scraper,
      InstantSource clock,
      String version,
      Deliveries deliveries) {
    SignalReceiver receiver = settings.metrics();
    if (receiver == null) {
      return null;
    }
    deliveries.begin(Signal.METRICS);
    var exporter =
        new CountedMetrics(
            Exporters.metrics(receiver), new DeliveryNote(Signal.METRICS, receiver, deliveries));
    var over = new AtomicBoolean();
    return new MetricPush(
        SdkMeterProvider.builder()
            .setResource(Exporters.resource(settings.resource()))
            .registerMetricReader(
                PeriodicMetricReader.builder(exporter)
                    .setInterval(settings.interval())
                    .setMaxExportBatchSize(MOST_POINTS)
                    .build())
            .registerView(SDKS_OWN, View.builder().setAggregation(Aggregation.drop()).build())
            .registerMetricProducer(producer(scraper, clock, version, over))
            .build(),
        receiver.timeout().plusSeconds(1),
        over);
  }

  private static MetricProducer producer(
      Scraper scraper, InstantSource clock, String version, AtomicBoolean over) {
    InstrumentationScopeInfo scope =
        InstrumentationScopeInfo.builder("claudometer").setVersion(version).build();
    Instant began = clock.instant();
    return resource ->
        over.get()
            ? List.of()
            : List.copyOf(
                new Translation(resource, scope, began, clock.instant()).of(scraper.scrape()));
  }

  /// Pushes now, and waits for what comes of it.
  public void flush() {
    provider.forceFlush().join(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Pushes now, waits for what comes of it, and ends.
  public void finish() {
    flush();
    over.set(true);
    close();
  }

  /// Pushes once more, and ends within seconds.
  @Override
  public void close() {
    Farewell.within("push-end", () -> provider.shutdown().join(1, TimeUnit.MINUTES));
  }
}
