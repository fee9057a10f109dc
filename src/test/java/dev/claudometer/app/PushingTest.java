package dev.claudometer.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.app.config.ClaudeFiles;
import dev.claudometer.app.config.OrganizationSettings;
import dev.claudometer.app.config.Values;
import dev.claudometer.app.export.RunningExporter;
import dev.claudometer.app.export.RunningOrganizationExporter;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.server.RunningServer;
import dev.claudometer.app.server.ServerOptions;
import dev.claudometer.cli.Claudometer;
import dev.claudometer.export.otlp.OtlpReceiver;
import dev.claudometer.export.otlp.PushSettings;
import dev.claudometer.server.auth.TrustedProxies;
import dev.claudometer.server.http.Listening;
import dev.claudometer.server.otlp.Ports;
import dev.claudometer.source.adminapi.AdminKey;
import dev.claudometer.source.adminapi.AdminSimulator;
import dev.claudometer.source.claudecode.Lines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the server and the exporter push where the environment names a receiver.
@Timeout(240)
class PushingTest {

  private static final Instant NOW = Instant.parse("2026-11-20T10:20:00Z");
  private static final Pattern LINE =
      Pattern.compile("^([a-z_]+)(?:\\{(.*)})? (-?[0-9.E-]+)$", Pattern.MULTILINE);
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

  @TempDir private Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @BeforeEach
  void fill() throws IOException {
    Path project = Files.createDirectories(directory.resolve(".claude/projects/-home-me-x"));
    Files.writeString(project.resolve("session-1.jsonl"), Lines.answer("msg_1", 40) + "\n");
    environment.put("XDG_STATE_HOME", directory.resolve("state").toString());
    environment.put("HOSTNAME", "laptop");
    environment.put("OTEL_METRIC_EXPORT_INTERVAL", "200");
    environment.put("OTEL_EXPORTER_OTLP_HEADERS", "x-key=canary-header");
  }

  private Surroundings surroundings() {
    var stream = new PrintStream(said, true, UTF_8);
    return new Surroundings(
        environment,
        directory,
        InputStream.nullInputStream(),
        stream,
        stream,
        InstantSource.fixed(NOW),
        ZoneOffset.UTC,
        0,
        false);
  }

  private PushSettings push(OtlpReceiver receiver, String protocol) {
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url());
    environment.put("OTEL_EXPORTER_OTLP_PROTOCOL", protocol);
    return Pushing.settings(new Values(surroundings()));
  }

  @Test
  void exporterPushesWhatItServes() throws Exception {
    try (var receiver = OtlpReceiver.grpc();
        var exporter =
            RunningExporter.start(
                surroundings(),
                new RunningExporter.Configuration(
                    List.of(directory.resolve(".claude")),
                    InetAddress.getLoopbackAddress(),
                    0,
                    ZoneOffset.UTC,
                    push(receiver, "grpc")))) {
      await(receiver, "claude_messages_total{} 1");
      await(receiver, "claudometer_pushes_total{outcome=taken, signal=metrics} 1");
      String scrape = scrape(exporter.port());
      receiver.metrics.clear();
      await(receiver, "claude_messages_total{} 1");
      assertThat(steady(pushed(receiver))).hasSizeGreaterThan(30).isEqualTo(steady(served(scrape)));
      assertThat(scrape + said.toString(UTF_8)).doesNotContain("canary");
      assertThat(receiver.headers).containsEntry("x-key", "canary-header");
    }
  }

  @Test
  void serverPushesWhatItServes() throws Exception {
    try (var receiver = OtlpReceiver.http();
        var _ = RunningServer.start(surroundings(), server(push(receiver, "http/protobuf")))) {
      await(
          receiver,
          "claude_requests_total{device=laptop, model=claude-opus-5, project=-home-me-x,"
              + " type=assistant} 1");
      await(receiver, "claudometer_pushes_total{outcome=taken, signal=metrics} 1");
      assertThat(said.toString(UTF_8)).contains("Claudometer listens").doesNotContain("canary");
      String resource =
          OtlpReceiver.labels(
              receiver.metrics.getFirst().getResourceMetrics(0).getResource().getAttributesList());
      assertThat(resource).isEqualTo("{service.name=claudometer}");
    }
  }

  private ServerOptions server(PushSettings push) {
    var values = new Values(surroundings());
    return new ServerOptions(
        new Listening("127.0.0.1", 0, null),
        new ServerOptions.Access(null, TrustedProxies.of(""), null, true, false),
        "file:" + directory.resolve("server.db"),
        null,
        new ServerOptions.Transcripts(List.of(directory.resolve(".claude"))),
        null,
        OrganizationSettings.of(surroundings(), values),
        LimitSources.of(ClaudeFiles.of(List.of(), surroundings()), false, Set.of(), values),
        push,
        Ports.OFF,
        null,
        Set.of());
  }

  @Test
  void billIsPushedAsItIsServed() throws Exception {
    var simulator = new AdminSimulator(NOW);
    simulator.messages.put(
        Instant.parse("2026-11-20T09:00:00Z"),
        List.of(AdminSimulator.usage(null, "claude-opus-5", 1500, 500)));
    var settings =
        new OrganizationSettings(
            AdminKey.of("sk-ant-admin01-canary"),
            simulator.url(),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Level.INFO);
    try (simulator;
        var receiver = OtlpReceiver.grpc();
        var exporter =
            RunningOrganizationExporter.start(
                surroundings(),
                new RunningOrganizationExporter.Configuration(
                    settings,
                    null,
                    InetAddress.getLoopbackAddress(),
                    0,
                    "claude",
                    NOW.minus(Duration.ofDays(2)),
                    push(receiver, "grpc")))) {
      await(
          receiver,
          "claude_tokens_total{api_key_id=console, api_key_name=console, model=claude-opus-5,"
              + " type=output} 500");
      assertThat(scrape(exporter.port())).contains("claudometer_pushes_total{");
      assertThat(said.toString(UTF_8)).doesNotContain("canary");
    }
  }

  @Test
  void badSettingsEndACommandThatOnlyPushes() {
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://me:canary@otel:4317");
    environment.put("OTEL_EXPORTER_OTLP_TIMEOUT", "soon");
    assertThat(Claudometer.run(surroundings(), "export", "limits", "--once")).isEqualTo(2);
    assertThat(said.toString(UTF_8))
        .contains("OTEL_EXPORTER_OTLP_ENDPOINT must not hold a name or a password")
        .hasLineCount(1)
        .doesNotContain("canary");
  }

  /// Claude Code's own variables: it pushes `http/json`, and hands its environment on.
  @Test
  void settingsOfAnotherProgramStopThePushAndNothingElse() throws Exception {
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318");
    for (String[] wrong :
        new String[][] {
          {"OTEL_EXPORTER_OTLP_PROTOCOL", "http/json"},
          {"OTEL_EXPORTER_OTLP_TIMEOUT", "soon"},
          {"OTEL_EXPORTER_OTLP_HEADERS", "no pair"},
          {"OTEL_METRIC_EXPORT_INTERVAL", "1h"},
          {"OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "collector"}
        }) {
      said.reset();
      environment.put(wrong[0], wrong[1]);
      var values = new Values(surroundings());
      PushSettings push = Pushing.settings(values);
      values.check();
      assertThat(said.toString(UTF_8))
          .startsWith("claudometer: nothing is pushed: " + wrong[0])
          .hasLineCount(1);
      try (var exporter =
          RunningExporter.start(
              surroundings(),
              new RunningExporter.Configuration(
                  List.of(directory.resolve(".claude")),
                  InetAddress.getLoopbackAddress(),
                  0,
                  ZoneOffset.UTC,
                  push))) {
        assertThat(scrape(exporter.port())).doesNotContain("claudometer_pushes_total{");
      }
      environment.remove(wrong[0]);
    }
  }

  private static void await(OtlpReceiver receiver, String line) throws InterruptedException {
    while (!receiver.lines().contains(line)) {
      Thread.sleep(50);
    }
  }

  private static String scrape(int port) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics"));
      return client.send(request.build(), BodyHandlers.ofString()).body();
    }
  }

  /// Gauges and counters of a scrape, in the form of [OtlpReceiver#lines].
  private static Map<String, Double> served(String scrape) {
    var values = new TreeMap<String, Double>();
    Matcher line = LINE.matcher(scrape);
    while (line.find()) {
      var labels = new TreeMap<String, String>();
      Matcher label = LABEL.matcher(line.group(2) == null ? "" : line.group(2));
      while (label.find()) {
        if (!label.group(2).isEmpty()) {
          labels.put(label.group(1), label.group(2));
        }
      }
      values.put(line.group(1) + labels, Double.valueOf(line.group(3)));
    }
    return values;
  }

  private static Map<String, Double> pushed(OtlpReceiver receiver) {
    var values = new TreeMap<String, Double>();
    for (String line : receiver.lines()) {
      int blank = line.lastIndexOf(' ');
      values.put(line.substring(0, blank), Double.valueOf(line.substring(blank + 1)));
    }
    return values;
  }

  /// Without what differs from moment to moment, and without what histograms are made of.
  private static Map<String, Double> steady(Map<String, Double> values) {
    values
        .keySet()
        .removeIf(
            name ->
                name.matches("claudometer_(scrape|push|database).*")
                    || name.matches("[a-z_]+_(bucket|sum|count)\\{.*")
                    || name.contains("quantile="));
    return values;
  }
}
