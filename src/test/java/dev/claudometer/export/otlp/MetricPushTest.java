package dev.claudometer.export.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.export.otlp.OtlpReceiver.Mood;
import dev.claudometer.export.otlp.SignalReceiver.Protocol;
import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.Gathering;
import dev.claudometer.export.scrape.Scraper;
import dev.claudometer.metric.ClaudeCode;
import dev.claudometer.metric.Family;
import dev.claudometer.metric.Fleet;
import dev.claudometer.metric.Own;
import dev.claudometer.metric.Quota;
import dev.claudometer.metric.Value.Distribution;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.metric.Value.Quantile;
import dev.claudometer.metric.Value.Quantiles;
import dev.claudometer.metric.Value.Real;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a real receiver gets, and what happens where it does not take it.
@Tag("long")
@Timeout(240)
class MetricPushTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final long NOON_NANOS = NOON.getEpochSecond() * 1_000_000_000L;
  private static final Duration NEVER = Duration.ofHours(1);

  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final List<String> news = new CopyOnWriteArrayList<>();
  private final InstantSource clock = InstantSource.fixed(NOON);
  private final Deliveries deliveries = new Deliveries(clock, warnings::add, news::add);

  private static final Collector ALL_TYPES =
      new Collector() {
        @Override
        public String source() {
          return "all";
        }

        @Override
        public void collect(Gathering into, Instant now) {
          into.add(Fleet.TOKENS_TOTAL, Exact.of(547), "laptop", "output", "claude-opus-5", "");
          into.add(Fleet.COST_USD_TOTAL, new Exact(69_741_000L, 9), "laptop", "m", "-p");
          into.add(Fleet.CACHE_HIT_RATIO, new Real(0.75), "laptop", "m");
          into.add(Fleet.DEVICE_ONLINE, Exact.of(1), "laptop", "host");
          into.add(Fleet.DEVICE_LAST_SEEN_TIMESTAMP, new Exact(1_500, 3), "laptop", "host");
          into.add(Quota.USAGE_UTILIZATION, new Real(1.205), "", "five_hour");
          into.add(Quota.USAGE_SECONDS_TO_RESET, Exact.of(60), "", "five_hour");
          int bounds = Fleet.TOKENS_PER_SESSION.bounds().size();
          List<Long> counts = new ArrayList<>(Collections.nCopies(bounds + 1, 0L));
          counts.set(0, 2L);
          counts.set(bounds, 1L);
          into.add(
              Fleet.TOKENS_PER_SESSION, new Distribution(counts, Exact.of(70_000_000)), "laptop");
          into.add(
              Fleet.REQUEST_INTERVAL_SECONDS,
              new Quantiles(List.of(new Quantile(0.5, 1.25)), 7, new Exact(12_345, 3)),
              "laptop");
        }
      };

  private Scraper scraper(Collector... more) {
    List<Family> families =
        Stream.of(Fleet.ALL, Quota.ALL, Own.ALL, ClaudeCode.ALL).flatMap(List::stream).toList();
    return new Scraper(
        families, Stream.concat(Stream.of(more), Stream.of(deliveries)).toList(), clock, 100_000);
  }

  private static PushSettings settings(
      Protocol protocol, String url, Duration timeout, Duration interval) {
    return new PushSettings(
        new SignalReceiver(
            protocol == Protocol.GRPC ? url : url + "/v1/metrics",
            protocol,
            Map.of("x-key", "canary-header"),
            timeout),
        null,
        interval,
        Map.of("service.name", "claudometer", "deployment.environment", "test"));
  }

  private MetricPush push(PushSettings settings, Scraper scraper) {
    return MetricPush.start(settings, scraper, clock, "1.2", deliveries);
  }

  private static OtlpReceiver receiver(Protocol protocol) {
    return protocol == Protocol.GRPC ? OtlpReceiver.grpc() : OtlpReceiver.http();
  }

  @ParameterizedTest
  @EnumSource
  void familiesArriveWithTheirValues(Protocol protocol) {
    try (var receiver = receiver(protocol);
        var push =
            push(
                settings(protocol, receiver.url(), Duration.ofSeconds(10), NEVER),
                scraper(ALL_TYPES))) {
      push.flush();
      assertThat(receiver.lines())
          .contains(
              "claude_tokens_total{device=laptop, model=claude-opus-5, type=output} 547",
              "claude_cost_usd_total{device=laptop, model=m, project=-p} 0.069741",
              "claude_cache_hit_ratio{device=laptop, model=m} 0.75",
              "claude_device_online{device=laptop, hostname=host} 1",
              "claude.usage.utilization{metric_name=five_hour} 1.205",
              "claude.usage.seconds_to_reset{metric_name=five_hour} 60",
              "claudometer_pushes_total{outcome=taken, signal=metrics} 0");
      assertThat(receiver.delivered()).noneMatch(metric -> metric.getName().startsWith("otel"));
      assertThat(metric(receiver, "claude_tokens_total").getUnit()).isEqualTo("{token}");
      assertThat(metric(receiver, "claude_cache_hit_ratio").getUnit()).isEqualTo("ratio");
      assertThat(metric(receiver, "claude.usage.seconds_to_reset").getUnit()).isEqualTo("s");
      assertThat(metric(receiver, "claude_device_last_seen_timestamp").getUnit()).isEmpty();
      var resource = receiver.metrics.getFirst().getResourceMetrics(0);
      assertThat(OtlpReceiver.labels(resource.getResource().getAttributesList()))
          .isEqualTo("{deployment.environment=test, service.name=claudometer}");
      assertThat(resource.getScopeMetrics(0).getScope().getName()).isEqualTo("claudometer");
      assertThat(receiver.headers).containsEntry("x-key", "canary-header");
    }
  }

  @Test
  void countersAreCumulativeAndBeginWhenTheyBegan() {
    try (var receiver = OtlpReceiver.grpc();
        var push =
            push(
                settings(Protocol.GRPC, receiver.url(), Duration.ofSeconds(10), NEVER),
                scraper(ALL_TYPES))) {
      push.flush();
      var stored = metric(receiver, "claude_tokens_total").getSum();
      assertThat(stored.getIsMonotonic()).isTrue();
      assertThat(stored.getAggregationTemporality())
          .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
      assertThat(stored.getDataPoints(0).getStartTimeUnixNano()).as("unknown").isZero();
      assertThat(stored.getDataPoints(0).getTimeUnixNano()).isEqualTo(NOON_NANOS);
      assertThat(
              metric(receiver, "claudometer_pushes_total")
                  .getSum()
                  .getDataPoints(0)
                  .getStartTimeUnixNano())
          .isEqualTo(NOON_NANOS);
    }
  }

  @Test
  void histogramsAndSummariesKeepTheirShape() {
    try (var receiver = OtlpReceiver.grpc();
        var push =
            push(
                settings(Protocol.GRPC, receiver.url(), Duration.ofSeconds(10), NEVER),
                scraper(ALL_TYPES))) {
      push.flush();
      HistogramDataPoint histogram =
          metric(receiver, "claude_tokens_per_session").getHistogram().getDataPoints(0);
      assertThat(histogram.getExplicitBoundsList())
          .isEqualTo(
              Fleet.TOKENS_PER_SESSION.bounds().stream()
                  .map(bound -> bound.doubleValue())
                  .toList());
      assertThat(histogram.getBucketCountsList()).startsWith(2L).endsWith(1L);
      assertThat(histogram.getCount()).isEqualTo(3);
      assertThat(histogram.getSum()).isEqualTo(70_000_000);
      assertThat(histogram.hasMin() || histogram.hasMax()).isFalse();
      SummaryDataPoint summary =
          metric(receiver, "claude_request_interval_seconds").getSummary().getDataPoints(0);
      assertThat(summary.getCount()).isEqualTo(7);
      assertThat(summary.getSum()).isEqualTo(12.345);
      assertThat(summary.getQuantileValues(0).getValue()).isEqualTo(1.25);
    }
  }

  @Test
  void manySeriesComeInMessagesThatReceiversTake() {
    Collector many =
        new Collector() {
          @Override
          public String source() {
            return "many";
          }

          @Override
          public void collect(Gathering into, Instant now) {
            for (int i = 0; i < 30_000; i++) {
              into.add(
                  Fleet.COST_USD_TOTAL,
                  Exact.of(i),
                  "device-with-a-long-name-" + i % 100,
                  "claude-opus-5-20261101",
                  "-home-somebody-work-a-project-with-a-long-name-" + i);
            }
          }
        };
    try (var receiver = OtlpReceiver.grpc();
        var push =
            push(
                settings(Protocol.GRPC, receiver.url(), Duration.ofSeconds(10), NEVER),
                scraper(many))) {
      push.flush();
      assertThat(deliveries.failure()).isNull();
      assertThat(receiver.metrics).hasSizeGreaterThan(5);
      assertThat(receiver.lines().stream().filter(line -> line.startsWith("claude_cost_usd")))
          .hasSize(30_000);
    }
  }

  @ParameterizedTest
  @EnumSource
  void receiverThatIsBusyForAMomentGetsItAllTheSame(Protocol protocol) throws Exception {
    try (var receiver = receiver(protocol);
        var push =
            push(
                settings(protocol, receiver.url(), Duration.ofSeconds(20), NEVER),
                scraper(ALL_TYPES))) {
      receiver.mood(protocol == Protocol.GRPC ? Mood.BUSY : Mood.TOO_MANY);
      Thread flush = Thread.ofPlatform().start(push::flush);
      while (receiver.asked.get() == 0) {
        Thread.sleep(10);
      }
      receiver.mood(Mood.TAKES);
      flush.join();
      assertThat(receiver.lines()).isNotEmpty();
      assertThat(warnings).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BUSY", "TOO_MANY", "REFUSES", "HANGS"})
  void outageIsOneWarningAndOneWordAtItsEnd(Mood mood) throws Exception {
    try (var receiver = OtlpReceiver.http()) {
      receiver.mood(mood);
      Scraper scraper = scraper(ALL_TYPES);
      try (var _ =
          push(
              settings(
                  Protocol.HTTP_PROTOBUF,
                  receiver.url(),
                  Duration.ofSeconds(1),
                  Duration.ofSeconds(1)),
              scraper)) {
        long failed = 0;
        while (failed < 3) {
          failed = failed(scraper);
          Thread.sleep(50);
        }
        assertThat(warnings).hasSize(1);
        assertThat(warnings.getFirst())
            .startsWith("metrics are not taken by " + receiver.url() + ": it ")
            .doesNotContain("canary");
        assertThat(news).isEmpty();
        receiver.mood(Mood.TAKES);
        while (news.isEmpty()) {
          Thread.sleep(50);
        }
        assertThat(news).containsExactly(receiver.url() + " takes metrics again");
        assertThat(warnings).hasSize(1);
      }
      assertThat(deliveries.failure()).isNull();
    }
  }

  @Test
  void nobodyWaitsForAReceiverThatHangs() throws Exception {
    Scraper scraper = scraper(ALL_TYPES);
    try (var receiver = OtlpReceiver.http();
        var push = push(settings(Protocol.HTTP_PROTOBUF, receiver.url(), NEVER, NEVER), scraper)) {
      receiver.mood(Mood.HANGS);
      Thread flush = Thread.ofVirtual().start(push::flush);
      while (receiver.asked.get() == 0) {
        Thread.sleep(10);
      }
      assertThat(failed(scraper)).isZero();
      assertThat(flush.isAlive()).as("the receiver still hangs").isTrue();
    }
  }

  private static long failed(Scraper scraper) {
    return scraper.scrape().stream()
        .filter(samples -> samples.family() == Own.PUSHES_TOTAL)
        .flatMap(samples -> samples.series().stream())
        .filter(series -> series.labels().contains("failed"))
        .mapToLong(series -> ((Exact) series.value()).units())
        .sum();
  }

  @Test
  void receiverThatComesLaterGetsEverything() throws Exception {
    int port;
    try (var gone = OtlpReceiver.grpc()) {
      port = gone.port();
    }
    try (var push =
        push(
            settings(Protocol.GRPC, "http://127.0.0.1:" + port, Duration.ofMillis(800), NEVER),
            scraper(ALL_TYPES))) {
      push.flush();
      assertThat(deliveries.failure()).contains("it cannot be reached");
      try (var receiver = OtlpReceiver.grpcAt(port)) {
        while (receiver.lines().isEmpty() || deliveries.failure() != null) {
          push.flush();
        }
        assertThat(news).hasSize(1);
      }
    }
  }

  @Test
  void lastWordIsPushedAtTheEnd() {
    try (var receiver = OtlpReceiver.grpc()) {
      push(
              settings(Protocol.GRPC, receiver.url(), Duration.ofSeconds(10), NEVER),
              scraper(ALL_TYPES))
          .close();
      assertThat(receiver.lines()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void receiverThatHangsDoesNotKeepTheEndWaiting(Protocol protocol) {
    try (var receiver = receiver(protocol)) {
      receiver.mood(Mood.HANGS);
      var push = push(settings(protocol, receiver.url(), NEVER, NEVER), scraper(ALL_TYPES));
      // an hour would be too long for this test
      push.close();
    }
  }

  private static Metric metric(OtlpReceiver receiver, String name) {
    return receiver.delivered().stream()
        .filter(metric -> metric.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
