package dev.claudometer.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.export.prometheus.RealPrometheus;
import dev.claudometer.export.prometheus.RealPrometheus.Sample;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/// A server and an exporter read the same transcripts into one Prometheus: nothing counts twice.
@Tag("process")
class StackTest {

  /// What each panel and alert has to say of the transcripts below, worked out on paper.
  private static final Path TRUTH = Path.of("src/test/resources/stack/truth.txt");

  private static final List<String> MODELS = List.of("claude-opus-5", "claude-fable-5-2");

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  @Test
  void everyPanelAndAlertSaysWhatTheTranscriptsSay(@TempDir Path directory) throws Exception {
    Path home = Files.createDirectories(directory.resolve("home"));
    transcripts(home);
    try (var stack = new Stack(directory, home, zone())) {
      assertThat(withoutMoments(said(stack.prometheus()))).isEqualTo(truth());
      try (var other = stack.withoutRelabelling()) {
        assertThat(withoutMoments(said(other))).isEqualTo(truth());
      }
    }
  }

  private List<String> said(RealPrometheus prometheus) throws Exception {
    prometheus.await("claude_total_cost_usd > 9 and on () (count(up == 1) == 2)");
    prometheus.await("claude_total_messages > 6 and on () claude_device_online == 1");
    prometheus.await("sum(claude_session_duration_seconds_count) == 2");
    List<String> said = new ArrayList<>();
    for (Dashboards.Panel panel : Dashboards.panels()) {
      if (!panel.place().startsWith("organization")) {
        said.add(panel.place() + " | " + answer(prometheus, panel.expression()));
      }
    }
    for (Map.Entry<String, String> alert : alerts().entrySet()) {
      said.add("alert | " + alert.getKey() + " | " + answer(prometheus, alert.getValue()));
    }
    LocalDate today = now.atZone(ZoneId.of(zone())).toLocalDate();
    return said.stream()
        .map(
            line -> line.replace(today + "", "today").replace(today.minusDays(1) + "", "yesterday"))
        .toList();
  }

  private static List<String> truth() throws IOException {
    return Files.readAllLines(TRUTH, UTF_8).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  /// What is of the moment in the truth is so here, too, if there is anything.
  private static List<String> withoutMoments(List<String> said) throws IOException {
    List<String> truth = truth();
    List<String> compared = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      boolean moment = i < truth.size() && truth.get(i).endsWith("…") && said.get(i).contains("=");
      compared.add(moment ? said.get(i).replaceFirst("[^|]*$", " …") : said.get(i));
    }
    return compared;
  }

  /// Rates and increases are of what was told since the beginning: the counters themselves.
  private static String answer(RealPrometheus prometheus, String expression) throws Exception {
    List<Sample> samples =
        prometheus.ask(expression.replaceAll("(?:rate|increase)\\(([^()]*)\\[[^\\]]*]\\)", "$1"));
    return samples.stream()
        // of all that have a price, those that are used here
        .filter(
            sample ->
                !expression.contains("_price_per_million")
                    || MODELS.contains(sample.labels().get("model")))
        .map(sample -> labels(sample) + "=" + number(sample.value()))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String labels(Sample sample) {
    return sample.labels().entrySet().stream()
        .filter(label -> !label.getKey().equals("__name__"))
        .map(Map.Entry::getValue)
        .collect(Collectors.joining("/"));
  }

  private static String number(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value, new MathContext(9)).stripTrailingZeros().toPlainString()
        : String.valueOf(value);
  }

  /// Their expressions, with a threshold in dollars that everything is above.
  private static Map<String, String> alerts() throws IOException {
    Map<String, String> alerts = new TreeMap<>();
    Map<?, ?> rules = new Yaml().load(Files.readString(Path.of("deploy/prometheus/rules.yml")));
    for (Object group : (List<?>) rules.get("groups")) {
      for (Object rule : (List<?>) ((Map<?, ?>) group).get("rules")) {
        Map<?, ?> one = (Map<?, ?>) rule;
        Object name = one.containsKey("alert") ? one.get("alert") : one.get("record");
        alerts.put(
            String.valueOf(name), String.valueOf(one.get("expr")).replaceAll("> (20|100)$", "> 0"));
      }
    }
    return alerts;
  }

  /// One in which it is noon, so that the last hours are of today.
  private String zone() {
    int ahead = 12 - now.atZone(ZoneOffset.UTC).getHour();
    return "Etc/GMT" + (ahead > 0 ? "-" + ahead : "+" + -ahead);
  }

  private void transcripts(Path home) throws IOException {
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
