package dev.claudometer.export.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.export.otlp.PushSettings.Usual;
import dev.claudometer.export.otlp.SignalReceiver.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What OpenTelemetry's variables mean.
class PushSettingsTest {

  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
  private static final Usual NOWHERE = new Usual(null, "claudometer");

  private final List<String> problems = new ArrayList<>();

  private PushSettings settings(Usual usual, String... pairs) {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      environment.put(pairs[i], pairs[i + 1]);
    }
    return PushSettings.of(new OtelVariables(environment::get, problems::add), usual);
  }

  @Test
  void nothingIsPushedWhereNothingIsConfigured() {
    assertThat(settings(NOWHERE))
        .isEqualTo(
            new PushSettings(
                null, null, Duration.ofMinutes(1), Map.of("service.name", "claudometer")));
    assertThat(settings(NOWHERE, ENDPOINT, " ", "OTEL_SERVICE_NAME", "").metrics()).isNull();
  }

  @Test
  void oneAddressIsForAllSignals() {
    PushSettings grpc = settings(NOWHERE, ENDPOINT, "http://otel:4317/");
    assertThat(grpc.metrics())
        .isEqualTo(
            new SignalReceiver(
                "http://otel:4317", Protocol.GRPC, Map.of(), Duration.ofSeconds(10)));
    PushSettings http =
        settings(
            NOWHERE,
            ENDPOINT,
            "https://o.example/otlp/",
            "OTEL_EXPORTER_OTLP_PROTOCOL",
            "http/protobuf");
    assertThat(Stream.of(http.metrics(), http.traces()).map(SignalReceiver::url))
        .containsExactly("https://o.example/otlp/v1/metrics", "https://o.example/otlp/v1/traces");
  }

  @Test
  void signalsOwnVariablesWin() {
    PushSettings settings =
        settings(
            new Usual("http://127.0.0.1:4317", "claude-usage-metrics"),
            "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
            "http://m:9090/api/v1/otlp/v1/metrics",
            "OTEL_EXPORTER_OTLP_METRICS_PROTOCOL",
            "HTTP/protobuf",
            "OTEL_EXPORTER_OTLP_METRICS_HEADERS",
            "x-scope=a%20b+c",
            "OTEL_EXPORTER_OTLP_METRICS_TIMEOUT",
            "2500",
            "OTEL_EXPORTER_OTLP_HEADERS",
            "authorization=Bearer%20canary, x-other = 1 ,",
            "OTEL_METRIC_EXPORT_INTERVAL",
            "15000",
            "OTEL_RESOURCE_ATTRIBUTES",
            "service.name=other,deployment.environment=a%2Cb");
    assertThat(settings)
        .isEqualTo(
            new PushSettings(
                new SignalReceiver(
                    "http://m:9090/api/v1/otlp/v1/metrics",
                    Protocol.HTTP_PROTOBUF,
                    Map.of("x-scope", "a b+c"),
                    Duration.ofMillis(2500)),
                new SignalReceiver(
                    "http://127.0.0.1:4317",
                    Protocol.GRPC,
                    Map.of("authorization", "Bearer canary", "x-other", "1"),
                    Duration.ofSeconds(10)),
                Duration.ofSeconds(15),
                Map.of("service.name", "other", "deployment.environment", "a,b")));
    assertThat(settings.toString()).doesNotContain("canary");
    assertThat(problems).isEmpty();
  }

  @Test
  void noneIsNone() {
    PushSettings settings =
        settings(NOWHERE, ENDPOINT, "http://o:4317", "OTEL_METRICS_EXPORTER", "none");
    assertThat(settings.metrics()).isNull();
    assertThat(settings.traces()).isNotNull();
  }

  @Test
  void eachBadValueIsOneSentenceWithoutSecrets() {
    wrong(ENDPOINT, "collector:4317", "OTEL_EXPORTER_OTLP_ENDPOINT has to be a URL such as");
    wrong(ENDPOINT, "http://me:canary@o:4317", "must not hold a name or a password");
    wrong(ENDPOINT, "http://o:4317/v1/metrics", "gRPC knows none");
    wrong(ENDPOINT, "http://o:4317\nX: y", "has to be a URL");
    wrong(ENDPOINT, "http://[::1:4317", "has to be a URL");
    wrong("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json", "grpc or http/protobuf: 'http/json'");
    wrong("OTEL_EXPORTER_OTLP_TIMEOUT", "10s", "milliseconds from 1 to 600000: '10s'");
    wrong("OTEL_METRIC_EXPORT_INTERVAL", "7", "milliseconds from 100 to 86400000: '7'");
    wrong("OTEL_EXPORTER_OTLP_HEADERS", "a=b,canary", "entry 2 is not name=value");
    wrong("OTEL_EXPORTER_OTLP_HEADERS", "a=%zzcanary", "entry 1 is not name=value");
    wrong("OTEL_EXPORTER_OTLP_HEADERS", "a=canary%0d%0ab", "entry 1 is not name=value");
    wrong("OTEL_EXPORTER_OTLP_HEADERS", "a=can%C3%A4ry", "printable ASCII");
    wrong("OTEL_RESOURCE_ATTRIBUTES", "=b", "entry 1 is not name=value");
  }

  private void wrong(String variable, String value, String sentence) {
    problems.clear();
    settings(new Usual("http://127.0.0.1:4317", "c"), variable, value);
    assertThat(problems.stream().distinct()).as(value).hasSize(1);
    assertThat(problems.getFirst())
        .startsWith(variable)
        .contains(sentence)
        .doesNotContain("canary", "\n");
  }
}
