package dev.claudometer.deploy;

import dev.claudometer.export.prometheus.RealPrometheus;
import java.io.IOException;
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
  private final Map<String, String> organization;
  private final Map<String, Integer> ports = new LinkedHashMap<>();
  private final List<Program> programs = new ArrayList<>();
  private final RealPrometheus prometheus;

  /// @param home the Claude home that all of them read
  /// @param zone what `TZ` says
  Stack(Path directory, Path home, String zone) throws IOException {
    this(directory, home, zone, Map.of());
  }

  /// The same where the organisation is asked for, by the server and by an exporter of its own.
  ///
  /// @param organization the variables that say how
  Stack(Path directory, Path home, String zone, Map<String, String> organization)
      throws IOException {
    this.directory = directory;
    this.home = home;
    this.zone = zone;
    this.organization = organization;
    map(yaml("docker-compose.yml").get("services")).forEach(this::start);
    if (!organization.isEmpty()) {
      ports.put("org-exporter", Program.freePort());
      List<String> arguments =
          List.of("export", "org", "--port", String.valueOf(ports.get("org-exporter")));
      programs.add(Program.start(directory.resolve("org-exporter"), organization, arguments));
    }
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
    int port = Program.freePort();
    ports.put(name, port);
    List<String> arguments = new ArrayList<>();
    for (Object word : (List<?>) service.getOrDefault("command", List.of())) {
      arguments.add(word.equals("/claude") ? home.toString() : word.toString());
    }
    arguments.addAll(List.of("--port", String.valueOf(port)));
    programs.add(Program.start(directory.resolve(name), environment(name, service), arguments));
  }

  private Map<String, String> environment(String name, Map<String, Object> service) {
    Map<String, String> environment = new LinkedHashMap<>();
    map(service.get("environment"))
        .forEach((key, value) -> environment.put(key, interpolated(String.valueOf(value))));
    environment.replaceAll((_, value) -> value.replace("/run/secrets/metrics-token", token()));
    if (name.equals("server")) {
      environment.putAll(organization);
    }
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

  /// The jobs of `prometheus.yml`, every few seconds, with the addresses that the services have
  /// here.
  private String jobs(boolean relabelled) throws IOException {
    Map<String, Object> configuration = yaml("prometheus/prometheus.yml");
    configuration.put("global", Map.of("scrape_interval", "3s", "scrape_timeout", "3s"));
    configuration.put("rule_files", List.of());
    for (Object job : (List<?>) configuration.get("scrape_configs")) {
      Map<String, Object> scraped = map(job);
      if (scraped.remove("dns_sd_configs") != null && !organization.isEmpty()) {
        scraped.put(
            "static_configs",
            List.of(Map.of("targets", List.of("127.0.0.1:" + ports.get("org-exporter")))));
      }
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

  @Override
  public void close() {
    prometheus.close();
    programs.forEach(Program::close);
  }
}
