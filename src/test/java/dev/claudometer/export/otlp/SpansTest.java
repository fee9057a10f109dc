package dev.claudometer.export.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.export.otlp.OtlpReceiver.Mood;
import dev.claudometer.export.otlp.PushSettings.Usual;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a real receiver gets of traces.
@Timeout(240)
class SpansTest {

  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private Instant now = Instant.parse("2026-11-20T12:00:00Z");
  private final InstantSource clock = () -> now;
  private final Deliveries deliveries = new Deliveries(clock, warnings::add, warnings::add);

  private Spans spans(String url, String protocol) {
    var environment =
        Map.of(
            "OTEL_EXPORTER_OTLP_ENDPOINT", url,
            "OTEL_EXPORTER_OTLP_PROTOCOL", protocol,
            "OTEL_EXPORTER_OTLP_TIMEOUT", "60000");
    List<String> problems = new ArrayList<>();
    var settings =
        PushSettings.of(
            new OtelVariables(environment::get, problems::add),
            new Usual(null, "claude-usage-metrics"));
    assertThat(problems).isEmpty();
    return Spans.start(settings, clock, "1.2", deliveries);
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc", "http/protobuf"})
  void spansSayHowLongItTookAndHowItEnded(String protocol) {
    try (var receiver = protocol.equals("grpc") ? OtlpReceiver.grpc() : OtlpReceiver.http();
        var spans = spans(receiver.url(), protocol)) {
      var good = spans.begin("collect", "planlimits/oauth");
      var bad = spans.begin("collect", "quota/openrouter");
      now = now.plusSeconds(2);
      good.done();
      bad.failed("openrouter.ai answered with 503");
      spans.push().run();
      assertThat(receiver.spans()).hasSize(2);
      Span first = receiver.spans().getFirst();
      assertThat(first.getName()).isEqualTo("collect");
      assertThat(first.getEndTimeUnixNano() - first.getStartTimeUnixNano())
          .isEqualTo(2_000_000_000L);
      assertThat(OtlpReceiver.labels(first.getAttributesList()))
          .isEqualTo("{source=planlimits/oauth}");
      assertThat(first.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_UNSET);
      assertThat(receiver.spans().getLast().getStatus().getCode())
          .isEqualTo(StatusCode.STATUS_CODE_ERROR);
      assertThat(receiver.spans().getLast().getStatus().getMessage())
          .isEqualTo("openrouter.ai answered with 503");
      assertThat(
              OtlpReceiver.labels(
                  receiver.traces.getFirst().getResourceSpans(0).getResource().getAttributesList()))
          .isEqualTo("{service.name=claude-usage-metrics}");
    }
  }

  @Test
  void receiverThatIsAwayIsOneWarningForAllSpans() {
    try (var receiver = OtlpReceiver.grpc();
        var spans = spans(receiver.url(), "grpc")) {
      receiver.mood(Mood.REFUSES);
      for (int i = 0; i < 3; i++) {
        spans.begin("collect", "x").done();
        spans.push().run();
      }
      assertThat(warnings).hasSize(1);
      assertThat(warnings.getFirst()).contains("it answers UNAUTHENTICATED");
    }
  }
}
