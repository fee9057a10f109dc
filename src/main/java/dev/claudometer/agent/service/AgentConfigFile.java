package dev.claudometer.agent.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.model.Cause;
import dev.claudometer.model.DeviceId;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The file that an agent's configuration is kept in: properties, readable by their owner only,
/// because the key is among them.
public final class AgentConfigFile {

  private static final Set<String> KNOWN =
      Set.of("server", "key", "device", "name", "homes", "interval-seconds");

  private final Path path;

  public AgentConfigFile(Path path) {
    this.path = path;
  }

  public Path path() {
    return path;
  }

  public boolean exists() {
    return Files.exists(path);
  }

  /// The file cannot be used; the message names everything that is wrong.
  public static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String message) {
      super(message);
    }
  }

  public AgentConfig read() throws Unusable {
    var properties = new Properties();
    try {
      properties.load(new StringReader(Files.readString(path, UTF_8)));
    } catch (IOException | IllegalArgumentException failure) {
      throw new Unusable("cannot read " + path + ": " + Cause.of(failure));
    }
    List<String> problems = new ArrayList<>();
    var unknown = new TreeSet<>(properties.stringPropertyNames());
    unknown.removeAll(KNOWN);
    unknown.forEach(name -> problems.add("there is no setting '" + name + "'"));
    URI server = server(properties.getProperty("server", ""), problems);
    String key = required(properties, "key", problems);
    String device = required(properties, "device", problems);
    Duration interval = interval(properties.getProperty("interval-seconds"), problems);
    if (!problems.isEmpty()) {
      throw new Unusable(path + ": " + String.join("; ", problems));
    }
    return new AgentConfig(
        server,
        key,
        new DeviceId(device),
        properties.getProperty("name", ""),
        homes(properties),
        interval);
  }

  private static URI server(String text, List<String> problems) {
    URI server = serverOrNull(text);
    if (server == null) {
      problems.add("'server' has to be a URL such as https://claudometer.example");
    }
    return server == null ? URI.create("") : server;
  }

  /// The server that a text names; null where it names none.
  public static @Nullable URI serverOrNull(String text) {
    try {
      URI server = URI.create(text.strip());
      boolean http = "http".equals(server.getScheme()) || "https".equals(server.getScheme());
      boolean plain = server.getQuery() == null && server.getUserInfo() == null;
      return http && plain && server.getHost() != null ? server : null;
    } catch (IllegalArgumentException noUrl) {
      return null;
    }
  }

  private static String required(Properties properties, String name, List<String> problems) {
    String value = properties.getProperty(name, "").strip();
    if (!value.matches("[\\x21-\\x7e]{1,1000}")) {
      problems.add("'" + name + "' is " + (value.isEmpty() ? "missing" : "not one word"));
    }
    return value;
  }

  private static Duration interval(@Nullable String text, List<String> problems) {
    if (text == null) {
      return AgentConfig.USUAL_INTERVAL;
    }
    if (!text.strip().matches("[1-9][0-9]{0,4}")) {
      problems.add("'interval-seconds' has to be a number of seconds from 1 to 99999");
      return AgentConfig.USUAL_INTERVAL;
    }
    return Duration.ofSeconds(Long.parseLong(text.strip()));
  }

  private static List<Path> homes(Properties properties) {
    return properties
        .getProperty("homes", "")
        .lines()
        .filter(home -> !home.isBlank())
        .map(home -> Path.of(home.strip()))
        .toList();
  }

  /// Replaces the file as a whole.
  public void write(AgentConfig config) throws IOException {
    var text = new StringBuilder("# How this machine's agent is set up. The key is a secret.\n");
    line(text, "server", config.server().toString());
    line(text, "key", config.key());
    line(text, "device", config.device().text());
    line(text, "name", config.name());
    if (!config.homes().isEmpty()) {
      line(text, "homes", String.join("\n", config.homes().stream().map(Path::toString).toList()));
    }
    if (!config.interval().equals(AgentConfig.USUAL_INTERVAL)) {
      line(text, "interval-seconds", Long.toString(config.interval().toSeconds()));
    }
    new OwnFile(path).write(text.toString());
  }

  private static void line(StringBuilder text, String name, String value) {
    String escaped =
        value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
    text.append(name).append(" = ").append(escaped).append('\n');
  }

  public void delete() throws IOException {
    Files.deleteIfExists(path);
  }
}
