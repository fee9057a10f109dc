package dev.claudometer.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.claudometer.export.prometheus.RealPrometheus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/// The services of `docker-compose.yml` that are ours, as containers of the image, with all that
/// they are forbidden. Skipped where podman or the image is not there.
@Tag("process")
class ContainersTest {

  private static final String BUILD =
      "podman build --format docker -f deploy/docker/Dockerfile -t claudometer .";

  private final String run = "claudometer-test-" + UUID.randomUUID().toString().substring(0, 8);
  private final List<String> started = new ArrayList<>();
  @TempDir private Path directory;

  private record Said(int code, String text) {}

  @BeforeEach
  void image() throws Exception {
    RealPrometheus.installed("podman");
    assumeTrue(podman("image", "exists", "claudometer").code() == 0, "there is no image: " + BUILD);
    Path project = Files.createDirectories(directory.resolve("claude/projects/-home-me-x"));
    Files.writeString(
        project.resolve("s.jsonl"),
        """
        {"type":"assistant","cwd":"/home/me/x","sessionId":"s","version":"2.1.329","message":\
        {"model":"claude-opus-5","id":"m1","type":"message","role":"assistant","content":[],\
        "stop_reason":"end_turn","usage":{"input_tokens":100000,"output_tokens":40000}},\
        "requestId":"r","uuid":"u","timestamp":"%s"}
        """
            .formatted(Instant.now().minusSeconds(60)));
    // a container's user is another one
    podman("unshare", "chmod", "-R", "a+rX", directory.toString());
    assertThat(directory.toFile().setExecutable(true, false)).isTrue();
  }

  @AfterEach
  void stop() throws Exception {
    for (String name : started) {
      podman("rm", "-f", name);
    }
    if (!started.isEmpty()) {
      podman("volume", "rm", "-f", run + "-server", run + "-exporter");
    }
  }

  @Test
  void serverAndExporterAreWellAndCountWithoutRightsOrAWritableDisk() throws Exception {
    String server = start("server", "desk");
    String exporter = start("exporter", "");
    assertThat(healthy(server)).isEqualTo(new Said(0, ""));
    assertThat(healthy(exporter)).isEqualTo(new Said(0, ""));
    assertThat(metrics(server, 3000, "claude_total_cost_usd{"))
        .contains("claude_total_cost_usd{device=\"desk\"} 1.5\n");
    assertThat(metrics(exporter, 9101, "claude_machine_cost_usd_total{"))
        .contains(
            "claude_machine_cost_usd_total{model=\"claude-opus-5\",project=\"-home-me-x\"} 1.5\n");
  }

  @Test
  void serverThatIsMadeAgainIsTheSameMachine() throws Exception {
    String first = start("server", "desk");
    metrics(first, 3000, "claude_total_cost_usd{");
    podman("rm", "-f", first);
    String second = start("server", "desk");
    assertThat(metrics(second, 3000, "claude_total_cost_usd{").lines())
        .filteredOn(line -> line.startsWith("claude_device_online{"))
        .singleElement()
        .asString()
        .contains("desk");
  }

  /// A service as Compose starts it, but for ports: nobody else is to be in its way.
  private String start(String service, String hostname) throws Exception {
    Map<?, ?> described = service(service);
    String name = run + "-" + service + started.size();
    List<String> command =
        new ArrayList<>(List.of("run", "-d", "--name", name, "--network", "none"));
    if (described.containsKey("hostname")) {
      command.addAll(List.of("--hostname", hostname));
    }
    command.addAll(List.of("--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL"));
    ((List<?>) described.get("security_opt"))
        .forEach(option -> command.addAll(List.of("--security-opt", option.toString())));
    command.addAll(List.of("-v", run + "-" + service + ":/state"));
    command.addAll(List.of("-v", directory.resolve("claude") + ":/claude:ro"));
    command.add("claudometer");
    ((List<?>) described.get("command")).forEach(word -> command.add(word.toString()));
    Said said = podman(command.toArray(String[]::new));
    assertThat(said.code()).as(said.text()).isZero();
    started.add(name);
    return name;
  }

  private static Map<?, ?> service(String name) throws IOException {
    Map<?, ?> compose = new Yaml().load(Files.readString(Path.of("deploy/docker-compose.yml")));
    return (Map<?, ?>) ((Map<?, ?>) compose.get("services")).get(name);
  }

  private Said healthy(String container) throws Exception {
    Said said = podman("exec", container, "healthy");
    for (int i = 0; i < 480 && said.code() != 0; i++) {
      Thread.sleep(250);
      said = podman("exec", container, "healthy");
    }
    return said;
  }

  /// What it tells as soon as this is in it.
  private String metrics(String container, int port, String awaited) throws Exception {
    String get =
        "exec 3<>/dev/tcp/127.0.0.1/%d; printf 'GET /metrics HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3; cat <&3"
            .formatted(port);
    String scrape = "";
    for (int i = 0; i < 480 && !scrape.contains(awaited); i++) {
      Thread.sleep(250);
      scrape = podman("exec", container, "bash", "-c", get).text().replace("\r", "");
    }
    return scrape;
  }

  private static Said podman(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("podman"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Said(process.waitFor(), text);
  }
}
