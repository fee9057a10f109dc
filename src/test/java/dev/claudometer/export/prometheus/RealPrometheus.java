package dev.claudometer.export.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;

/// A Prometheus of this machine's own, as Debian packages it, that scrapes every few seconds. Tests
/// that need it are skipped where it is not installed, and say so.
@Tag("process")
public final class RealPrometheus implements AutoCloseable {

  private final Path directory;
  private final int port;
  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();

  private RealPrometheus(Path directory, int port, Process process) {
    this.directory = directory;
    this.port = port;
    this.process = process;
  }

  /// A value with its labels.
  public record Sample(Map<String, String> labels, double value) {}

  public static Path installed(String program) {
    for (String place : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      Path file = Path.of(place).resolve(program);
      if (Files.isExecutable(file)) {
        return file;
      }
    }
    assumeTrue(false, program + " is not installed: apt-get install prometheus");
    throw new IllegalStateException();
  }

  public static RealPrometheus start(Path directory) throws IOException {
    Files.writeString(directory.resolve("targets.json"), "[]");
    return start(
        directory,
        """
        global: {scrape_interval: 3s, scrape_timeout: 3s}
        scrape_configs:
          - job_name: claude-usage-tracker
            file_sd_configs: [{files: [targets.json], refresh_interval: 1s}]
        """);
  }

  /// Starts one with a configuration of its own.
  public static RealPrometheus start(Path directory, String configuration) throws IOException {
    Path program = installed("prometheus");
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Files.writeString(directory.resolve("prometheus.yml"), configuration);
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--config.file=prometheus.yml",
                "--storage.tsdb.path=data",
                "--web.listen-address=127.0.0.1:" + port)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("prometheus.log").toFile())
            .start();
    return new RealPrometheus(directory, port, process);
  }

  /// What is scraped.
  ///
  /// @param instance its label: it stays when the port changes
  public record Target(String instance, int port, String path) {}

  /// Scrapes these from now on.
  public void targets(Target... targets) throws IOException {
    String list =
        Stream.of(targets)
            .map(
                target ->
                    "{\"targets\":[\"localhost:%d\"],\"labels\":{\"instance\":\"%s\",\"__metrics_path__\":\"%s\"}}"
                        .formatted(target.port(), target.instance(), target.path()))
            .collect(Collectors.joining(",", "[", "]"));
    Path next = Files.writeString(directory.resolve("targets.next"), list);
    Files.move(next, directory.resolve("targets.json"), StandardCopyOption.REPLACE_EXISTING);
  }

  public void target(int port, String path) throws IOException {
    targets(new Target("one", port, path));
  }

  /// Waits until an expression has an answer.
  public List<Sample> await(String expression) throws Exception {
    long end = System.nanoTime() + Duration.ofMinutes(4).toNanos();
    while (System.nanoTime() < end) {
      List<Sample> samples = ask(expression);
      if (!samples.isEmpty()) {
        return samples;
      }
      Thread.sleep(250);
    }
    throw new AssertionError(
        "no answer to "
            + expression
            + "\n"
            + get("/api/v1/targets")
            + "\n"
            + Files.readString(directory.resolve("prometheus.log")));
  }

  public List<Sample> ask(String expression) throws Exception {
    String answer = get("/api/v1/query?query=" + URLEncoder.encode(expression, UTF_8));
    List<Sample> samples = new ArrayList<>();
    if (answer.isEmpty()) {
      return samples;
    }
    JsonNode root = json.readTree(answer);
    if (!root.path("status").asText().equals("success")) {
      throw new AssertionError(expression + ": " + answer);
    }
    for (JsonNode one : root.at("/data/result")) {
      var labels = new TreeMap<String, String>();
      one.get("metric").properties().forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
      labels.remove("instance");
      labels.remove("job");
      samples.add(new Sample(labels, one.at("/value/1").asDouble()));
    }
    return samples;
  }

  private String get(String path) throws Exception {
    try {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
              BodyHandlers.ofString());
      // 503 while it starts
      return answer.statusCode() == 503 ? "" : answer.body();
    } catch (IOException notYet) {
      return "";
    }
  }

  /// What `promtool check metrics` objects to in a scrape.
  public static List<String> objections(String scrape) throws Exception {
    return promtool(scrape, "check", "metrics");
  }

  /// What promtool says.
  public static List<String> promtool(String input, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(installed("promtool").toString()));
    command.addAll(List.of(arguments));
    Process promtool = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var in = promtool.getOutputStream()) {
      in.write(input.getBytes(UTF_8));
    }
    String said = new String(promtool.getInputStream().readAllBytes(), UTF_8);
    promtool.waitFor();
    return Stream.of(said.split("\n", -1)).filter(line -> !line.isBlank()).toList();
  }

  @Override
  public void close() {
    client.close();
    process.destroyForcibly().onExit().join();
  }
}
