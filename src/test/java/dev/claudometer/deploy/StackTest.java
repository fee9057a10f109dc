package dev.claudometer.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.export.prometheus.RealPrometheus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/// A server and an exporter read the same transcripts into one Prometheus: nothing counts twice.
@Tag("process")
class StackTest {

  /// What each panel and alert has to say of the transcripts below, worked out on paper.
  private static final Path TRUTH = Path.of("src/test/resources/stack/truth.txt");

  private final SevenResponses responses = new SevenResponses();

  @Test
  void everyPanelAndAlertSaysWhatTheTranscriptsSay(@TempDir Path directory) throws Exception {
    Path home = Files.createDirectories(directory.resolve("home"));
    responses.write(home);
    try (var stack = new Stack(directory, home, responses.zone())) {
      assertThat(withoutMoments(said(stack.prometheus()), truth())).isEqualTo(truth());
      try (var other = stack.withoutRelabelling()) {
        assertThat(withoutMoments(said(other), truth())).isEqualTo(truth());
      }
    }
  }

  /// The server has the admin key, and `export org` runs beside it: two jobs tell of one bill.
  @Test
  void organizationThatTwoJobsTellOfCountsOnce(@TempDir Path directory) throws Exception {
    Path home = Files.createDirectories(directory.resolve("home"));
    responses.write(home);
    try (var organization = Organization.simulated();
        var stack =
            new Stack(
                directory,
                home,
                responses.zone(),
                Map.of(
                    "CLAUDOMETER_ADMIN_KEY",
                    "sk-ant-admin01-canary",
                    "CLAUDOMETER_ADMIN_URL",
                    organization.url().text()))) {
      RealPrometheus prometheus = stack.prometheus();
      prometheus.await("count(up == 1) == 3");
      for (String last :
          List.of(
              "code_sessions_total", "daily_cost_usd", "requests_current", "key_cost_usd_total")) {
        prometheus.await("count(count by (instance) (claude_org_%s)) == 2".formatted(last));
      }
      var bill = new BillOfToday(responses);
      prometheus.await(
          "claudometer_reconciled_usd{part=\"billed\"} > 11.2 and on () abs(claudometer_reconciled_usd{part=\"counted\"} - %s) < 0.001"
              .formatted(bill.counted()));
      List<String> said = new ArrayList<>();
      for (Dashboards.Panel panel : Dashboards.panels()) {
        if (panel.place().startsWith("organization")) {
          said.add(panel.place() + " | " + Answers.to(prometheus, panel.expression()));
        }
      }
      List<String> truth =
          lines(Path.of("src/test/resources/stack/organization.txt")).stream()
              .map(bill::in)
              .toList();
      assertThat(withoutMoments(today(said), truth)).isEqualTo(truth);
    }
  }

  private static List<String> today(List<String> said) {
    String today = LocalDate.now(ZoneOffset.UTC).toString();
    return said.stream().map(line -> line.replace(today, "today")).toList();
  }

  private List<String> said(RealPrometheus prometheus) throws Exception {
    prometheus.await("claude_total_cost_usd > 9 and on () (count(up == 1) == 2)");
    prometheus.await("claude_total_messages > 6 and on () claude_device_online == 1");
    prometheus.await("sum(claude_session_duration_seconds_count) == 2");
    List<String> said = new ArrayList<>();
    for (Dashboards.Panel panel : Dashboards.panels()) {
      if (!panel.place().startsWith("organization")) {
        said.add(panel.place() + " | " + Answers.to(prometheus, panel.expression()));
      }
    }
    for (Map.Entry<String, String> alert : alerts().entrySet()) {
      said.add("alert | " + alert.getKey() + " | " + Answers.to(prometheus, alert.getValue()));
    }
    LocalDate today = responses.today();
    return said.stream()
        .map(
            line -> line.replace(today + "", "today").replace(today.minusDays(1) + "", "yesterday"))
        .toList();
  }

  private static List<String> truth() throws IOException {
    return lines(TRUTH);
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file, UTF_8).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  /// What is of the moment in the truth is so here, too, if there is anything.
  private static List<String> withoutMoments(List<String> said, List<String> truth) {
    List<String> compared = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      boolean moment = i < truth.size() && truth.get(i).endsWith("…") && said.get(i).contains("=");
      compared.add(moment ? said.get(i).replaceFirst("[^|]*$", " …") : said.get(i));
    }
    return compared;
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
}
