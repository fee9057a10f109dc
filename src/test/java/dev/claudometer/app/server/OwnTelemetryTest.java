package dev.claudometer.app.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.claudometer.agent.LocalSync;
import dev.claudometer.app.process.Started;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.Claudometer;
import dev.claudometer.ingest.Intake;
import dev.claudometer.model.ApiCall;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.server.TestServer;
import dev.claudometer.server.auth.Identities;
import dev.claudometer.server.auth.Sightings;
import dev.claudometer.server.otlp.Ports;
import dev.claudometer.server.otlp.Receiver;
import dev.claudometer.source.claudecode.Lines;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import dev.claudometer.source.claudecode.place.TranscriptTree;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Slice;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.Where;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.registry.Device;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A call that Claude Code tells a server on its own machine is counted wherever somebody asks.
class OwnTelemetryTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final String ALL_TIME = "from=2026-11-01&to=2026-11-30&tz=UTC";

  /// What a line of [Lines#answer] tells, with 100 tokens of output.
  private static final long ANSWER = 3 + 25_517 + 17_083 + 100;

  @TempDir private Path directory;
  private Path home;
  private Surroundings surroundings;
  private Started parts;
  private ServerData data;
  private OwnStore own;
  private OwnCalls calls;
  private Receiver receiver;

  @BeforeEach
  void serve() throws Exception {
    home = Files.createDirectories(directory.resolve("home"));
    Path sessions = Files.createDirectories(home.resolve("projects/-home-me-x-y"));
    Files.writeString(sessions.resolve("session-1.jsonl"), Lines.answer("msg_1", 100) + "\n");
    surroundings = surroundings(new ByteArrayOutputStream());
    start();
    new LocalSync(data.store(), here(), 1, (_, _) -> {})
        .sync(TranscriptTree.below(List.of(new ClaudeHome(home.resolve("projects")))));
  }

  private void start() {
    parts = new Started(why -> {});
    data = ServerData.open(null, surroundings, parts);
    own = parts.keep(new OwnStore(surroundings, List.of(home)));
    calls = new OwnCalls(own, data.store(), data.committer(), this::here);
    var identities =
        new Identities(
            data.registry(),
            parts.keep(new Sightings(data.registry())),
            surroundings.clock(),
            null);
    receiver =
        parts.keep(
            new OwnTelemetry(surroundings, data, identities, calls, null, Set.of("gate"))
                .receive("127.0.0.1", new Ports(0, Ports.NONE), surroundings.clock()));
  }

  @AfterEach
  void end() {
    parts.close();
  }

  @Test
  void everySurfaceTellsOfCallsThatOnlyTheServerWasTold() throws Exception {
    assertThat(send(null, "req_msg_1", 100)).isEqualTo(200);
    assertThat(send(null, "req_2", 7)).isEqualTo(200);
    assertThat(send(null, "req_2", 7)).as("again").isEqualTo(200);
    long all = ANSWER + 9 + 7;
    assertThat(commandLine()).isEqualTo(all);
    assertThat(commandLine()).as("asked again").isEqualTo(all);
    try (var server =
        new TestServer(
            SqliteStore.database(data.state().serverStore(), Durability.PROCESS),
            TestServer.Setup.USUAL)) {
      server.clock(NOW);
      String cookie = server.login("ada", Role.ADMIN);
      assertThat(api(server, cookie)).as("API").isEqualTo(all);
      assertThat(page(server, cookie)).as("CSV of the page").isEqualTo(all);
      assertThat(scrape(server, cookie)).as("/metrics").isEqualTo(all);
    }
  }

  /// Forty callers at once, of whom each has its answer only when both stores have its call.
  @Test
  void callersAtTheSameTimeAreAllStored() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        Intake one = call("req_many_" + i);
        all.add(
            threads.submit(
                () -> {
                  calls.take(one);
                  return null;
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    assertThat(server()).isEqualTo(ANSWER + 40 * 16);
    assertThat(commandLine()).isEqualTo(ANSWER + 40 * 16);
    assertThat(data.store().verify()).isEmpty();
  }

  @Test
  void whatOneStoreHadWhenTheServerEndedTheOtherHasAfterItsNextStart() throws Exception {
    own.add(List.of(call("req_2")));
    assertThat(server()).isEqualTo(ANSWER);
    parts.close();
    start();
    calls.follow();
    calls.follow();
    assertThat(server()).isEqualTo(ANSWER + 16);
    assertThat(send(null, "req_2", 7)).isEqualTo(200);
    assertThat(server()).isEqualTo(ANSWER + 16);
    assertThat(commandLine()).isEqualTo(ANSWER + 16);
    assertThat(data.store().verify()).isEmpty();
  }

  @Test
  void serverThatHasLessThanBeforeIsToldAgain() throws Exception {
    Path file = data.state().serverStore();
    parts.close();
    Path early = Files.copy(file, directory.resolve("early"));
    start();
    send(null, "req_2", 7);
    parts.close();
    Files.delete(file);
    Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-wal"));
    Files.copy(early, file);
    start();
    assertThat(server()).isEqualTo(ANSWER);
    calls.follow();
    assertThat(server()).isEqualTo(ANSWER + 16);
  }

  @Test
  void storeThatWasPutBackTellsWhatIsNewInIt() throws Exception {
    own.add(List.of(call("req_2")));
    calls.follow();
    own.close();
    Path file = store();
    Path early = Files.copy(file, directory.resolve("early"));
    for (String request : List.of("req_3", "req_4", "req_5")) {
      own.add(List.of(call(request)));
    }
    calls.follow();
    own.close();
    Files.delete(file);
    Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-wal"));
    Files.copy(early, file);
    own.add(List.of(call("req_6")));
    calls.follow();
    assertThat(server()).isEqualTo(ANSWER + 5 * 16);
  }

  @Test
  void callsOfOtherMachinesAreNotOfThisOne() throws Exception {
    String key;
    try (var server =
        new TestServer(
            SqliteStore.database(data.state().serverStore(), Durability.PROCESS),
            TestServer.Setup.USUAL)) {
      key = server.device("mac");
    }
    assertThat(send(key, "req_2", 7)).isEqualTo(200);
    assertThat(send("dk_wrong", "req_3", 7)).isEqualTo(401);
    assertThat(server()).isEqualTo(ANSWER + 16);
    assertThat(commandLine()).isEqualTo(ANSWER);
  }

  /// Of a machine that is no gateway, and of a gateway that stamps nobody, it is the sender's.
  @Test
  void gatewayThatIsTrustedSaysWhoseTelemetryItSends() throws Exception {
    String gate;
    String mac;
    try (var server =
        new TestServer(
            SqliteStore.database(data.state().serverStore(), Durability.PROCESS),
            TestServer.Setup.USUAL)) {
      gate = server.device("gate");
      mac = server.device("mac");
    }
    String stamp = attribute("user.email", "ada@example.com") + attribute("user.id", "sub-7");
    String signedIn = stamp + attribute("identity.source", "gateway-oidc");
    assertThat(post(gate, "logs", stamped(body("req_2", 100), signedIn))).isEqualTo(200);
    assertThat(post(gate, "logs", stamped(body("req_3", 20), signedIn))).isEqualTo(200);
    assertThat(post(gate, "logs", stamped(body("req_4", 3), stamp))).isEqualTo(200);
    assertThat(post(mac, "logs", stamped(body("req_5", 5_000), signedIn))).isEqualTo(200);
    assertThat(post(gate, "metrics", commits(signedIn))).isEqualTo(200);

    Map<String, Long> byOwner = new TreeMap<>();
    Map<String, Long> byName = new TreeMap<>();
    for (Slice slice : data.store().sums(TimeRange.ALL, Set.of(Dimension.DEVICE))) {
      Device device = Objects.requireNonNull(data.registry().devices().find(slice.device()));
      byOwner.merge(device.owner(), slice.totals().tokens().output(), Long::sum);
      byName.merge(device.name(), slice.totals().tokens().output(), Long::sum);
    }
    assertThat(byOwner).containsEntry("ada@example.com", 120L);
    assertThat(byName)
        .containsEntry("ada@example.com", 120L)
        .containsEntry("gate", 3L)
        .containsEntry("mac", 5_000L);
    assertThat(data.store().clientSums(TimeRange.ALL, Where.ANY))
        .extracting(
            sum -> Objects.requireNonNull(data.registry().devices().find(sum.device())).owner())
        .containsExactly("ada@example.com");
    assertThat(data.store().verify()).isEmpty();
  }

  private static String stamped(String body, String attributes) {
    return body.replace("\"attributes\":[\n", "\"attributes\":[" + attributes + "\n");
  }

  private static String attribute(String key, String value) {
    return "{\"key\":\"%s\",\"value\":{\"stringValue\":\"%s\"}},".formatted(key, value);
  }

  private static String commits(String attributes) {
    return """
    {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"claude_code.commit.count","sum":{
      "dataPoints":[{"attributes":[STAMP{"key":"session.id","value":{"stringValue":"s1"}}],
        "startTimeUnixNano":"1795223124193000000","timeUnixNano":"1795223125193000000",
        "asDouble":2}]}}]}]}]}\
    """
        .replace("STAMP", attributes);
  }

  @Test
  void serverCountsWhatTheMachinesOwnStoreCannotTake() throws Exception {
    Files.createDirectories(store());
    assertThat(send(null, "req_2", 7)).isEqualTo(200);
    assertThat(server()).isEqualTo(ANSWER + 16);
  }

  @Test
  void damagedStoreIsReplaced() throws Exception {
    Files.writeString(store(), "no database at all, but as long as one is ".repeat(99));
    assertThat(send(null, "req_2", 7)).isEqualTo(200);
    assertThat(server()).isEqualTo(ANSWER + 16);
    assertThat(commandLine()).isEqualTo(ANSWER + 16);
  }

  private DeviceId here() {
    return new ThisMachine(data.registry(), surroundings, null).device().id();
  }

  private Path store() {
    return data.state()
        .store(ClaudeHome.find(List.of(home), surroundings.environment(), directory));
  }

  private static Intake call(String request) {
    var come = new Intake();
    come.accept(
        new ApiCall(
            request,
            request,
            new SessionId("session-1"),
            NOW.minusSeconds(60),
            Duration.ofSeconds(1),
            "claude-opus-5-5",
            new TokenCounts(9, 7, 0, 0, 0),
            false,
            false,
            "compact",
            "",
            "",
            null));
    return come;
  }

  private int send(@Nullable String key, String request, long output) throws Exception {
    return post(key, "logs", body(request, output));
  }

  private int post(@Nullable String key, String signal, String json) throws Exception {
    URI place = URI.create("http://127.0.0.1:" + receiver.httpPort() + "/v1/" + signal);
    HttpRequest.Builder body =
        HttpRequest.newBuilder(place)
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json));
    if (key != null) {
      body.header("Authorization", "Bearer " + key);
    }
    try (var client = HttpClient.newHttpClient()) {
      return client.send(body.build(), BodyHandlers.ofString()).statusCode();
    }
  }

  private static String body(String request, long output) {
    return """
    {"resourceLogs":[{"resource":{"attributes":[]},"scopeLogs":[{"scope":{"name":"x"},"logRecords":[
      {"timeUnixNano":"1795223124193000000","body":{"stringValue":"claude_code.api_request"},"attributes":[
        {"key":"session.id","value":{"stringValue":"session-1"}},
        {"key":"event.timestamp","value":{"stringValue":"2026-11-20T10:00:01.000Z"}},
        {"key":"model","value":{"stringValue":"claude-opus-5-5"}},
        {"key":"input_tokens","value":{"intValue":9}},
        {"key":"output_tokens","value":{"intValue":OUTPUT}},
        {"key":"request_id","value":{"stringValue":"REQUEST"}}]}]}]}]}\
    """
        .replace("OUTPUT", Long.toString(output))
        .replace("REQUEST", request);
  }

  private long server() {
    UsageStore store = data.store();
    return store.sums(TimeRange.ALL, Set.of(Dimension.MODEL)).stream()
        .mapToLong(slice -> slice.totals().tokens().total())
        .sum();
  }

  private long commandLine() throws IOException {
    var out = new ByteArrayOutputStream();
    int code = Claudometer.run(surroundings(out), "daily", "--json", "--home", home.toString());
    String answer = out.toString(UTF_8);
    assertThat(code).as(answer).isZero();
    return new ObjectMapper().readTree(answer).get("totals").get("totalTokens").asLong();
  }

  private static long api(TestServer server, String cookie) {
    long all = 0;
    for (var share :
        server
            .json(server.get("/api/v1/usage?by=model&" + ALL_TIME, "Cookie", cookie))
            .get("shares")) {
      for (String kind : List.of("input", "output", "cacheWrite5m", "cacheWrite1h", "cacheRead")) {
        all += share.get("totals").get(kind).asLong();
      }
    }
    return all;
  }

  private static long page(TestServer server, String cookie) {
    String csv =
        server.get("/models?" + ALL_TIME + "&table=models&as=csv", "Cookie", cookie).body();
    String[] lines = csv.split("\r\n", -1);
    List<String> columns = List.of(lines[0].split(",", -1));
    long all = 0;
    for (String line : Arrays.asList(lines).subList(1, lines.length - 1)) {
      String[] cells = line.split(",", -1);
      for (String column :
          List.of("inputTokens", "outputTokens", "cacheWriteTokens", "cacheReadTokens")) {
        all += Long.parseLong(cells[columns.indexOf(column)]);
      }
    }
    return all;
  }

  private static long scrape(TestServer server, String cookie) {
    return server
        .get("/metrics", "Cookie", cookie)
        .body()
        .lines()
        .filter(line -> line.startsWith("claude_tokens_total{"))
        .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private Surroundings surroundings(ByteArrayOutputStream out) {
    var stream = new PrintStream(out, true, UTF_8);
    return new Surroundings(
        Map.of("XDG_STATE_HOME", directory.resolve("state").toString()),
        directory,
        InputStream.nullInputStream(),
        stream,
        new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
        InstantSource.fixed(NOW),
        ZoneOffset.UTC,
        0,
        false);
  }
}
