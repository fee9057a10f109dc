package dev.claudometer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.Claudometer;
import dev.claudometer.source.adminapi.AdminSimulator;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `claudometer export org` as a command: what it is configured with, and the process.
class ExportOrganizationCommandTest {

  private static final String KEY = "sk-ant-admin01-canary";

  @TempDir private Path directory;
  private AdminSimulator simulator;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void start() {
    simulator = new AdminSimulator(Instant.now());
    environment.put("XDG_STATE_HOME", directory.toString());
    environment.put("CLAUDOMETER_ADMIN_URL", simulator.url().text());
    environment.put("HOME", directory.toString());
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void keyForModelsIsOneLineBeforeAnythingIsAsked() {
    environment.put("APIKEY", "sk-ant-api03-canary");
    CommandRun run = run();
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .hasLineCount(1)
        .contains("APIKEY", "sk-ant-admin")
        .doesNotContain("canary");
    assertThat(simulator.asked).isEmpty();
  }

  @Test
  void withoutAKeyThereIsOneLine() {
    CommandRun run = run();
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1).contains("set APIKEY");
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    environment.put("APIKEY", KEY);
    environment.put("PROMETHEUS_PORT", "90o1");
    environment.put("PROMETHEUS_NAMESPACE", "a-b");
    environment.put("LOOP_INTERVAL", "often");
    environment.put("LOGGING_LEVEL", "LOUD");
    CommandRun run = run("--listen", "0.0.0.0");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .hasLineCount(1)
        .contains(
            "PROMETHEUS_PORT has to be a number up to 65535: '90o1'",
            "PROMETHEUS_NAMESPACE has to be a word",
            "LOOP_INTERVAL has to be a number of seconds",
            "LOGGING_LEVEL has to be",
            "--allow-plain-http")
        .doesNotContain("canary");
    assertThat(simulator.asked).isEmpty();
  }

  @Test
  void namespaceOfOursIsNotTaken() {
    environment.put("APIKEY", KEY);
    assertThat(run("--namespace", "claude_org_code").err())
        .hasLineCount(1)
        .contains("--namespace cannot be what families of ours begin with: 'claude_org_code'");
  }

  @Test
  void fileThatCannotBeReadIsNamed() throws IOException {
    file("{\"apikey\": \"" + KEY);
    assertThat(run().err())
        .contains(".config/claude-prometheus.json cannot be read as JSON")
        .doesNotContain("canary");
    file(
        "{\"apikey\":\""
            + KEY
            + "\",\"prometheus\":{\"port\":\"x\",\"namespace\":7},\"loop\":{\"interval\":true}}");
    assertThat(run().err())
        .hasLineCount(1)
        .contains(
            "prometheus.port in ",
            "'x'",
            "prometheus.namespace in ",
            "'7'",
            "loop.interval in ",
            "'true'")
        .doesNotContain("canary");
    file("[\"" + KEY + "\"]");
    assertThat(run().err()).hasLineCount(1).contains("set APIKEY").doesNotContain("canary");
    file("");
    assertThat(run().err()).hasLineCount(1).contains("set APIKEY");
  }

  @Test
  @Tag("process")
  void processServesWhatItsFileSaysAndEndsWhenItIsToldTo() throws Exception {
    Instant today = SameDay.today();
    simulator.costs.put(today, List.of(AdminSimulator.cost("123.45", null, "Claude Usage")));
    file(
        "{\"apikey\":\""
            + KEY
            + "\",\"prometheus\":{\"port\":0,\"namespace\":\"acme\"},\"loop\":{\"interval\":30}}");
    var builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.claudometer.Main",
            "export",
            "org",
            "--since",
            today.toString().substring(0, "2026-11-20".length()));
    builder.environment().putAll(environment);
    builder.environment().remove("APIKEY");
    builder.redirectError(directory.resolve("err").toFile());
    Process process = builder.start();
    try (BufferedReader out = process.inputReader(UTF_8);
        HttpClient client = HttpClient.newHttpClient()) {
      String line = out.readLine();
      assertThat(line).startsWith("Claudometer exports to http://127.0.0.1:");
      var request =
          HttpRequest.newBuilder(URI.create(line.substring(line.indexOf("http")))).build();
      String scrape = "";
      for (int i = 0; i < 2_400 && !scrape.contains("acme_cost_total_usd_total{"); i++) {
        Thread.sleep(50);
        scrape = client.send(request, BodyHandlers.ofString()).body();
      }
      assertThat(scrape)
          .contains("acme_cost_total_usd_total{workspace_id=\"default\"} 1.2345\n")
          .doesNotContain("canary");
      process.toHandle().destroy();
      assertThat(process.waitFor()).isEqualTo(143);
      assertThat(out.readLine()).isNull();
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readString(directory.resolve("err")))
        .startsWith("claudometer: asks every 60 seconds, not every 30 (LOOP_INTERVAL)")
        .doesNotContain("canary");
  }

  private void file(String content) throws IOException {
    Path file = directory.resolve(".config/claude-prometheus.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private CommandRun run(String... options) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var surroundings =
        new Surroundings(
            environment,
            directory,
            InputStream.nullInputStream(),
            new PrintStream(out, false, UTF_8),
            new PrintStream(err, true, UTF_8),
            InstantSource.system(),
            ZoneOffset.UTC,
            0,
            false);
    String[] arguments = new String[options.length + 2];
    arguments[0] = "export";
    arguments[1] = "org";
    System.arraycopy(options, 0, arguments, 2, options.length);
    int code = Claudometer.run(surroundings, arguments);
    return new CommandRun(code, out.toString(UTF_8), err.toString(UTF_8));
  }
}
