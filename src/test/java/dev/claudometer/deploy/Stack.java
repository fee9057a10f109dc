package dev.claudometer.deploy;

import dev.claudometer.Main;
import dev.claudometer.export.prometheus.RealPrometheus;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.yaml.snakeyaml.Yaml;

/// What `start.sh` starts, without containers: the services of `docker-compose.yml` as processes,
/// with their commands, host names and variables, and a Prometheus with `prometheus.yml`.
@Tag("process")
final class Stack implements AutoCloseable {

  private static final Path DEPLOY = Path.of("deploy");
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";

  private final Path directory;
  private final Path home;
  private final String zone;
  private final Map<String, Integer> ports = new LinkedHashMap<>();
  private final List<Process> processes = new ArrayList<>();
  private final RealPrometheus prometheus;

  /// @param home the Claude home that all of them read
  /// @param zone what `TZ` says
  Stack(Path directory, Path home, String zone) throws IOException {
    this.directory = directory;
    this.home = home;
    this.zone = zone;
    map(yaml("docker-compose.yml").get("services")).forEach(this::start);
    prometheus =
        RealPrometheus.start(Files.createDirectory(directory.resolve("prometheus")), jobs(true));
  }

  /// Another Prometheus with the same jobs, of somebody who wrote them without looking at ours.
  RealPrometheus withoutRelabelling() throws IOException {
    return RealPrometheus.start(Files.createDirectory(directory.resolve("other")), jobs(false));
  }

  RealPrometheus prometheus() {
    return prometheus;
  }

  private void start(String name, Object described) {
    Map<String, Object> service = map(described);
    if (!"claudometer".equals(service.get("image"))) {
      return;
    }
    int port = freePort();
    ports.put(name, port);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    for (Object word : (List<?>) service.getOrDefault("command", List.of())) {
      command.add(word.equals("/claude") ? home.toString() : word.toString());
    }
    command.addAll(List.of("--port", String.valueOf(port)));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(Redirect.to(directory.resolve(name + ".log").toFile()));
    builder.environment().clear();
    builder.environment().putAll(environment(name, service));
    try {
      processes.add(builder.start());
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private Map<String, String> environment(String name, Map<String, Object> service) {
    Map<String, String> environment = new LinkedHashMap<>();
    map(service.get("environment"))
        .forEach((key, value) -> environment.put(key, interpolated(String.valueOf(value))));
    environment.replaceAll((_, value) -> value.replace("/run/secrets/metrics-token", token()));
    environment.put("HOME", directory.resolve(name).toString());
    environment.put("XDG_STATE_HOME", directory.resolve(name).toString());
    // as a container engine does
    environment.put(
        "HOSTNAME", interpolated(service.getOrDefault("hostname", name + "f00dcafe").toString()));
    return environment;
  }

  /// As Compose puts in what a person's shell says.
  private String interpolated(String value) {
    return value
        .replaceAll("\\$\\{TZ:-[^}]*}", zone)
        .replaceAll("\\$\\{HOSTNAME:-[^}]*}", "desk")
        .replaceAll("\\$\\{[A-Z_]+:-([^}]*)}", "$1");
  }

  private String token() {
    try {
      return Files.writeString(directory.resolve("token"), TOKEN).toString();
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /// The jobs of `prometheus.yml`, each second, with the addresses that the services have here.
  private String jobs(boolean relabelled) throws IOException {
    Map<String, Object> configuration = yaml("prometheus/prometheus.yml");
    configuration.put("global", Map.of("scrape_interval", "1s", "scrape_timeout", "1s"));
    configuration.put("rule_files", List.of());
    for (Object job : (List<?>) configuration.get("scrape_configs")) {
      Map<String, Object> scraped = map(job);
      scraped.remove("dns_sd_configs");
      if (!relabelled) {
        scraped.remove("metric_relabel_configs");
      }
    }
    String text =
        new Yaml().dump(configuration).replace("/etc/prometheus/claudometer-token", token());
    text = text.replace("server:3000", "127.0.0.1:" + ports.get("server"));
    return text.replace("exporter:9101", "127.0.0.1:" + ports.get("exporter"));
  }

  private static Map<String, Object> yaml(String file) throws IOException {
    return map(new Yaml().load(Files.readString(DEPLOY.resolve(file))));
  }

  /// The same map, seen as one with texts as keys.
  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public void close() {
    prometheus.close();
    processes.forEach(Process::destroy);
    processes.forEach(process -> process.onExit().join());
  }
}
