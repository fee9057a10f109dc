package dev.claudometer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What claude-code-prometheus 1.0.0 makes of a Claude home: the requests that its daemon sends,
/// and the database that its server keeps of them.
///
/// It takes each line of type `assistant` that has a usage; the model it looks for in the wrong
/// place; it sends no message id.
final class DaemonOfAnotherProgram {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE Device (id TEXT PRIMARY KEY, name TEXT, hostname TEXT, apiKey TEXT,"
              + " lastSeen DATETIME, createdAt DATETIME)",
          "CREATE TABLE Session (id TEXT PRIMARY KEY, sessionId TEXT, deviceId TEXT,"
              + " project TEXT, startedAt DATETIME, endedAt DATETIME)",
          "CREATE TABLE UsageEntry (id TEXT PRIMARY KEY, sessionId TEXT, timestamp DATETIME,"
              + " type TEXT, model TEXT, inputTokens INTEGER, outputTokens INTEGER,"
              + " cacheCreationTokens INTEGER, cacheReadTokens INTEGER, costUSD REAL)");

  private DaemonOfAnotherProgram() {}

  /// The body of its push.
  static String push(Path home) {
    return "{\"entries\":" + entries(home) + "}";
  }

  private static ArrayNode entries(Path home) {
    ArrayNode entries = JSON.createArrayNode();
    try (Stream<Path> files = Files.walk(home.resolve("projects"))) {
      for (Path file : files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          JsonNode told = JSON.readTree(line);
          if (told.path("type").asText().equals("assistant")
              && told.at("/message/usage").isObject()) {
            entries.add(entry(told, home.relativize(file).getName(1).toString()));
          }
        }
      }
      return entries;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static ObjectNode entry(JsonNode line, String project) {
    JsonNode usage = line.at("/message/usage");
    ObjectNode entry = JSON.createObjectNode();
    entry.put("sessionId", line.get("sessionId").asText());
    entry.put("project", project);
    entry.put("timestamp", line.get("timestamp").asText());
    entry.put("type", "assistant");
    entry.put("inputTokens", usage.path("input_tokens").asLong());
    entry.put("outputTokens", usage.path("output_tokens").asLong());
    entry.put("cacheCreationTokens", usage.path("cache_creation_input_tokens").asLong());
    entry.put("cacheReadTokens", usage.path("cache_read_input_tokens").asLong());
    return entry;
  }

  /// Its server's database after some pushes of the same: it stores each entry each time.
  static Path database(Path file, Path home, String key, int pushes) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      for (String sql : TABLES) {
        statement.execute(sql);
      }
      insert(connection, "Device", "c1", "laptop", "laptop.local", key, 1L, 1L);
      Map<String, String> sessions = new HashMap<>();
      for (int i = 0; i < pushes; i++) {
        for (JsonNode entry : entries(home)) {
          String session = entry.get("sessionId").asText();
          if (sessions.putIfAbsent(session, "s" + sessions.size()) == null) {
            String id = sessions.get(session);
            insert(connection, "Session", id, session, "c1", entry.get("project").asText(), 1L, 2L);
          }
          insert(
              connection,
              "UsageEntry",
              "u" + i + "-" + entry.hashCode() + "-" + System.nanoTime(),
              sessions.get(session),
              Instant.parse(entry.get("timestamp").asText()).toEpochMilli(),
              "assistant",
              null,
              entry.get("inputTokens").asLong(),
              entry.get("outputTokens").asLong(),
              entry.get("cacheCreationTokens").asLong(),
              entry.get("cacheReadTokens").asLong(),
              0.01);
        }
      }
    }
    return file;
  }

  private static void insert(Connection connection, String table, Object... values)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO " + table + " VALUES (?" + ", ?".repeat(values.length - 1) + ")")) {
      for (int i = 0; i < values.length; i++) {
        insert.setObject(i + 1, values[i]);
      }
      insert.executeUpdate();
    }
  }
}
