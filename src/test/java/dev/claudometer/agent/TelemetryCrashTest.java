package dev.claudometer.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.agent.FaultyProxy.Fault;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.server.TestServer;
import dev.claudometer.store.EventFilter;
import dev.claudometer.store.StoredEvent;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Claude Code tells an agent of its calls. The agent is a process that is killed, and its server
/// is away or loses answers: what the agent has answered for is on the server in the end, once.
@Tag("process")
class TelemetryCrashTest {

  private static final long PATIENCE_NANOS = 300_000_000_000L;

  @TempDir Path directory = Path.of("");
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, Long> answeredFor = new TreeMap<>();
  private TestServer server;
  private FaultyProxy network;
  private Program agent;
  private int port;
  private int calls;

  @BeforeEach
  void start() throws Exception {
    server =
        new TestServer(
            SqliteStore.database(directory.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL);
    network = new FaultyProxy(server.port());
    port = freePort();
    Path home = directory.resolve("home");
    agent =
        new Program(
            home,
            Program.thisBuild(),
            List.of("agent", "start", "--foreground", "--live"),
            Map.of("CLAUDOMETER_OTLP_HTTP_PORT", Integer.toString(port)),
            _ -> {});
    Files.createDirectories(home.resolve(".claude/projects"));
    Path config = Files.createDirectories(home.resolve(".config/claudometer"));
    Files.writeString(
        config.resolve("agent.properties"),
        "server=%s\nkey=%s\ndevice=laptop\ninterval-seconds=1\n"
            .formatted(network.url(), server.device("laptop")));
    agent.start();
  }

  @AfterEach
  void end() throws Exception {
    agent.kill();
    network.close();
    server.close();
  }

  @Test
  void whatAnAgentHasAnsweredForIsOnTheServerOnceWheneverItIsKilled() throws Exception {
    network.faults(() -> Fault.LOSE_REQUEST);
    for (int kill = 0; kill < 4; kill++) {
      for (int i = 0; i < 5; i++) {
        tell("req_" + calls++);
      }
      tell("req_" + new Random(kill).nextInt(calls));
      agent.kill();
      agent.start();
    }
    assertThat(outputs(server.store)).as("while it is away").isEmpty();

    // the first answer says that there is a server, and the second what it has taken
    var answers = new AtomicInteger();
    network.faults(() -> answers.getAndIncrement() % 2 == 0 ? Fault.NONE : Fault.LOSE_ANSWER);
    await(() -> outputs(server.store).keySet().containsAll(answeredFor.keySet()));
    agent.kill();
    agent.start();
    tell("req_" + calls++);

    network.faults(() -> Fault.NONE);
    await(() -> outputs(server.store).keySet().containsAll(answeredFor.keySet()));
    tell("req_" + calls++);
    await(() -> outputs(server.store).equals(answeredFor));
    assertThat(server.store.verify()).isEmpty();
    agent.kill();
    try (var own =
        SqliteStore.open(
            directory.resolve("home/.local/state/claudometer/claudometer.db"),
            PriceBook::builtIn)) {
      assertThat(outputs(own)).isEqualTo(answeredFor);
      assertThat(own.verify()).isEmpty();
    }
  }

  /// As the client does, but for longer: until it has an answer.
  private void tell(String request) throws Exception {
    long output = 100 + request.hashCode() % 50;
    var post =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/logs"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body(request, output)))
            .build();
    await(
        () -> {
          try {
            return client.send(post, BodyHandlers.discarding()).statusCode() == 200;
          } catch (IOException notYet) {
            assertThat(agent.alive()).as(agent.complaints()).isTrue();
            return false;
          }
        });
    answeredFor.put(request, output);
  }

  private static String body(String request, long output) {
    return """
    {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1795223124193000000",
      "eventName":"api_request","attributes":[
        {"key":"session.id","value":{"stringValue":"s1"}},
        {"key":"query_source","value":{"stringValue":"compact"}},
        {"key":"model","value":{"stringValue":"claude-opus-5-5"}},
        {"key":"input_tokens","value":{"intValue":9}},
        {"key":"output_tokens","value":{"intValue":%d}},
        {"key":"request_id","value":{"stringValue":"%s"}}]}]}]}]}
    """
        .formatted(output, request);
  }

  /// Output by request; what counts twice is added up.
  private static Map<String, Long> outputs(UsageStore store) {
    Map<String, Long> outputs = new TreeMap<>();
    for (StoredEvent stored : store.events(new EventFilter.Within(TimeRange.ALL))) {
      if (stored.counted()) {
        outputs.merge(
            stored.event().key().requestId(), stored.event().usage().tokens().output(), Long::sum);
      }
    }
    return outputs;
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.holds()) {
      assertThat(System.nanoTime() - end).isNegative();
      Thread.sleep(20);
    }
  }

  /// A port that the system gives to nobody who asks for any: the agent takes it again and again.
  private static int freePort() throws IOException {
    var random = new Random();
    List<Integer> taken = new ArrayList<>();
    while (taken.size() < 100) {
      int port = 12_000 + random.nextInt(18_000);
      try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return port;
      } catch (IOException anotherHasIt) {
        taken.add(port);
      }
    }
    throw new IOException("none of these ports is free: " + taken);
  }
}
