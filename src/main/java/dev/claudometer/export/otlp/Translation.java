package dev.claudometer.export.otlp;

import dev.claudometer.metric.Family;
import dev.claudometer.metric.Family.Begins;
import dev.claudometer.metric.Samples;
import dev.claudometer.metric.Series;
import dev.claudometer.metric.Value;
import dev.claudometer.metric.Value.Distribution;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.metric.Value.Quantiles;
import dev.claudometer.metric.Value.Real;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.metrics.data.SummaryData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import io.opentelemetry.sdk.metrics.data.ValueAtQuantile;
import io.opentelemetry.sdk.resources.Resource;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Says families in OpenTelemetry's words, as they are at one moment.
///
/// @param began when this process started
record Translation(Resource resource, InstrumentationScopeInfo scope, Instant began, Instant now) {

  private static final AggregationTemporality CUMULATIVE = AggregationTemporality.CUMULATIVE;

  /// A family as the SDK knows it.
  private record Metric(
      Resource getResource,
      InstrumentationScopeInfo getInstrumentationScopeInfo,
      String getName,
      String getDescription,
      String getUnit,
      MetricDataType getType,
      Data<?> getData)
      implements MetricData {}

  /// Those that have a series.
  List<MetricData> of(List<Samples> scrape) {
    return scrape.stream()
        .filter(samples -> !samples.series().isEmpty())
        .map(this::metric)
        .toList();
  }

  private MetricData metric(Samples samples) {
    Family family = samples.family();
    boolean whole = samples.series().stream().allMatch(series -> whole(series.value()));
    return switch (family.type()) {
      case COUNTER ->
          whole
              ? metric(
                  family,
                  MetricDataType.LONG_SUM,
                  SumData.createLongSumData(true, CUMULATIVE, longs(samples)))
              : metric(
                  family,
                  MetricDataType.DOUBLE_SUM,
                  SumData.createDoubleSumData(true, CUMULATIVE, doubles(samples)));
      case GAUGE ->
          whole
              ? metric(
                  family, MetricDataType.LONG_GAUGE, GaugeData.createLongGaugeData(longs(samples)))
              : metric(
                  family,
                  MetricDataType.DOUBLE_GAUGE,
                  GaugeData.createDoubleGaugeData(doubles(samples)));
      case HISTOGRAM ->
          metric(
              family,
              MetricDataType.HISTOGRAM,
              HistogramData.create(CUMULATIVE, histograms(samples)));
      case SUMMARY ->
          metric(family, MetricDataType.SUMMARY, SummaryData.create(summaries(samples)));
    };
  }

  private MetricData metric(Family family, MetricDataType type, Data<?> data) {
    return new Metric(
        resource, scope, family.dotted(), family.help(), Units.of(family), type, data);
  }

  private static boolean whole(Value value) {
    return value instanceof Exact exact && exact.scale() == 0;
  }

  private List<LongPointData> longs(Samples samples) {
    Family family = samples.family();
    return samples.series().stream()
        .map(
            series ->
                LongPointData.create(
                    start(family),
                    nanos(now),
                    attributes(family, series),
                    ((Exact) series.value()).units()))
        .toList();
  }

  private List<DoublePointData> doubles(Samples samples) {
    Family family = samples.family();
    return samples.series().stream()
        .map(
            series ->
                DoublePointData.create(
                    start(family),
                    nanos(now),
                    attributes(family, series),
                    number(series.value()),
                    List.of()))
        .toList();
  }

  private List<HistogramPointData> histograms(Samples samples) {
    Family family = samples.family();
    List<Double> bounds = family.bounds().stream().map(BigDecimal::doubleValue).toList();
    return samples.series().stream()
        .map(
            series -> {
              var all = (Distribution) series.value();
              return HistogramPointData.create(
                  start(family),
                  nanos(now),
                  attributes(family, series),
                  number(all.sum()),
                  false,
                  0,
                  false,
                  0,
                  bounds,
                  all.counts());
            })
        .toList();
  }

  private List<SummaryPointData> summaries(Samples samples) {
    Family family = samples.family();
    return samples.series().stream()
        .map(
            series -> {
              var all = (Quantiles) series.value();
              return SummaryPointData.create(
                  start(family),
                  nanos(now),
                  attributes(family, series),
                  all.count(),
                  number(all.sum()),
                  all.quantiles().stream()
                      .map(one -> ValueAtQuantile.create(one.share(), one.value()))
                      .toList());
            })
        .toList();
  }

  /// What the store counts began before anybody can say: that start is 0, which means unknown.
  private long start(Family family) {
    return family.begins() == Begins.WITH_PROCESS ? nanos(began) : 0;
  }

  /// A label without a value is none, as in Prometheus.
  private static Attributes attributes(Family family, Series series) {
    AttributesBuilder attributes = Attributes.builder();
    for (int i = 0; i < series.labels().size(); i++) {
      if (!series.labels().get(i).isEmpty()) {
        attributes.put(family.labels().get(i), series.labels().get(i));
      }
    }
    return attributes.build();
  }

  private static double number(Value value) {
    return switch (value) {
      case Exact(long units, int scale) -> BigDecimal.valueOf(units, scale).doubleValue();
      case Real(double number) -> number;
      case Distribution all -> number(all.sum());
      case Quantiles all -> number(all.sum());
    };
  }

  private static long nanos(Instant at) {
    return TimeUnit.SECONDS.toNanos(at.getEpochSecond()) + at.getNano();
  }
}
