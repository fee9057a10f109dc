package dev.claudometer.server.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import dev.claudometer.ingest.Gate;
import dev.claudometer.ingest.Overloaded;
import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.DeviceId;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.server.otlp.Sender.Form;
import dev.claudometer.server.otlp.Sender.Said;
import dev.claudometer.server.otlp.Sender.Saying;
import dev.claudometer.store.ActivityCount;
import dev.claudometer.store.StoreException;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sqlite.SqliteStore;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What each form of body is answered with, by the receiver that faces a network and by the one of
/// a machine alone. The client repeats after 429, 502, 503 and 504 alone, and not where it is to
/// wait for long; whatever else it is told, it drops the body.
@Tag("long")
class AnswersTest {

  /// In the place of a status: whoever is refused in the middle of a body may be cut off.
  private static final int CUT_OFF = -1;

  private static final DeviceId HERE = new DeviceId("here");

  /// What is thrown where a body is to be stored, each once.
  private final Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();

  /// Held up until it is at zero.
  private volatile CountDownLatch gate = new CountDownLatch(0);

  private volatile CountDownLatch storing = new CountDownLatch(1);

  @TempDir Path directory = Path.of("");
  private UsageStore store;
  private TelemetryIntake intake;
  private @Nullable Receiver receiver;
  private @Nullable Sender sender;

  private enum Kind {
    SERVER,
    LOOPBACK
  }

  private record Way(Kind kind, Form form) {}

  private static Stream<Way> ways() {
    return Stream.of(Kind.values())
        .flatMap(kind -> Stream.of(Form.values()).map(form -> new Way(kind, form)));
  }

  @BeforeEach
  void open() {
    store = SqliteStore.open(directory.resolve("store.db"), PriceBook::builtIn);
    intake =
        new TelemetryIntake(
            (device, come) -> {
              storing.countDown();
              gate.await();
              RuntimeException failure = failures.poll();
              if (failure != null) {
                throw failure;
              }
              var into = new Gate(store, device);
              into.accept(come);
              into.flush();
            },
            Onward.NOWHERE,
            Stamps.NONE);
  }

  private Sender start(Kind kind) {
    return start(kind, (_, _) -> HERE);
  }

  private Sender start(Kind kind, Senders senders) {
    var ports = new Ports(0, 0);
    receiver =
        kind == Kind.LOOPBACK
            ? Receiver.ofThisMachine(ports, intake, senders)
            : Receiver.start(
                "127.0.0.1",
                ports,
                intake,
                senders,
                InstantSource.system(),
                InstantSource.system());
    sender = new Sender(receiver);
    return sender;
  }

  @AfterEach
  void end() {
    gate.countDown();
    if (sender != null) {
      sender.close();
    }
    if (receiver != null) {
      receiver.close();
    }
    store.close();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void whatIsTakenIsAnsweredInTheFormThatItCameInAndCountsOnce(Way way) throws Exception {
    Sender client = start(way.kind());
    for (int time = 0; time < 2; time++) {
      for (Saying saying : List.of(Saying.call("req_1", 500), Saying.commits(2), Saying.spans())) {
        Said said = client.send(way.form(), saying);
        assertThat(said.status()).isEqualTo(200);
        assertThat(new String(said.body(), UTF_8)).isEqualTo(way.form().json() ? "{}" : "");
        if (!way.form().grpc()) {
          assertThat(said.contentType())
              .isEqualTo(way.form().json() ? "application/json" : "application/x-protobuf");
        }
      }
    }
    assertThat(output()).isEqualTo(500);
    assertThat(commits()).isEqualTo(2);
  }

  /// Another process that opens the database sees what has been answered.
  @ParameterizedTest
  @MethodSource("ways")
  void answerComesWhenTheDataAreStored(Way way) throws Exception {
    Sender client = start(way.kind());
    gate = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var said = threads.submit(() -> client.send(way.form(), Saying.call("req_1", 500)));
      storing.await();
      assertThat(said.isDone()).isFalse();
      assertThat(output()).isZero();
      gate.countDown();
      assertThat(said.get().status()).isEqualTo(200);
    }
    try (var other = SqliteStore.open(directory.resolve("store.db"), PriceBook::builtIn)) {
      assertThat(output(other)).isEqualTo(500);
    }
  }

  /// Whatever goes wrong here, the client sends the same body again within seconds, and is never
  /// answered with 500.
  @ParameterizedTest
  @MethodSource("ways")
  void whateverMayGoWellLaterIsToBeSentAgainSoon(Way way) throws Exception {
    Sender client = start(way.kind());
    List<RuntimeException> all = new ArrayList<>();
    all.add(new Overloaded());
    all.add(new IllegalStateException("nobody has foreseen this"));
    for (StoreException.Kind kind : StoreException.Kind.values()) {
      all.add(new StoreException(kind, kind.reason(), new IOException("for a test")));
    }
    for (Saying saying : List.of(Saying.call("req_1", 500), Saying.commits(2))) {
      for (RuntimeException failure : all) {
        failures.add(failure);
        Said said = client.send(way.form(), saying);
        assertThat(said.status()).as(failure.toString()).isEqualTo(503);
        assertThat(said.again()).as(failure.toString()).isBetween(1L, 5L);
      }
      assertThat(client.send(way.form(), saying).status()).isEqualTo(200);
    }
    assertThat(output()).isEqualTo(500);
    assertThat(commits()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void whoCannotBeLookedUpAtTheMomentIsToComeAgain(Way way) throws Exception {
    Queue<StoreException> once = new ConcurrentLinkedQueue<>();
    once.add(new StoreException(StoreException.Kind.BUSY, "busy", new IOException("for a test")));
    Sender client =
        start(
            way.kind(),
            (_, _) -> {
              StoreException failure = once.poll();
              if (failure != null) {
                throw failure;
              }
              return HERE;
            });
    Said said = client.send(way.form(), Saying.call("req_1", 500));
    assertThat(said.status()).isEqualTo(503);
    assertThat(said.again()).isBetween(1L, 5L);
    assertThat(client.send(way.form(), Saying.call("req_1", 500)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void whoIsNotKnownIsRefused(Way way) throws Exception {
    Sender client = start(way.kind(), (_, _) -> null);
    Said said = client.send(way.form(), Saying.call("req_1", 500));
    assertThat(said.status()).isEqualTo(401);
    assertThat(output()).isZero();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void recordsThatCannotBeUsedAreRejectedAndTheOthersKept(Way way) throws Exception {
    Sender client = start(way.kind());
    Said said = client.send(way.form(), twoCallsOfWhichOneHasNoTokens());
    assertThat(said.status()).isEqualTo(200);
    assertThat(said.rejected(way.form())).isEqualTo(1);
    assertThat(output()).isEqualTo(500);
    said = client.send(way.form(), twoPointsOfWhichOneHasNoTime());
    assertThat(said.status()).isEqualTo(200);
    assertThat(Sender.rejectedPoints(way.form(), said)).isEqualTo(1);
    assertThat(commits()).isEqualTo(2);
    assertThat(intake.unreadable()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void eventsThatNobodyKnowsAreTaken(Way way) throws Exception {
    Sender client = start(way.kind());
    String json =
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"eventName\":\"of_tomorrow\"}]}]}]}";
    Said said =
        client.send(
            way.form(),
            Saying.logs(
                json,
                logs(
                    "resource_logs { scope_logs { log_records { event_name: \"of_tomorrow\" }}}")));
    assertThat(said.status()).isEqualTo(200);
    assertThat(said.rejected(way.form())).isZero();
    assertThat(intake.events()).containsOnlyKeys("of_tomorrow").containsValue(1L);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whatNobodyWillEverTakeIsRefusedForGood(Kind kind) throws Exception {
    Sender client = start(kind);
    byte[] garbage = "{oops".getBytes(UTF_8);
    byte[] call = Saying.call("req_1", 500).json();
    for (String signal : List.of("logs", "metrics")) {
      for (String type : List.of("application/json", "application/x-protobuf")) {
        assertThat(client.post(false, signal, type, null, garbage).status()).isEqualTo(400);
        assertThat(client.post(true, signal, type, null, garbage).status()).isEqualTo(400);
        assertThat(client.post(false, signal, type, "gzip", garbage).status())
            .as("not compressed, though it says so")
            .isEqualTo(400);
        assertThat(client.post(false, signal, type, "br", call).status()).isEqualTo(415);
        assertThat(client.post(false, signal, type, "gzip", Sender.gzip(new byte[40 << 20])))
            .returns(413, Said::status)
            .returns(0L, Said::again);
      }
      assertThat(client.post(false, signal, "text/plain", null, call).status()).isEqualTo(415);
    }
    assertThat(client.send(Form.JSON, Saying.call("req_1", 500)).status()).isEqualTo(200);
    assertThat(output()).isEqualTo(500);
  }

  /// What has not read it to its end may close the connection before the answer is read.
  @ParameterizedTest
  @EnumSource(Kind.class)
  void bodyOfAHundredMegabytesIsRefusedAndStopsNobody(Kind kind) throws Exception {
    Sender client = start(kind);
    byte[] large = new byte[100_000_000];
    for (boolean chunked : new boolean[] {false, true}) {
      assertThat(statusOrCutOff(client, chunked, large)).isIn(413, CUT_OFF);
    }
    assertThat(client.send(Form.JSON, Saying.call("req_1", 500)).status()).isEqualTo(200);
    assertThat(output()).isEqualTo(500);
  }

  private static int statusOrCutOff(Sender client, boolean chunked, byte[] body)
      throws InterruptedException {
    try {
      return client.post(chunked, "logs", "application/json", null, body).status();
    } catch (IOException cutOff) {
      return CUT_OFF;
    }
  }

  /// Half a body, with a length and in chunks; then its sender is gone.
  @ParameterizedTest
  @EnumSource(Kind.class)
  void bodyThatBreaksOffIsNotTakenAndStopsNobody(Kind kind) throws Exception {
    Sender client = start(kind);
    byte[] call = Saying.call("req_half", 7).json();
    for (String length : List.of("Content-Length: " + call.length, "Transfer-Encoding: chunked")) {
      try (var socket = new Socket("127.0.0.1", receiver.httpPort())) {
        String head =
            "POST /v1/logs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + length
                + "\r\n\r\n"
                + (length.startsWith("T") ? Integer.toHexString(call.length) + "\r\n" : "");
        socket.getOutputStream().write(head.getBytes(UTF_8));
        socket.getOutputStream().write(call, 0, call.length / 2);
      }
    }
    assertThat(client.send(Form.JSON, Saying.call("req_1", 500)).status()).isEqualTo(200);
    assertThat(output()).isEqualTo(500);
  }

  /// A client that has no answer drops what it sent: who ends says first what it has taken.
  @ParameterizedTest
  @MethodSource("ways")
  void whatIsBeingStoredWhenTheProgramEndsIsAnswered(Way way) throws Exception {
    Sender client = start(way.kind());
    gate = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var said = threads.submit(() -> client.send(way.form(), Saying.call("req_1", 500)));
      storing.await();
      var ending = threads.submit(() -> receiver.close());
      // the end has begun by then; where it has not, the answer has to be the same
      Thread.sleep(100);
      gate.countDown();
      assertThat(said.get().status()).isEqualTo(200);
      ending.get();
    }
    assertThat(output()).isEqualTo(500);
  }

  private static Saying twoCallsOfWhichOneHasNoTokens() throws TextFormat.ParseException {
    String record =
        """
        {"timeUnixNano":"1795223124193000000","eventName":"api_request","attributes":[
          {"key":"model","value":{"stringValue":"claude-opus-5-5"}},
          {"key":"input_tokens","value":{"intValue":9}},%s
          {"key":"request_id","value":{"stringValue":"%s"}}]}
        """;
    String json =
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":["
            + record.formatted("{\"key\":\"output_tokens\",\"value\":{\"intValue\":500}},", "req_1")
            + ","
            + record.formatted("", "req_2")
            + "]}]}]}";
    String attribute = "attributes { key: \"%s\" value { %s } } ";
    String call =
        "log_records { time_unix_nano: 1795223124193000000 event_name: \"api_request\" "
            + attribute.formatted("model", "string_value: \"claude-opus-5-5\"")
            + attribute.formatted("input_tokens", "int_value: 9")
            + attribute.formatted("request_id", "string_value: \"%s\"")
            + "%s } ";
    String output = attribute.formatted("output_tokens", "int_value: 500");
    return Saying.logs(
        json,
        logs(
            "resource_logs { scope_logs { "
                + call.formatted("req_1", output)
                + call.formatted("req_2", "")
                + "} }"));
  }

  private static Saying twoPointsOfWhichOneHasNoTime() throws TextFormat.ParseException {
    String json =
        """
        {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"claude_code.commit.count","sum":{
          "dataPoints":[{"timeUnixNano":"1795223125193000000","asDouble":2},{"asDouble":3}]}}]}]}]}
        """;
    var request = ExportMetricsServiceRequest.newBuilder();
    TextFormat.merge(
        """
        resource_metrics { scope_metrics { metrics { name: "claude_code.commit.count" sum {
          data_points { time_unix_nano: 1795223125193000000 as_int: 2 }
          data_points { as_int: 3 } } } } }
        """,
        request);
    return new Saying("metrics", json.getBytes(UTF_8), request.build());
  }

  private static ExportLogsServiceRequest logs(String text) throws TextFormat.ParseException {
    var request = ExportLogsServiceRequest.newBuilder();
    TextFormat.merge(text, request);
    return request.build();
  }

  private long output() {
    return output(store);
  }

  private static long output(UsageStore store) {
    return store.sums(TimeRange.ALL, Set.of()).stream()
        .mapToLong(slice -> slice.totals().tokens().output())
        .sum();
  }

  private long commits() {
    return store.activities(TimeRange.ALL).stream()
        .filter(count -> count.kind() == ActivityKind.COMMIT)
        .mapToLong(ActivityCount::sum)
        .sum();
  }
}
