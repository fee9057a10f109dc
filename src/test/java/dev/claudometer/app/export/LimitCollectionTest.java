package dev.claudometer.app.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.claudometer.app.LimitSources;
import dev.claudometer.app.Pushing;
import dev.claudometer.app.config.ClaudeFiles;
import dev.claudometer.app.config.LimitWay;
import dev.claudometer.app.config.Values;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.export.otlp.OtlpReceiver;
import dev.claudometer.export.otlp.OtlpReceiver.Mood;
import dev.claudometer.export.otlp.PushSettings.Usual;
import dev.claudometer.export.prometheus.RealPrometheus;
import dev.claudometer.fetch.Simulator;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `claudometer export limits` as it runs until it is ended.
@Timeout(240)
class LimitCollectionTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir private Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private Simulator simulator;
  private OtlpReceiver receiver;

  @BeforeEach
  void start() {
    simulator =
        new Simulator() {
          @Override
          protected String answer(Asked asked) {
            return "{\"data\":{\"total_credits\":100,\"total_usage\":25.5}}";
          }
        };
    receiver = OtlpReceiver.grpc();
    environment.put("CLAUDOMETER_OPENROUTER_URL", simulator.url().text());
    environment.put("OPENROUTER_API_KEY", "sk-or-canary");
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url());
    environment.put("OTEL_EXPORTER_OTLP_HEADERS", "x-key=canary-header");
    environment.put("OTEL_EXPORTER_OTLP_TIMEOUT", "60000");
    environment.put("OTEL_METRIC_EXPORT_INTERVAL", "200");
  }

  @AfterEach
  void stop() {
    receiver.close();
    simulator.close();
    assertThat(said.toString(UTF_8) + receiver.metrics + receiver.traces).doesNotContain("canary");
  }

  private LimitCollection open(int port) {
    var stream = new PrintStream(said, true, UTF_8);
    var surroundings =
        new Surroundings(
            environment,
            directory,
            InputStream.nullInputStream(),
            stream,
            stream,
            InstantSource.fixed(NOW),
            ZoneOffset.UTC,
            0,
            false);
    var values = new Values(surroundings);
    var sources =
        LimitSources.of(
            new ClaudeFiles(directory.resolve("none"), directory.resolve("none")),
            false,
            Set.of(LimitWay.OPENROUTER),
            values);
    var push = Pushing.settings(values, new Usual(null, "claude-usage-metrics"));
    values.check();
    var collection = new LimitCollection(surroundings, sources, Level.INFO);
    collection.start(directory.resolve("l.db"), push, InetAddress.getLoopbackAddress(), port);
    return collection;
  }

  private static String scrape(int port) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics"));
      return client.send(request.build(), BodyHandlers.ofString()).body();
    }
  }

  private static String await(int port, String line) throws Exception {
    String scrape = "";
    while (!scrape.contains(line)) {
      Thread.sleep(50);
      scrape = scrape(port);
    }
    return scrape;
  }

  @Test
  @Tag("process")
  void prometheusAndTheReceiverGetTheSame() throws Exception {
    try (var collection = open(0)) {
      String scrape =
          await(collection.port(), "claudometer_poll_up{source=\"quota/openrouter\"} 1");
      assertThat(scrape)
          .contains(
              "openrouter_credits_total{device=\"\"} 100\n",
              "openrouter_credits_usage{device=\"\"} 25.5\n",
              "openrouter_credits_remaining{device=\"\"} 74.5\n",
              "claudometer_source_up{source=\"push\"} 1\n");
      while (!receiver.lines().contains("openrouter.credits.remaining{} 74.5")) {
        Thread.sleep(50);
      }
      assertThat(await(collection.port(), "{signal=\"metrics\",outcome=\"taken\"} "))
          .contains("{signal=\"metrics\",outcome=\"failed\"} 0\n");
      assertThat(RealPrometheus.objections(scrape))
          .allSatisfy(objection -> assertThat(objection).contains("openrouter_credits_total"));
    }
    assertThat(receiver.spans()).as("flushed at the end").isNotEmpty();
    assertThat(said.toString(UTF_8)).contains("Claudometer exports to http://127.0.0.1:");
  }

  @Test
  void receiverThatIsAwayIsOneLineAndScrapesGoOn() throws Exception {
    receiver.mood(Mood.HANGS);
    environment.put("OTEL_EXPORTER_OTLP_TIMEOUT", "300");
    try (var collection = open(0)) {
      assertThat(await(collection.port(), "{signal=\"metrics\",outcome=\"failed\"} 3"))
          .contains("openrouter_credits_total{device=\"\"} 100\n");
      assertThat(said.toString(UTF_8).lines().filter(line -> line.contains("not taken")))
          .hasSize(1);
      receiver.mood(Mood.TAKES);
      while (!said.toString(UTF_8).contains(" again")) {
        Thread.sleep(50);
      }
    }
  }

  @Test
  void portThatIsTakenIsOneSentence() {
    try (var collection = open(0)) {
      assertThatThrownBy(() -> open(collection.port()))
          .isInstanceOf(Failed.class)
          .hasMessageContaining("another exporter");
    }
  }
}
