package dev.claudometer.server.otlp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import dev.claudometer.agent.forward.Parcel;
import dev.claudometer.ingest.Gate;
import dev.claudometer.model.DeviceId;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sqlite.SqliteStore;
import io.grpc.ManagedChannel;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people wrote and who they are, in every place of every signal where a client may put it, in
/// all three encodings: none of it is in the store, on the wire to a server, in a log, among the
/// names that are counted, or in an answer.
class TelemetryCanaryTest {

  private static final String CANARY = "canary-of-tuesday";

  /// Personal, or content, or of a company's own making.
  private static final List<String> ATTRIBUTES =
      List.of(
          "prompt",
          "prompt_text",
          "response",
          "user_prompt",
          "user.email",
          "user.id",
          "user.account_uuid",
          "user.account_id",
          "organization.id",
          "prompt.id",
          "error",
          "body",
          "tool_parameters",
          "tool_input",
          "full_command",
          "file_path",
          "command_name",
          "skill.name",
          "plugin.name",
          "mcp_server.name",
          "agent.name",
          "workspace.host_paths",
          "host.name",
          "host.id",
          "cost.center",
          "identity.source");

  private static final List<String> EVENTS =
      List.of(
          "api_request",
          "api_error",
          "api_request_body",
          "api_response_body",
          "assistant_response",
          "user_prompt",
          "tool_result",
          "tool_decision",
          "retention_sweep",
          "compaction",
          "of_tomorrow");

  @TempDir Path directory;

  private final Queue<String> logged = new ConcurrentLinkedQueue<>();
  private final Handler handler = new Remembering();
  private UsageStore store;
  private TelemetryIntake intake;
  private Receiver receiver;

  @BeforeEach
  void listen() {
    Logger.getLogger("").addHandler(handler);
    store = SqliteStore.open(directory.resolve("store.db"), PriceBook::builtIn);
    intake =
        new TelemetryIntake(
            (device, come) -> {
              var gate = new Gate(store, device);
              gate.accept(come);
              gate.flush();
            },
            Onward.NOWHERE,
            Stamps.NONE);
    receiver = Receiver.ofThisMachine(new Ports(0, 0), intake, (_, _) -> DeviceId.THIS);
  }

  @AfterEach
  void end() {
    receiver.close();
    store.close();
    Logger.getLogger("").removeHandler(handler);
  }

  @Test
  void nothingThatPeopleWroteOrAreIsKeptAnywhere() throws Exception {
    var logs = ExportLogsServiceRequest.newBuilder();
    TextFormat.merge(logs(), logs);
    var metrics = ExportMetricsServiceRequest.newBuilder();
    TextFormat.merge(metrics(), metrics);
    var traces = ExportTraceServiceRequest.newBuilder();
    TextFormat.merge(traces(), traces);
    byGrpc(logs.build(), metrics.build(), traces.build());
    post("logs", "application/x-protobuf", logs.build().toByteArray(), 200);
    post("metrics", "application/x-protobuf", metrics.build().toByteArray(), 200);
    post("traces", "application/x-protobuf", traces.build().toByteArray(), 200);
    post("logs", "application/json", json("resourceLogs", jsonLogs()), 200);
    post("metrics", "application/json", json("resourceMetrics", jsonMetrics()), 200);
    post("traces", "application/json", json("resourceSpans", jsonSpans()), 200);
    post("logs", "application/json", ("{\"x\":\"" + CANARY + "\"").getBytes(UTF_8), 400);
    post("metrics", "application/json", ("[\"" + CANARY + "\"]").getBytes(UTF_8), 400);
    assertThat(intake.events().keySet()).contains("api_request", "of_tomorrow");
    assertThat(intake.events().toString()).doesNotContain(CANARY);
    String wire = Parcel.of("test/1", null, store.outbox().changes(0, 1_000)).json();
    assertThat(wire).contains("req_1", "commit", "tool_decision").doesNotContain(CANARY);
    assertThat(logged).noneMatch(line -> line.contains(CANARY));
    store.close();
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        assertThat(new String(Files.readAllBytes(file), ISO_8859_1)).doesNotContain(CANARY);
      }
    }
  }

  private void byGrpc(
      ExportLogsServiceRequest logs,
      ExportMetricsServiceRequest metrics,
      ExportTraceServiceRequest traces) {
    ManagedChannel channel =
        OkHttpChannelBuilder.forAddress("127.0.0.1", receiver.grpcPort()).usePlaintext().build();
    try {
      LogsServiceGrpc.newBlockingStub(channel).withCompression("gzip").export(logs);
      MetricsServiceGrpc.newBlockingStub(channel).export(metrics);
      TraceServiceGrpc.newBlockingStub(channel).export(traces);
    } finally {
      channel.shutdownNow();
    }
  }

  private void post(String signal, String type, byte[] body, int status) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + receiver.httpPort() + "/v1/" + signal + "/"))
              .header("Content-Type", type)
              .POST(BodyPublishers.ofByteArray(body))
              .build();
      var answer = client.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
      assertThat(answer.body()).doesNotContain(CANARY);
    }
  }

  private static String logs() {
    String records =
        EVENTS.stream()
            .map(
                event ->
                    """
                    log_records { time_unix_nano: 1795223124193000000 body { string_value: "%s" }
                      attributes { key: "event.name" value { string_value: "%s" } } %s }
                    """
                        .formatted(CANARY, event, textual(true)))
            .collect(Collectors.joining());
    return "resource_logs { resource { %s } scope_logs { scope { name: \"%s\" %s } %s } }"
        .formatted(textual(false), CANARY, textual(false), records);
  }

  private static String metrics() {
    return """
    resource_metrics { resource { %1$s } scope_metrics { scope { %1$s } metrics {
      name: "claude_code.commit.count" description: "%2$s" unit: "%2$s" sum { data_points {
        time_unix_nano: 1795223124193000000 as_int: 1 %1$s
        exemplars { filtered_attributes { key: "%2$s" value { string_value: "%2$s" } } } } } }
      metrics { name: "%2$s" sum { data_points { as_int: 1 %1$s } } } } }
    """
        .formatted(textual(false), CANARY);
  }

  private static String traces() {
    return """
    resource_spans { resource { %1$s } scope_spans { spans { name: "%2$s" %1$s
      events { name: "%2$s" %1$s } status { message: "%2$s" } } } }
    """
        .formatted(textual(false), CANARY);
  }

  private static String textual(boolean call) {
    String personal =
        ATTRIBUTES.stream()
            .map(
                name ->
                    "attributes { key: \"%s\" value { string_value: \"%s\" } }\n"
                        .formatted(name, CANARY))
            .collect(Collectors.joining());
    return personal
        + (call
            ? """
            attributes { key: "request_id" value { string_value: "req_1" } }
            attributes { key: "model" value { string_value: "claude-opus-5-5" } }
            attributes { key: "input_tokens" value { int_value: 9 } }
            attributes { key: "output_tokens" value { int_value: 500 } }
            """
            : "");
  }

  private static byte[] json(String list, String resource) {
    return ("{\"" + list + "\":[" + resource + "]}").getBytes(UTF_8);
  }

  private static String jsonLogs() {
    String records =
        EVENTS.stream()
            .map(
                event ->
                    "{\"timeUnixNano\":\"1795223124193000000\",\"body\":{\"kvlistValue\":{"
                        + "\"values\":[%1$s]}},\"attributes\":[%1$s,%2$s]}"
                            .formatted(attributes(), one("event.name", event)))
            .collect(Collectors.joining(","));
    return "{\"resource\":{\"attributes\":[%s]},\"scopeLogs\":[{\"logRecords\":[%s]}]}"
        .formatted(attributes(), records);
  }

  private static String jsonMetrics() {
    return """
    {"resource":{"attributes":[%1$s]},"scopeMetrics":[{"metrics":[{"name":"claude_code.commit.count",
      "description":"%2$s","sum":{"dataPoints":[{"attributes":[%1$s],"asInt":"1",
        "timeUnixNano":"1795223124193000000","exemplars":[{"filteredAttributes":[%1$s]}]}]}}]}]}\
    """
        .formatted(attributes(), CANARY);
  }

  private static String jsonSpans() {
    return "{\"scopeSpans\":[{\"spans\":[{\"name\":\"%s\",\"attributes\":[%s]}]}]}"
        .formatted(CANARY, attributes());
  }

  private static String attributes() {
    return ATTRIBUTES.stream().map(name -> one(name, CANARY)).collect(Collectors.joining(","));
  }

  private static String one(String name, String value) {
    return "{\"key\":\"%s\",\"value\":{\"stringValue\":\"%s\"}}".formatted(name, value);
  }

  private final class Remembering extends Handler {

    private Remembering() {
      setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord line) {
      logged.add(line.getMessage() + " " + line.getThrown());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
