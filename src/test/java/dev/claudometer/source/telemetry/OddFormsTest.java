package dev.claudometer.source.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import dev.claudometer.model.Activity;
import dev.claudometer.model.ApiCall;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usd;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What other clients, collectors and coming versions may send, in both encodings: the same is
/// understood of it.
class OddFormsTest {

  private static final String TOKENS =
      """
      {"key":"model","value":{"stringValue":"claude-opus-5-5"}},
      {"key":"input_tokens","value":{"intValue":9}},
      {"key":"output_tokens","value":{"intValue":"500"}},
      {"key":"cache_read_tokens","value":{"doubleValue":300.0}},
      {"key":"cache_creation_tokens","value":{"stringValue":"20"}}\
      """;

  private static final TokenCounts COUNTED = new TokenCounts(9, 500, 20, 0, 300);

  @Test
  void numbersAreNumbersHoweverTheyAreWritten() throws IOException {
    ApiCall json = call("{\"attributes\":[" + name("api_request") + "," + TOKENS + "]}");
    assertThat(json.tokens()).isEqualTo(COUNTED);
    ApiCall binary =
        only(
            binary(
                """
                log_records { attributes { key: "event.name" value { string_value: "api_request" } }
                  attributes { key: "model" value { string_value: "claude-opus-5-5" } }
                  attributes { key: "input_tokens" value { int_value: 9 } }
                  attributes { key: "output_tokens" value { double_value: 500 } }
                  attributes { key: "cache_read_tokens" value { string_value: "300" } }
                  attributes { key: "cache_creation_tokens" value { double_value: 2e1 } } }
                """,
                ""));
    assertThat(binary.tokens()).isEqualTo(COUNTED);
  }

  /// The name of a record has a field of its own in newer versions of OTLP.
  @Test
  void nameOfAnEventIsItsAttributeItsFieldOrItsBody() throws IOException {
    for (String record :
        List.of(
            "\"body\":{\"stringValue\":\"claude_code.api_request\"},\"attributes\":[",
            "\"eventName\":\"claude_code.api_request\",\"body\":{\"kvlistValue\":{\"values\":["
                + "{\"key\":\"x\",\"value\":{\"stringValue\":\"secret\"}}]}},\"attributes\":[",
            "\"body\":{\"stringValue\":\"API request\"},\"attributes\":["
                + name("api_request")
                + ",")) {
      assertThat(call("{" + record + TOKENS + "]}").tokens()).as(record).isEqualTo(COUNTED);
    }
    assertThat(
            only(binary(
                    """
                    log_records { event_name: "api_request" body { kvlist_value { } }
                      attributes { key: "model" value { string_value: "claude-opus-5-5" } }
                      attributes { key: "input_tokens" value { int_value: 9 } }
                      attributes { key: "output_tokens" value { int_value: 500 } } }
                    """,
                    ""))
                .tokens())
        .isEqualTo(new TokenCounts(9, 500, 0, 0, 0));
  }

  /// A collector may move what all records of a resource have to the resource, which may stand
  /// behind them; what a record says itself is its own.
  @Test
  void sessionOfAResourceIsThatOfItsRecords() throws IOException {
    String resource =
        "\"resource\":{\"attributes\":[{\"key\":\"session.id\",\"value\":{\"stringValue\":\"of the"
            + " resource\"}},{\"key\":\"model\",\"value\":{\"stringValue\":\"no-model\"}}]}";
    String own = "{\"key\":\"session.id\",\"value\":{\"stringValue\":\"own\"}},";
    String records =
        "\"scopeLogs\":[{\"logRecords\":[{\"attributes\":[%s,%s]},{\"attributes\":[%s%s,%s]}]}]"
            .formatted(name("api_request"), TOKENS, own, name("api_request"), TOKENS);
    for (String both : List.of(resource + "," + records, records + "," + resource)) {
      assertThat(read("{\"resourceLogs\":[{" + both + "}]}").calls())
          .extracting(call -> call.session().text() + " " + call.model())
          .containsExactly("of the resource claude-opus-5-5", "own claude-opus-5-5");
    }
    assertThat(
            only(binary(
                    """
                    log_records { event_name: "api_request"
                      attributes { key: "model" value { string_value: "claude-opus-5-5" } }
                      attributes { key: "input_tokens" value { int_value: 9 } }
                      attributes { key: "output_tokens" value { int_value: 500 } } }
                    """,
                    "attributes { key: \"session.id\" value { string_value: \"s\" } }"))
                .session()
                .text())
        .isEqualTo("s");
  }

  @Test
  void whatIsEmptyIsNothing() throws IOException {
    for (String body :
        List.of(
            "{}",
            "{\"resourceLogs\":[]}",
            "{\"resourceLogs\":null}",
            "{\"resourceLogs\":[{}]}",
            "{\"resourceLogs\":[{\"resource\":null,\"scopeLogs\":[{\"scope\":null}]}]}",
            "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{},{\"attributes\":null}]}]}]}")) {
      assertThat(read(body).calls()).as(body).isEmpty();
      assertThat(read(body).unreadable()).as(body).isZero();
    }
    assertThat(ProtobufEvents.read(new byte[0]).calls()).isEmpty();
    assertThat(ProtobufSums.read(new byte[0]).activities()).isEmpty();
  }

  @Test
  void clientsDollarsMayBeMillionths() throws IOException {
    String micros = "{\"key\":\"cost_usd_micros\",\"value\":{\"intValue\":71752}}";
    String dollars = "{\"key\":\"cost_usd\",\"value\":{\"doubleValue\":0.0717524}}";
    String call = "{\"attributes\":[" + name("api_request") + "," + TOKENS + ",";
    assertThat(call(call + micros + "]}").cost()).isEqualTo(new Usd(71_752_000));
    assertThat(call(call + micros + "," + dollars + "]}").cost()).isEqualTo(new Usd(71_752_400));
  }

  /// As of a client that has lost its start: each delta is a point of its own, and of cumulative
  /// ones the largest is true.
  @Test
  void deltaPointsWithoutAStartAreAllCounted() throws IOException {
    for (String delta : List.of("1", "\"AGGREGATION_TEMPORALITY_DELTA\"")) {
      assertThat(sums(delta, "").stream().map(Activity::key).distinct()).as(delta).hasSize(2);
    }
    assertThat(sums("2", "").stream().map(Activity::key).distinct()).hasSize(1);
    String binary =
        """
        resource_metrics { scope_metrics { metrics { name: "claude_code.commit.count" sum {
          aggregation_temporality: AGGREGATION_TEMPORALITY_DELTA
          data_points { time_unix_nano: 1795223556000000000 as_int: 2 }
          data_points { time_unix_nano: 1795223616000000000 as_double: 2 } } } } }
        """;
    var request = ExportMetricsServiceRequest.newBuilder();
    TextFormat.merge(binary, request);
    assertThat(ProtobufSums.read(request.build()).activities())
        .extracting(Activity::value)
        .containsExactly(2L, 2L);
    assertThat(
            ProtobufSums.read(request.build()).activities().stream().map(Activity::key).distinct())
        .hasSize(2);
  }

  @Test
  void bothEncodingsMakeTheSameSeries() throws Exception {
    var request = ExportMetricsServiceRequest.newBuilder();
    TextFormat.merge(
        """
        resource_metrics {
          resource { attributes { key: "session.id" value { string_value: "s" } } }
          scope_metrics { metrics { name: "claude_code.commit.count" sum {
          aggregation_temporality: AGGREGATION_TEMPORALITY_DELTA
          data_points { start_time_unix_nano: 1795223550000000000
            time_unix_nano: 1795223556000000000 as_int: 2
            attributes { key: "anthropic.custom_base_url" value { bool_value: true } } } } } } }
        """,
        request);
    String json =
        """
        {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"claude_code.commit.count","sum":{
          "dataPoints":[{"attributes":[{"key":"session.id","value":{"stringValue":"s"}},
            {"key":"anthropic.custom_base_url","value":{"boolValue":true}}],
            "startTimeUnixNano":1795223550000000000,"timeUnixNano":"1795223556000000000","asInt":"2",
            "exemplars":[{"asDouble":7,"timeUnixNano":"9"}]}],
          "aggregationTemporality":1,"isMonotonic":true}}]}]}]}
        """;
    assertThat(JsonSums.read(new ByteArrayInputStream(json.getBytes(UTF_8))))
        .isEqualTo(ProtobufSums.read(request.build()));
  }

  /// What `OTEL_METRICS_INCLUDE_REPOSITORY` adds; of the URL alone, what stands behind its host.
  @Test
  void repositoryAndBranchAreToldWhereTheClientTellsThem() throws IOException {
    String whole =
        """
        {"key":"vcs.repository.url.full","value":{"stringValue":"https://git.example/acme/rocket"}},
        {"key":"vcs.owner.name","value":{"stringValue":"acme"}},
        {"key":"vcs.repository.name","value":{"stringValue":"rocket"}},
        {"key":"vcs.ref.head.name","value":{"stringValue":"fix|it"}},
        {"key":"vcs.ref.head.type","value":{"stringValue":"branch"}}\
        """;
    assertThat(sums("1", whole)).extracting(Activity::name).containsOnly("|acme/rocket|fix it");
    assertThat(sums("1", whole.replace("\"branch\"", "\"tag\"")))
        .extracting(Activity::name)
        .containsOnly("|acme/rocket");
    String url =
        """
        {"key":"vcs.repository.url.full","value":{"stringValue":"https://ada:secret@git.example:8/g/s/r.git/?a=b"}}\
        """;
    assertThat(sums("1", url)).extracting(Activity::name).containsOnly("|g/s/r");
    assertThat(sums("1", url.replace("https://ada", "h t")))
        .extracting(Activity::name)
        .containsOnly("");
    String decided =
        """
        {"attributes":[{"key":"tool_name","value":{"stringValue":"Bash"}},{"key":"decision","value":{"stringValue":"accept"}},\
        """;
    assertThat(read(logs("", decided + name("tool_decision") + "," + whole + "]}")).activities())
        .extracting(Activity::name)
        .containsExactly("accept||Bash|acme/rocket|fix it");
  }

  private static List<Activity> sums(String temporality, String attributes) throws IOException {
    String json =
        """
        {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"claude_code.commit.count","sum":{
          "dataPoints":[{"timeUnixNano":"1795223556000000000","asInt":"2","attributes":[ATTRIBUTES]},
            {"timeUnixNano":"1795223616000000000","asDouble":2,"attributes":[ATTRIBUTES]}],
          "aggregationTemporality":%s}}]}]}]}
        """
            .formatted(temporality)
            .replace("ATTRIBUTES", attributes);
    return JsonSums.read(new ByteArrayInputStream(json.getBytes(UTF_8))).activities();
  }

  private static String name(String event) {
    return "{\"key\":\"event.name\",\"value\":{\"stringValue\":\"" + event + "\"}}";
  }

  private static ApiCall call(String record) throws IOException {
    return only(read(logs("", record)));
  }

  private static String logs(String resource, String record) {
    return "{\"resourceLogs\":[{"
        + resource
        + "\"scopeLogs\":[{\"logRecords\":["
        + record
        + "]}]}]}";
  }

  private static Telemetry read(String json) throws IOException {
    return JsonEvents.read(new ByteArrayInputStream(json.getBytes(UTF_8)));
  }

  /// @param scope,resource what they hold, as protobuf's text
  private static Telemetry binary(String scope, String resource) throws IOException {
    var request = ExportLogsServiceRequest.newBuilder();
    TextFormat.merge(
        "resource_logs { resource { " + resource + " } scope_logs { " + scope + " } }", request);
    return ProtobufEvents.read(request.build());
  }

  private static ApiCall only(Telemetry telemetry) {
    assertThat(telemetry.calls()).hasSize(1);
    return telemetry.calls().getFirst();
  }
}
