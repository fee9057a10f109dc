package dev.claudometer.export.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.export.scrape.Gathering;
import dev.claudometer.metric.Family;
import dev.claudometer.metric.Fleet;
import dev.claudometer.metric.Own;
import dev.claudometer.metric.Samples;
import dev.claudometer.metric.Value.Distribution;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.metric.Value.Quantile;
import dev.claudometer.metric.Value.Quantiles;
import dev.claudometer.metric.Value.Real;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/// What Prometheus gets to read.
class ExpositionTest {

  @Test
  void counterHasItsSuffixOnTheSampleInOpenMetricsAndEverywhereInText() {
    Samples cost = one(Fleet.COST_USD_TOTAL, new Exact(21_600_000, 9), "laptop", "opus", "-p");
    assertThat(text(Format.TEXT, cost))
        .isEqualTo(
            """
            # TYPE claude_cost_usd_total counter
            # HELP claude_cost_usd_total %s
            claude_cost_usd_total{device="laptop",model="opus",project="-p"} 0.0216
            """
                .formatted(Fleet.COST_USD_TOTAL.help()));
    assertThat(text(Format.OPEN_METRICS, cost))
        .isEqualTo(
            """
            # TYPE claude_cost_usd counter
            # UNIT claude_cost_usd usd
            # HELP claude_cost_usd %s
            claude_cost_usd_total{device="laptop",model="opus",project="-p"} 0.0216
            # EOF
            """
                .formatted(Fleet.COST_USD_TOTAL.help()));
  }

  @Test
  void bucketsAddUp() {
    var requests = new Distribution(List.of(1L, 0L, 2L, 0L, 0L, 0L, 0L, 0L, 4L), Exact.of(5_000));
    assertThat(lines(Format.TEXT, one(Fleet.REQUESTS_PER_SESSION, requests, "a")))
        .containsExactly(
            "claude_requests_per_session_bucket{device=\"a\",le=\"1\"} 1",
            "claude_requests_per_session_bucket{device=\"a\",le=\"5\"} 1",
            "claude_requests_per_session_bucket{device=\"a\",le=\"10\"} 3",
            "claude_requests_per_session_bucket{device=\"a\",le=\"20\"} 3",
            "claude_requests_per_session_bucket{device=\"a\",le=\"50\"} 3",
            "claude_requests_per_session_bucket{device=\"a\",le=\"100\"} 3",
            "claude_requests_per_session_bucket{device=\"a\",le=\"200\"} 3",
            "claude_requests_per_session_bucket{device=\"a\",le=\"500\"} 3",
            "claude_requests_per_session_bucket{device=\"a\",le=\"+Inf\"} 7",
            "claude_requests_per_session_sum{device=\"a\"} 5000",
            "claude_requests_per_session_count{device=\"a\"} 7");
    assertThat(lines(Format.OPEN_METRICS, one(Fleet.REQUESTS_PER_SESSION, requests, "a")))
        .contains("claude_requests_per_session_bucket{device=\"a\",le=\"500.0\"} 3");
  }

  @Test
  void summaryHasQuantilesOnlyWhereThereAreSome() {
    var some = new Quantiles(List.of(new Quantile(0.5, 2.25)), 9, new Exact(12_345, 3));
    assertThat(lines(Format.TEXT, one(Fleet.REQUEST_INTERVAL_SECONDS, some, "a")))
        .containsExactly(
            "claude_request_interval_seconds{device=\"a\",quantile=\"0.5\"} 2.25",
            "claude_request_interval_seconds_sum{device=\"a\"} 12.345",
            "claude_request_interval_seconds_count{device=\"a\"} 9");
  }

  @Test
  void hostileLabelsStayLabels() {
    Samples hostile = one(Own.BUILD_INFO, Exact.of(1), "a\"} 7\n# HELP \\ x{ü\u2028\ud800\0");
    String line = lines(Format.TEXT, hostile).getFirst();
    assertThat(line)
        .isEqualTo(
            "claudometer_build_info{version=\"a\\\"} 7\\n"
                + "# HELP \\\\ x{ü\\\\u2028\\\\ud800\\\\x00\"} 1");
  }

  @Test
  void numbersAreExact() {
    assertThat(number(new Exact(0, 9))).isEqualTo("0");
    assertThat(number(new Exact(1, 9))).isEqualTo("0.000000001");
    assertThat(number(new Exact(-1_500_000_000, 9))).isEqualTo("-1.5");
    assertThat(number(new Exact(Long.MAX_VALUE, 9))).isEqualTo("9223372036.854775807");
    assertThat(number(new Exact(Long.MIN_VALUE, 0))).isEqualTo("-9223372036854775808");
    assertThat(number(Exact.of(1_000_000_000_000_000_000L))).isEqualTo("1000000000000000000");
    assertThat(number(new Real(0.1))).isEqualTo("0.1");
    assertThat(number(new Real(3))).isEqualTo("3");
    assertThat(number(new Real(Double.NaN))).isEqualTo("NaN");
    assertThat(number(new Real(Double.NEGATIVE_INFINITY))).isEqualTo("-Inf");
  }

  private static String number(dev.claudometer.metric.Value value) {
    return lines(Format.TEXT, one(Own.DATABASE_BYTES, value)).getFirst().split(" ", -1)[1];
  }

  @Test
  void compressedTextIsTheSameText() throws IOException {
    var gathering = new Gathering(100_000, Map.of(), Fleet.ALL);
    for (int i = 0; i < 50_000; i++) {
      gathering.add(Fleet.TOTAL_COST_USD, Exact.of(i), "device-" + i);
    }
    Bytes text = Exposition.write(gathering.samples(), Format.TEXT);
    try (var in = new GZIPInputStream(new ByteArrayInputStream(Exposition.gzip(text)))) {
      assertThat(in.readAllBytes())
          .isEqualTo(text.read().readAllBytes())
          .hasSize(text.length())
          .hasSizeGreaterThan(2_000_000);
    }
  }

  @Test
  void formatIsTheOneThatTheScraperPrefers() {
    assertThat(Format.accepted(null)).isEqualTo(Format.TEXT);
    assertThat(Format.accepted("*/*")).isEqualTo(Format.TEXT);
    assertThat(Format.accepted("text/plain;version=0.0.4;q=0.5,*/*;q=0.1")).isEqualTo(Format.TEXT);
    assertThat(
            Format.accepted(
                "application/openmetrics-text;version=1.0.0,application/openmetrics-text;"
                    + "version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1"))
        .isEqualTo(Format.OPEN_METRICS);
    assertThat(Format.accepted("application/openmetrics-text; version=\"1.0.0\"; q=0.3, */*;q=0.3"))
        .isEqualTo(Format.OPEN_METRICS);
    assertThat(Format.accepted("application/openmetrics-text;q=0.2, text/plain"))
        .isEqualTo(Format.TEXT);
    assertThat(Format.accepted("application/openmetrics-text;version=9.9")).isEqualTo(Format.TEXT);
    for (String malformed :
        List.of(
            "", ",", ";;;q=", "application/openmetrics-text;q=zwei", "\0", "a/b;q=1e9", "q=1")) {
      assertThat(Format.accepted(malformed)).as(malformed).isEqualTo(Format.TEXT);
    }
  }

  @Test
  void compressionIsForThoseWhoAcceptIt() {
    assertThat(Format.gzip(null)).isFalse();
    assertThat(Format.gzip("gzip")).isTrue();
    assertThat(Format.gzip("deflate, GZIP;q=0.5")).isTrue();
    assertThat(Format.gzip("gzip;q=0")).isFalse();
    assertThat(Format.gzip("gzip;q=viel")).isFalse();
  }

  private static Samples one(Family family, dev.claudometer.metric.Value value, String... labels) {
    var gathering = new Gathering(10, Map.of(), List.of(family));
    gathering.add(family, value, labels);
    return gathering.samples().getFirst();
  }

  private static String text(Format format, Samples samples) {
    Bytes text = Exposition.write(List.of(samples), format);
    try (InputStream in = text.read()) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException memoryDoesNotFail) {
      throw new UncheckedIOException(memoryDoesNotFail);
    }
  }

  private static List<String> lines(Format format, Samples samples) {
    return text(format, samples).lines().filter(line -> !line.startsWith("#")).toList();
  }
}
