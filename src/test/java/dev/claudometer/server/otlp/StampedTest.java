package dev.claudometer.server.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import dev.claudometer.model.DeviceId;
import dev.claudometer.server.otlp.Sender.Form;
import dev.claudometer.server.otlp.Sender.Saying;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// Whoever signed in at a gateway that is trusted is known by its stamp, whichever way the gateway
/// sends; nobody else's stamp is believed.
class StampedTest {

  private static final String STAMP =
      """
      attributes { key: "identity.source" value { string_value: "gateway-oidc" } }
      attributes { key: "user.email" value { string_value: "ada@example.com" } }
      """;

  private static final String JSON_STAMP =
      """
      {"key":"identity.source","value":{"stringValue":"gateway-oidc"}},
      {"key":"user.email","value":{"stringValue":"ada@example.com"}},
      """;

  private final List<String> stored = new CopyOnWriteArrayList<>();

  @Test
  void stampOfATrustedGatewayIsBelievedInEveryForm() throws Exception {
    for (Form form : Form.values()) {
      assertThat(devices(form, true)).as(form.name()).containsExactly("ada@example.com");
      assertThat(devices(form, false)).as(form.name()).containsExactly("gate");
    }
  }

  private List<String> devices(Form form, boolean trusted) throws Exception {
    stored.clear();
    var intake =
        new TelemetryIntake(
            (device, _) -> stored.add(device.text()), Onward.NOWHERE, gate(trusted));
    try (var receiver =
            Receiver.ofThisMachine(new Ports(0, 0), intake, (_, _) -> new DeviceId("gate"));
        var client = new Sender(receiver)) {
      assertThat(client.send(form, call()).status()).isEqualTo(200);
      assertThat(client.send(form, commits()).status()).isEqualTo(200);
    }
    assertThat(stored).hasSize(2);
    return stored.stream().distinct().toList();
  }

  private static Stamps gate(boolean trusted) {
    return new Stamps() {
      @Override
      public boolean trusts(DeviceId sender) {
        return trusted;
      }

      @Override
      public DeviceId device(DeviceId sender, String person) {
        return new DeviceId(person);
      }
    };
  }

  private static Saying call() throws TextFormat.ParseException {
    var request = ExportLogsServiceRequest.newBuilder();
    TextFormat.merge(
        "resource_logs { scope_logs { log_records { time_unix_nano: 1795223124193000000"
            + " event_name: \"api_request\" "
            + STAMP
            + """
            attributes { key: "model" value { string_value: "claude-opus-5-5" } }
            attributes { key: "input_tokens" value { int_value: 9 } }
            attributes { key: "output_tokens" value { int_value: 500 } } } } }
            """,
        request);
    String json =
        """
        {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1795223124193000000",
          "eventName":"api_request","attributes":[STAMP
            {"key":"model","value":{"stringValue":"claude-opus-5-5"}},
            {"key":"input_tokens","value":{"intValue":9}},
            {"key":"output_tokens","value":{"intValue":500}}]}]}]}]}
        """
            .replace("STAMP", JSON_STAMP);
    return Saying.logs(json, request.build());
  }

  private static Saying commits() throws TextFormat.ParseException {
    var request = ExportMetricsServiceRequest.newBuilder();
    TextFormat.merge(
        "resource_metrics { scope_metrics { metrics { name: \"claude_code.commit.count\" sum {"
            + " data_points { time_unix_nano: 1795223124193000000 as_int: 2 "
            + STAMP
            + "} } } } }",
        request);
    String json =
        """
        {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"claude_code.commit.count","sum":{
          "dataPoints":[{"timeUnixNano":"1795223124193000000","asInt":"2","attributes":[STAMP
            {"key":"session.id","value":{"stringValue":"s"}}]}]}}]}]}]}
        """
            .replace("STAMP", JSON_STAMP);
    return new Saying("metrics", json.getBytes(UTF_8), request.build());
  }
}
