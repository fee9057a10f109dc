package dev.claudometer.deploy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// Transcripts of three sessions, whose sums `src/test/resources/stack/truth.txt` works out on
/// paper.
final class SevenResponses {

  private final Instant now = farFromMidnight();

  /// Bills are by UTC day: whoever compares them has four minutes until the next one.
  private static Instant farFromMidnight() {
    Instant now = Instant.now();
    Instant midnight = now.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
    if (now.plusSeconds(240).isAfter(midnight)) {
      LockSupport.parkUntil(midnight.plusSeconds(1).toEpochMilli());
    }
    return Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }

  Instant now() {
    return now;
  }

  /// When the web search was.
  Instant searched() {
    return now.minusSeconds(60);
  }

  /// What the responses of a time cost, as `truth.txt` works out.
  BigDecimal cost(Instant from, Instant to) {
    Map<Long, String> dollars =
        Map.of(
            60L, "1.51", 50L, "1.50", 40L, "1.80", 7200L, "1.50", 6600L, "1.50", 93_540L, "1.50");
    return dollars.entrySet().stream()
        .filter(response -> !now.minusSeconds(response.getKey()).isBefore(from))
        .filter(response -> now.minusSeconds(response.getKey()).isBefore(to))
        .map(response -> new BigDecimal(response.getValue()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  LocalDate today() {
    return now.atZone(ZoneId.of(zone())).toLocalDate();
  }

  /// One in which it is noon, so that the last hours are of today.
  String zone() {
    int ahead = 12 - now.atZone(ZoneOffset.UTC).getHour();
    return "Etc/GMT" + (ahead > 0 ? "-" + ahead : "+" + -ahead);
  }

  void write(Path home) throws IOException {
    Path x = Files.createDirectories(home.resolve("projects/-home-me-x"));
    Path y = Files.createDirectories(home.resolve("projects/-home-me-y"));
    Files.writeString(
        x.resolve("s1.jsonl"),
        response("s1", "x", "m1", "claude-opus-5", 60, 1, "")
            + "{\"type\":\"assistant\",\"sessionId\":\"s1\",\"message\":{\"usage\":{\"inp\n"
            + system("turn_duration", "\"durationMs\":20000")
            + system(
                "compact_boundary",
                "\"compactMetadata\":{\"trigger\":\"auto\",\"preTokens\":120000}")
            + response("s1", "x", "m2", "claude-opus-5", 50, 0, "Bash")
            + response("s1", "x", "m3", "claude-fable-5-2", 40, 0, ""));
    Files.writeString(
        y.resolve("s2.jsonl"),
        response("s2", "y", "m4", "claude-opus-5", 7200, 0, "Read")
            + response("s2", "y", "m5", "claude-opus-5", 6600, 0, "Bash"));
    Files.writeString(
        x.resolve("s3.jsonl"),
        response("s3", "x", "m6", "claude-nova-9", 93_600, 0, "")
            + response("s3", "x", "m7", "claude-opus-5", 93_540, 0, ""));
  }

  private String system(String subtype, String more) {
    return "{\"type\":\"system\",\"subtype\":\"%s\",\"uuid\":\"u-%s\",\"timestamp\":\"%s\",\"sessionId\":\"s1\",\"version\":\"2.1.329\",%s}\n"
        .formatted(subtype, subtype, now.minusSeconds(50), more);
  }

  /// A response in two lines, as Claude Code writes it.
  private String response(
      String session,
      String project,
      String id,
      String model,
      long ago,
      int searches,
      String tool) {
    String line =
        """
        {"type":"assistant","cwd":"/home/me/PROJECT","sessionId":"SESSION","version":"2.1.329",\
        "message":{"model":"MODEL","id":"ID","type":"message","role":"assistant","content":[CONTENT],\
        "stop_reason":"end_turn","usage":{"input_tokens":100000,"output_tokens":10000,\
        "cache_read_input_tokens":1000000,"cache_creation_input_tokens":40000,\
        "server_tool_use":{"web_search_requests":SEARCHES}}},\
        "requestId":"r-ID","uuid":"u-ID-PART","timestamp":"AT"}
        """
            .replace("PROJECT", project)
            .replace("SESSION", session)
            .replace("MODEL", model)
            .replace("ID", id)
            .replace("SEARCHES", String.valueOf(searches))
            .replace("AT", now.minus(Duration.ofSeconds(ago)).toString());
    String use = "{\"type\":\"tool_use\",\"id\":\"t-%s\",\"name\":\"%s\",\"input\":{}}";
    return line.replace("PART", "1").replace("CONTENT", "{\"type\":\"text\",\"text\":\"a\"}")
        + line.replace("PART", "2")
            .replace("CONTENT", tool.isEmpty() ? "" : use.formatted(id, tool));
  }
}
