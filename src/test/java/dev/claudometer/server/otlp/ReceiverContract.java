package dev.claudometer.server.otlp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.claudometer.ingest.Gate;
import dev.claudometer.ingest.Overloaded;
import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.DeviceId;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.ActivityCount;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.EventFilter;
import dev.claudometer.store.Slice;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.quality.Gaps;
import dev.claudometer.store.sqlite.SqliteStore;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the receiver stores, and how it answers: a client repeats a body after 503 alone.
abstract class ReceiverContract {

  static final String KEY = "dk_right";
  private static final String CANARY = "the secret plan of Tuesday";

  @TempDir Path directory;

  /// Listens on any free ports.
  protected abstract Receiver start(Ports ports, TelemetryIntake intake, Senders senders);

  private UsageStore store;
  private TelemetryIntake intake;
  Receiver receiver;
  private final List<Onward.Sent> passed = new CopyOnWriteArrayList<>();
  private boolean overloaded;

  @BeforeEach
  void listen() {
    store = SqliteStore.open(directory.resolve("store.db"), PriceBook::builtIn);
    intake =
        new TelemetryIntake(
            (device, come) -> {
              if (overloaded) {
                throw new Overloaded();
              }
              var gate = new Gate(store, device);
              gate.accept(come);
              gate.flush();
            },
            passed::add,
            Stamps.NONE);
    receiver = start(new Ports(0, 0), intake, ReceiverContract::device);
  }

  private static @Nullable DeviceId device(@Nullable String secret, boolean local) {
    if (secret == null) {
      return local ? new DeviceId("here") : null;
    }
    return secret.equals(KEY) ? new DeviceId("laptop") : null;
  }

  @AfterEach
  void end() {
    receiver.close();
    store.close();
  }

  @Test
  void jsonOfAllClientsIsUnderstoodBelowAnyPrefix() throws Exception {
    // ints as numbers, and as texts, as 2.1.20 sends them
    assertThat(post("/v1/logs", "application/json", json("req_1", "500"), Map.of()).statusCode())
        .isEqualTo(200);
    assertThat(
            post("/a/b/v1/logs", "application/json", json("req_2", "\"700\""), Map.of())
                .statusCode())
        .isEqualTo(200);
    assertThat(output("here")).isEqualTo(1_200);
    assertThat(intake.events()).containsEntry("api_request", 2L).containsEntry("user_prompt", 2L);
  }

  @Test
  void binaryAndCompressedBodiesSayTheSame() throws Exception {
    byte[] binary = binary("req_1", 500).toByteArray();
    HttpResponse<byte[]> answer = post("/v1/logs", "application/x-protobuf", binary, Map.of());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    post("/v1/logs", "application/x-protobuf", gzip(binary), Map.of("Content-Encoding", "gzip"));
    post(
        "/v1/logs",
        "application/json",
        gzip(json("req_1", "500")),
        Map.of("Content-Encoding", "gzip"));
    assertThat(output("here")).isEqualTo(500);
  }

  @Test
  void bodyWithoutALengthIsUnderstood() throws Exception {
    byte[] body = json("req_1", "500");
    HttpRequest request =
        HttpRequest.newBuilder(uri("/v1/logs"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
            .build();
    assertThat(send(request).statusCode()).isEqualTo(200);
    assertThat(output("here")).isEqualTo(500);
  }

  @Test
  void pageInABrowserOfThisMachineIsNotThisMachine() throws Exception {
    assertThat(
            post(
                    "/v1/logs",
                    "application/json",
                    json("req_1", "500"),
                    Map.of("Origin", "https://evil.example"))
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void whatNobodyCanTakeIsRefusedAndWhatMayComeAgainIsNot() throws Exception {
    assertThat(post("/v1/logs", "application/json", "{oops".getBytes(UTF_8), Map.of()).statusCode())
        .isEqualTo(400);
    assertThat(
            post("/v1/logs", "application/x-protobuf", "garbage".getBytes(UTF_8), Map.of())
                .statusCode())
        .isEqualTo(400);
    assertThat(post("/v1/logs", "text/plain", new byte[0], Map.of()).statusCode()).isEqualTo(415);
    byte[] bomb = gzip(new byte[20 << 20]);
    assertThat(
            post("/v1/logs", "application/json", bomb, Map.of("Content-Encoding", "gzip"))
                .statusCode())
        .isEqualTo(413);
    overloaded = true;
    HttpResponse<byte[]> later =
        post("/v1/logs", "application/json", json("req_1", "500"), Map.of());
    assertThat(later.statusCode()).isEqualTo(503);
    assertThat(later.headers().firstValueAsLong("Retry-After")).hasValue(1);
  }

  @Test
  void whatWeHaveNoUseForIsTaken() throws Exception {
    for (String signal : List.of("metrics", "traces", "profiles")) {
      assertThat(
              post("/v1/" + signal, "application/json", "{}".getBytes(UTF_8), Map.of())
                  .statusCode())
          .isEqualTo(200);
    }
  }

  /// A clock that is eighty years ahead: what it tells of now is kept, and the rest said not to be.
  @Test
  void callOfATimeThatCannotBeIsSaidToBeRejected() throws Exception {
    byte[] ahead =
        new String(json("req_1", "500"), UTF_8)
            .replace("2026-11-21T", "2106-11-21T")
            .getBytes(UTF_8);
    HttpResponse<byte[]> answer = post("/v1/logs", "application/json", ahead, Map.of());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(new String(answer.body(), UTF_8)).contains("\"rejectedLogRecords\":\"1\"");
    assertThat(intake.unreadable()).isEqualTo(1);
    byte[] years =
        new String(json("req_2", "700"), UTF_8)
            .replace("2026-11-21T", "2031-11-21T")
            .getBytes(UTF_8);
    assertThat(new String(post("/v1/logs", "application/json", years, Map.of()).body(), UTF_8))
        .isEqualTo("{}");
    assertThat(output("here")).isEqualTo(700);
  }

  @Test
  void callWithoutTokensIsSaidToBeRejected() throws Exception {
    byte[] body =
        new String(json("req_1", "500"), UTF_8).replace("output_tokens", "x").getBytes(UTF_8);
    HttpResponse<byte[]> answer = post("/v1/logs", "application/json", body, Map.of());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(new String(answer.body(), UTF_8))
        .isEqualTo(
            "{\"partialSuccess\":{\"rejectedLogRecords\":\"1\","
                + "\"errorMessage\":\"api_request events without a model, or without tokens and a"
                + " time that can be\"}}");
    assertThat(intake.unreadable()).isEqualTo(1);
  }

  @Test
  void grpcSaysTheSame() throws Exception {
    ManagedChannel channel =
        OkHttpChannelBuilder.forAddress("127.0.0.1", receiver.grpcPort()).usePlaintext().build();
    try {
      var logs = LogsServiceGrpc.newBlockingStub(channel);
      logs.export(binary("req_1", 500));
      assertThat(output("here")).isEqualTo(500);
    } finally {
      channel.shutdownNow();
    }
  }

  /// Garbage and what could not be stored stay here: the client sends the latter again.
  @Test
  void whatWasTakenIsSentOnAsItCame() throws Exception {
    byte[] zipped = gzip(json("req_1", "500"));
    post("/x/v1/logs", "application/json", "{oops".getBytes(UTF_8), Map.of());
    overloaded = true;
    post("/x/v1/logs", "application/json", json("req_1", "500"), Map.of());
    overloaded = false;
    post("/x/v1/logs", "application/json", zipped, Map.of("Content-Encoding", "gzip"));
    post("/v1/traces", "application/json", "{}".getBytes(UTF_8), Map.of("Via", "1.1 other"));
    ManagedChannel channel =
        OkHttpChannelBuilder.forAddress("127.0.0.1", receiver.grpcPort()).usePlaintext().build();
    try {
      LogsServiceGrpc.newBlockingStub(channel).export(binary("req_2", 500));
    } finally {
      channel.shutdownNow();
    }
    assertThat(passed)
        .extracting(Onward.Sent::path, Onward.Sent::contentType, Onward.Sent::encoding)
        .containsExactly(
            tuple("/x/v1/logs", "application/json", "gzip"),
            tuple("/v1/traces", "application/json", null),
            tuple("/v1/logs", "application/x-protobuf", null));
    assertThat(passed)
        .extracting(each -> each.bytes().toByteArray())
        .containsExactly(zipped, "{}".getBytes(UTF_8), binary("req_2", 500).toByteArray());
    assertThat(passed).extracting(Onward.Sent::via).containsExactly("", "1.1 other", "");
  }

  @Test
  void bodiesThatDoNotArriveStopNobody() throws Exception {
    List<Socket> slow = new ArrayList<>();
    var gaveWay = new CountDownLatch(40 - 16);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 40; i++) {
        var socket = new Socket("127.0.0.1", receiver.httpPort());
        slow.add(socket);
        begin(socket);
        threads.execute(() -> awaitNo200(socket, gaveWay));
      }
      sendUntilTaken();
      assertThat(gaveWay.await(240, TimeUnit.SECONDS)).isTrue();
      for (Socket socket : slow) {
        socket.close();
      }
    }
    assertThat(output("here")).isEqualTo(500);
  }

  private static void begin(Socket socket) throws IOException {
    String head =
        "POST /v1/logs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: 9000\r\n\r\n{";
    socket.getOutputStream().write(head.getBytes(UTF_8));
  }

  /// Who gives way is told to come again, or cut off.
  private static void awaitNo200(Socket socket, CountDownLatch ended) {
    try {
      String answer = new String(socket.getInputStream().readNBytes(12), UTF_8);
      if (answer.isEmpty() || answer.endsWith(" 503")) {
        ended.countDown();
      }
    } catch (IOException cutOff) {
      ended.countDown();
    }
  }

  /// As clients do: what is to be sent later is sent again. The others displace it no more often
  /// than there are of them.
  private void sendUntilTaken() throws IOException, InterruptedException {
    byte[] body = json("req_1", "500");
    for (int left = 40; ; left--) {
      try {
        int status = post("/v1/logs", "application/json", body, Map.of()).statusCode();
        if (status == 200) {
          return;
        }
        assertThat(status).isEqualTo(503);
      } catch (IOException cutOff) {
        // which is sent again too
      }
      assertThat(left).isPositive();
    }
  }

  @Test
  void callsThatDoNotEndStopNobody() throws Exception {
    List<ManagedChannel> channels = new ArrayList<>();
    var gaveWay = new CountDownLatch(30 - 8);
    try {
      for (int i = 0; i < 3; i++) {
        ManagedChannel channel = channel();
        channels.add(channel);
        for (int call = 0; call < 10; call++) {
          open(channel, gaveWay);
        }
      }
      sendUntilTaken(channels.getLast());
      assertThat(gaveWay.await(240, TimeUnit.SECONDS)).isTrue();
    } finally {
      channels.forEach(ManagedChannel::shutdownNow);
    }
    assertThat(output("here")).isEqualTo(500);
  }

  private ManagedChannel channel() {
    return OkHttpChannelBuilder.forAddress("127.0.0.1", receiver.grpcPort()).usePlaintext().build();
  }

  /// As clients do: what was unavailable is sent again. No more than all the others can displace
  /// it.
  private static void sendUntilTaken(ManagedChannel channel) {
    for (int left = 30; ; left--) {
      try {
        LogsServiceGrpc.newBlockingStub(channel).export(binary("req_1", 500));
        return;
      } catch (StatusRuntimeException refused) {
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(left).isPositive();
      }
    }
  }

  /// Begins a call, and does not end it.
  private static void open(ManagedChannel channel, CountDownLatch gaveWay) {
    var call = channel.newCall(LogsServiceGrpc.getExportMethod(), CallOptions.DEFAULT);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            if (status.getCode() == Status.Code.UNAVAILABLE) {
              gaveWay.countDown();
            }
          }
        },
        new Metadata());
    call.request(1);
    // without a message the beginning is not sent either
    call.sendMessage(binary("req_slow", 1));
  }

  @Test
  void callThatBringsTooMuchIsRefused() {
    ManagedChannel channel = channel();
    try {
      var large =
          LogRecord.newBuilder().setBody(AnyValue.newBuilder().setStringValue("x".repeat(5 << 20)));
      var request =
          ExportLogsServiceRequest.newBuilder()
              .addResourceLogs(
                  ResourceLogs.newBuilder()
                      .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(large)))
              .build();
      var refused =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () -> LogsServiceGrpc.newBlockingStub(channel).export(request));
      // which is not repeated
      assertThat(refused.getStatus().getCode())
          .isIn(Status.Code.RESOURCE_EXHAUSTED, Status.Code.INTERNAL);
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void metricsAreSumsHoweverTheyComeAndHoweverOften() throws Exception {
    byte[] json = jsonCommits(2);
    for (int i = 0; i < 2; i++) {
      assertThat(post("/v1/metrics", "application/json", json, Map.of()).statusCode())
          .isEqualTo(200);
    }
    ManagedChannel channel =
        OkHttpChannelBuilder.forAddress("127.0.0.1", receiver.grpcPort()).usePlaintext().build();
    try {
      MetricsServiceGrpc.newBlockingStub(channel).export(commits(3));
    } finally {
      channel.shutdownNow();
    }
    post("/v1/metrics", "application/x-protobuf", commits(3).toByteArray(), Map.of());
    assertThat(store.activities(TimeRange.ALL))
        .containsExactly(new ActivityCount(ActivityKind.COMMIT, "", 2, 5));
    assertThat(
            post("/v1/metrics", "application/json", "{oops".getBytes(UTF_8), Map.of()).statusCode())
        .isEqualTo(400);
  }

  @Test
  void decisionOnAToolIsKeptOnce() throws Exception {
    byte[] body =
        """
        {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1795223124193000000","attributes":[
          {"key":"event.name","value":{"stringValue":"tool_decision"}},
          {"key":"event.sequence","value":{"intValue":7}},
          {"key":"session.id","value":{"stringValue":"s1"}},
          {"key":"tool_name","value":{"stringValue":"Bash"}},
          {"key":"tool_parameters","value":{"stringValue":"CANARY"}},
          {"key":"decision","value":{"stringValue":"accept"}},
          {"key":"source","value":{"stringValue":"config"}}]}]}]}]}\
        """
            .replace("CANARY", CANARY)
            .getBytes(UTF_8);
    for (int i = 0; i < 2; i++) {
      post("/v1/logs", "application/json", body, Map.of());
    }
    assertThat(store.activities(TimeRange.ALL))
        .containsExactly(new ActivityCount(ActivityKind.TOOL_DECISION, "accept|config|Bash", 1, 1));
  }

  /// The event with number 3 is followed by one with number 6.
  @Test
  void eventsThatNeverCameAreCounted() throws Exception {
    post("/v1/logs", "application/json", json("req_1", "500"), Map.of());
    byte[] later =
        new String(json("req_2", "500"), UTF_8)
            .replace("\"intValue\":3}", "\"intValue\":6}")
            .getBytes(UTF_8);
    for (int i = 0; i < 2; i++) {
      post("/v1/logs", "application/json", later, Map.of());
    }
    assertThat(store.gaps().get(new DeviceId("here"))).isEqualTo(new Gaps(2, 0, 0, 0));
  }

  /// Events 4 and 5 come after the one with number 6.
  @Test
  void eventsThatComeLateAreNotLost() throws Exception {
    for (int number : new int[] {3, 6, 4, 5}) {
      byte[] body =
          new String(json("req_" + number, "500"), UTF_8)
              .replace("\"intValue\":3}", "\"intValue\":" + number + "}")
              .getBytes(UTF_8);
      post("/v1/logs", "application/json", body, Map.of());
    }
    assertThat(store.gaps().getOrDefault(new DeviceId("here"), Gaps.NONE)).isEqualTo(Gaps.NONE);
  }

  @Test
  void recordWithoutATimeHasTheTimeAtWhichItWasSeen() throws Exception {
    byte[] body =
        new String(json("req_1", "500"), UTF_8)
            .replace("timeUnixNano", "observedTimeUnixNano")
            .replace("event.timestamp", "x")
            .getBytes(UTF_8);
    post("/v1/logs", "application/json", body, Map.of());
    assertThat(output("here")).isEqualTo(500);
  }

  @Test
  void whatPeopleWroteIsNeitherStoredNorRemembered() throws Exception {
    post("/v1/logs", "application/json", json("req_1", "500"), Map.of());
    post("/v1/logs", "application/x-protobuf", binary("req_2", 500).toByteArray(), Map.of());
    assertThat(store.events(new EventFilter.Within(TimeRange.ALL))).hasSize(2);
    assertThat(store.events(new EventFilter.Within(TimeRange.ALL)).toString())
        .doesNotContain("secret");
    store.close();
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        assertThat(new String(Files.readAllBytes(file), ISO_8859_1))
            .doesNotContain("secret plan", "ada@example.com");
      }
    }
  }

  @Test
  void takenPortStopsNothingElse() throws Exception {
    try (var busy = new ServerSocket(0)) {
      Receiver other = start(new Ports(busy.getLocalPort(), 0), intake, ReceiverContract::device);
      assertThat(other.httpPort()).isEqualTo(Ports.NONE);
      assertThat(other.grpcPort()).isPositive();
      other.close();
    }
  }

  final long output(String device) {
    return store.sums(TimeRange.ALL, Set.of(Dimension.DEVICE)).stream()
        .filter(slice -> slice.device().text().equals(device))
        .map(Slice::totals)
        .mapToLong(totals -> totals.tokens().output())
        .sum();
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + receiver.httpPort() + path);
  }

  final HttpResponse<byte[]> post(
      String path, String type, byte[] body, Map<String, String> headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return send(request.build());
  }

  private static HttpResponse<byte[]> send(HttpRequest request)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofByteArray());
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  /// A call, and a prompt with what a person wrote.
  static byte[] json(String request, String output) {
    return """
    {"resourceLogs":[{"resource":{"attributes":[]},"scopeLogs":[{"scope":{"name":"x"},"logRecords":[
      {"timeUnixNano":"1795223124193000000","body":{"stringValue":"claude_code.user_prompt"},"attributes":[
        {"key":"event.name","value":{"stringValue":"user_prompt"}},
        {"key":"prompt","value":{"stringValue":"CANARY"}},
        {"key":"user.email","value":{"stringValue":"ada@example.com"}}]},
      {"timeUnixNano":"1795223124193000000","body":{"stringValue":"claude_code.api_request"},"attributes":[
        {"key":"session.id","value":{"stringValue":"s1"}},
        {"key":"user.email","value":{"stringValue":"ada@example.com"}},
        {"key":"event.timestamp","value":{"stringValue":"2026-11-21T01:05:24.193Z"}},
        {"value":{"intValue":3},"key":"event.sequence"},
        {"key":"model","value":{"stringValue":"claude-opus-5-5"}},
        {"key":"input_tokens","value":{"intValue":9}},
        {"key":"output_tokens","value":{"intValue":OUTPUT}},
        {"key":"cost_usd","value":{"doubleValue":0.07}},
        {"key":"request_id","value":{"stringValue":"REQUEST"}},
        {"key":"workspace.host_paths","value":{"arrayValue":{"values":[{"stringValue":"CANARY"}]}}}]}]}]}]}\
    """
        .replace("CANARY", CANARY)
        .replace("OUTPUT", output)
        .replace("REQUEST", request)
        .getBytes(UTF_8);
  }

  static ExportLogsServiceRequest binary(String request, long output) {
    LogRecord record =
        LogRecord.newBuilder()
            .setTimeUnixNano(1_795_223_124_193_000_000L)
            .setBody(AnyValue.newBuilder().setStringValue("claude_code.api_request"))
            .addAttributes(text("session.id", "s1"))
            .addAttributes(text("user.email", "ada@example.com"))
            .addAttributes(text("prompt", CANARY))
            .addAttributes(text("model", "claude-opus-5-5"))
            .addAttributes(text("request_id", request))
            .addAttributes(number("input_tokens", 9))
            .addAttributes(number("output_tokens", output))
            .build();
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder().addScopeLogs(ScopeLogs.newBuilder().addLogRecords(record)))
        .build();
  }

  static byte[] jsonCommits(long count) {
    return """
    {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"claude_code.commit.count","sum":{
      "dataPoints":[{"attributes":[{"key":"session.id","value":{"stringValue":"s1"}},
        {"key":"user.email","value":{"stringValue":"ada@example.com"}}],
        "startTimeUnixNano":"1795223124193000000","timeUnixNano":"1795223125193000000",
        "asDouble":COUNT}]}}]}]}]}\
    """
        .replace("COUNT", Long.toString(count))
        .getBytes(UTF_8);
  }

  static ExportMetricsServiceRequest commits(double count) {
    var point =
        NumberDataPoint.newBuilder()
            .setStartTimeUnixNano(1_795_223_200_000_000_000L)
            .setTimeUnixNano(1_795_223_201_000_000_000L)
            .setAsDouble(count)
            .addAttributes(text("session.id", "s1"));
    var metric =
        Metric.newBuilder()
            .setName("claude_code.commit.count")
            .setSum(Sum.newBuilder().addDataPoints(point));
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .addScopeMetrics(ScopeMetrics.newBuilder().addMetrics(metric)))
        .build();
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static KeyValue number(String key, long value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setIntValue(value))
        .build();
  }
}
