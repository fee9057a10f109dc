package dev.claudometer.source.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import dev.claudometer.ingest.Intake;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Bodies with a part that is broken, missing, doubled or of another kind: each is read, or refused
/// as what it is not; nothing else happens, and what is read of it can be handed on.
class DamagedBodiesTest {

  private static final int TRIES = 4_000;

  private static final String LOGS =
      """
      {"resourceLogs":[{"resource":{"attributes":[{"key":"session.id","value":{"stringValue":"s"}}]},
      "scopeLogs":[{"logRecords":[{"timeUnixNano":"1795223124193000000","eventName":"api_request",
      "attributes":[{"key":"event.sequence","value":{"intValue":3}},{"key":"event.timestamp","value":
      {"stringValue":"2026-11-21T01:05:24.193Z"}},{"key":"model","value":{"stringValue":"claude-opus-5-5"}},
      {"key":"input_tokens","value":{"intValue":"9"}},{"key":"output_tokens","value":{"intValue":500}},
      {"key":"cost_usd","value":{"doubleValue":0.07}},{"key":"request_id","value":{"stringValue":"req_1"}}]},
      {"attributes":[{"key":"event.name","value":{"stringValue":"tool_decision"}}]}]}]}]}\
      """;

  private static final String METRICS =
      """
      {"resourceMetrics":[{"resource":{"attributes":[{"key":"session.id","value":{"stringValue":"s"}}]},
      "scopeMetrics":[{"metrics":[{"name":"claude_code.active_time.total","sum":{"dataPoints":[
      {"attributes":[{"key":"type","value":{"stringValue":"cli"}},{"key":"vcs.repository.url.full",
      "value":{"stringValue":"https://git.example/acme/rocket.git"}}],"startTimeUnixNano":"1795223123000000000",
      "timeUnixNano":"1795223124193000000","asDouble":4.809}],"aggregationTemporality":1}}]}]}]}\
      """;

  /// What may stand where something else stood.
  private static final List<String> PIECES =
      List.of(
          "null",
          "{}",
          "[]",
          "\"\"",
          "-1",
          "9223372036854775807",
          "1e400",
          "-0.5",
          "\"NaN\"",
          "true",
          "\"\\ud800\"",
          ",",
          "}",
          "]",
          "{\"intValue\":",
          "\"|\"",
          "\"0001-01-01T00:00:00Z\"",
          "\"+999999999-12-31T23:59:59Z\"");

  @Test
  void damagedJsonIsReadOrRefused() {
    for (int seed = 0; seed < TRIES; seed++) {
      var random = new Random(seed);
      byte[] logs = damaged(LOGS, random).getBytes(UTF_8);
      byte[] metrics = damaged(METRICS, random).getBytes(UTF_8);
      heard("seed " + seed, () -> handOn(JsonEvents.read(new ByteArrayInputStream(logs))));
      heard("seed " + seed, () -> handOn(JsonSums.read(new ByteArrayInputStream(metrics))));
    }
  }

  @Test
  void damagedBinaryBodiesAreReadOrRefused() throws Exception {
    var logs = ExportLogsServiceRequest.newBuilder();
    TextFormat.merge(
        """
        resource_logs { scope_logs { log_records { time_unix_nano: 1795223124193000000
          event_name: "api_request" body { string_value: "x" }
          attributes { key: "model" value { string_value: "claude-opus-5-5" } }
          attributes { key: "input_tokens" value { int_value: 9 } }
          attributes { key: "cost_usd" value { double_value: 0.07 } }
          attributes { key: "output_tokens" value { int_value: 500 } } } } }
        """,
        logs);
    var metrics = ExportMetricsServiceRequest.newBuilder();
    TextFormat.merge(
        """
        resource_metrics { scope_metrics { metrics { name: "claude_code.commit.count" sum {
          data_points { start_time_unix_nano: 1 time_unix_nano: 1795223124193000000 as_double: 2 } } } } }
        """,
        metrics);
    for (int seed = 0; seed < TRIES; seed++) {
      var random = new Random(seed);
      byte[] some = damaged(logs.build().toByteArray(), random);
      byte[] others = damaged(metrics.build().toByteArray(), random);
      heard("seed " + seed, () -> handOn(ProtobufEvents.read(some)));
      heard("seed " + seed, () -> handOn(ProtobufSums.read(others)));
    }
  }

  private interface Reading {
    void read() throws IOException;
  }

  private static void heard(String name, Reading reading) {
    try {
      reading.read();
    } catch (IOException refused) {
      assertThat(refused.getMessage()).as(name).isNotBlank();
    } catch (RuntimeException failure) {
      throw new AssertionError(name, failure);
    }
  }

  /// What cannot be is rejected there, by what it says.
  private static void handOn(Telemetry telemetry) {
    var intake = new Intake();
    telemetry.calls().forEach(intake);
    telemetry.activities().forEach(intake);
    assertThat(new Runs().proof(telemetry.places()).late()).isZero();
  }

  private static void handOn(MetricSums sums) {
    sums.activities().forEach(new Intake());
  }

  private static String damaged(String json, Random random) {
    var text = new StringBuilder(json);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int from = random.nextInt(text.length());
      int to = Math.min(text.length(), from + random.nextInt(12));
      switch (random.nextInt(4)) {
        case 0 -> text.delete(from, to);
        case 1 -> text.insert(from, text.substring(from, to));
        case 2 -> text.replace(from, to, PIECES.get(random.nextInt(PIECES.size())));
        default -> value(text, from, PIECES.get(random.nextInt(PIECES.size())));
      }
    }
    return text.toString();
  }

  /// Puts something else in the place of the next whole value.
  private static void value(StringBuilder text, int from, String piece) {
    int colon = text.indexOf(":", from);
    if (colon >= 0 && colon + 1 < text.length()) {
      int end = colon + 1;
      while (end < text.length() && ",}]".indexOf(text.charAt(end)) < 0) {
        end++;
      }
      text.replace(colon + 1, end, piece);
    }
  }

  private static byte[] damaged(byte[] bytes, Random random) {
    byte[] damaged = bytes.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
    }
    return damaged;
  }
}
