package dev.claudometer.metric;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The catalogue, and the page that is made from it.
class CatalogueTest {

  private static final Path PAGE = Path.of("docs/metrics.md");

  /// Name, type and labels of claude-code-prometheus, as it serves them.
  private static final String PEER =
      """
      claude_tokens_total counter device,type,model,project
      claude_tokens_per_request histogram device,type,model
      claude_input_output_ratio gauge device,model
      claude_cost_usd_total counter device,model,project
      claude_cost_per_request_usd histogram device,model
      claude_hourly_spend_usd gauge device
      claude_daily_spend_usd gauge device
      claude_cache_savings_usd_total counter device,model
      claude_cache_hit_ratio gauge device,model
      claude_cache_tokens_total counter device,model,operation
      claude_cache_efficiency_percent gauge device
      claude_sessions_total counter device,project
      claude_active_sessions gauge device
      claude_session_duration_seconds histogram device,project
      claude_requests_per_session histogram device
      claude_cost_per_session_usd histogram device,project
      claude_tokens_per_session histogram device
      claude_session_info gauge device,session_id,project,model
      claude_session_start_timestamp gauge device,session_id,project
      claude_requests_total counter device,model,type,project
      claude_request_interval_seconds summary device
      claude_device_last_seen_timestamp gauge device,hostname
      claude_device_online gauge device,hostname
      claude_device_uptime_seconds gauge device
      claude_device_active_session_count gauge device
      claude_project_last_activity_timestamp gauge project,device
      claude_project_session_count gauge project
      claude_project_total_cost_usd gauge project
      claude_model_usage_total counter model,device
      claude_model_input_price_per_million gauge model
      claude_model_output_price_per_million gauge model
      claude_model_cache_read_price_per_million gauge model
      claude_model_cache_creation_price_per_million gauge model
      claude_pricing_last_updated_timestamp gauge\s
      claude_total_cost_usd gauge device
      claude_total_tokens gauge device,type
      claude_total_sessions gauge device
      """;

  @Test
  void fleetHasTheFamiliesOfThePeer() {
    assertThat(described(Fleet.ALL)).isEqualTo(PEER);
    assertThat(Fleet.ALL).allMatch(one -> one.lineage() == Lineage.CLAUDE_CODE_PROMETHEUS);
  }

  /// Name, type and labels of claude-prometheus-exporter, as its README says, and its counter of
  /// dollars as its client library writes it.
  private static final String ORGANIZATION_PEER =
      """
      claude_tokens_total counter type,model,api_key_id,api_key_name,owner_email,owner_name
      claude_tokens_current gauge type,model,api_key_id,api_key_name,owner_email,owner_name
      claude_requests_total counter model,api_key_id,api_key_name,owner_email,owner_name
      claude_requests_current gauge model,api_key_id,api_key_name,owner_email,owner_name
      claude_cost_total_usd counter workspace_id
      claude_cost_total_usd_total counter workspace_id
      claude_cost_current_usd gauge workspace_id
      claude_exporter_info gauge version,scrape_interval,collection_window
      claude_prometheus_loop_duration_seconds gauge\s
      claude_prometheus_loop_success gauge\s
      claude_prometheus_item_success gauge item
      """;

  @Test
  void organizationHasTheFamiliesOfThePeerInAnyNamespace() {
    assertThat(described(OrganizationPeer.in(OrganizationPeer.USUAL).all()))
        .isEqualTo(ORGANIZATION_PEER);
    assertThat(OrganizationPeer.in("acme").all())
        .extracting(Family::name)
        .allMatch(name -> name.matches("(acme|claude_prometheus)_.*"));
  }

  @Test
  void noFamilyOfAScrapeHasTheNameOfAnother() {
    List<Family> server = OrganizationPeer.in(OrganizationPeer.SERVER).ofServer();
    for (List<Family> scrape :
        List.of(
            all(List.of(Fleet.ALL, Quota.ALL, Own.ALL, ClaudeCode.ALL, server, Organization.ALL)),
            all(List.of(Local.ALL, Local.OWN)),
            Organization.exported(OrganizationPeer.in(OrganizationPeer.USUAL)))) {
      assertThat(scrape.stream().map(Family::name)).doesNotHaveDuplicates();
    }
  }

  private static List<Family> all(List<List<Family>> lists) {
    return lists.stream().flatMap(List::stream).toList();
  }

  @Test
  void namesAndBoundsAreWhatPrometheusExpects() {
    assertThat(
            all(
                List.of(
                    Fleet.ALL, Local.ALL, Quota.ALL, Own.ALL, ClaudeCode.ALL, Organization.ALL)))
        .allSatisfy(
            family -> {
              assertThat(family.name())
                  .matches("(claude|claudometer|openrouter|github_copilot)_[a-z0-9_]+(USD_total)?");
              assertThat(family.dotted().replaceAll("\\.", "_"))
                  .matches(dotted -> family.name().matches(dotted + "(_ratio)?"));
              assertThat(family.labels()).allMatch(label -> label.matches("[a-z_]+"));
              assertThat(family.help()).endsWith(".");
              assertThat(family.bounds()).isSortedAccordingTo(BigDecimal::compareTo);
              assertThat(family.bounds().isEmpty()).isEqualTo(family.type() != Type.HISTOGRAM);
            });
    assertThat(all(List.of(Fleet.ALL, Own.ALL, ClaudeCode.ALL, Organization.ALL)))
        .allSatisfy(
            family ->
                assertThat(family.name().endsWith("_total"))
                    .as(family.name())
                    .isEqualTo(family.type() == Type.COUNTER));
  }

  /// A gauge of the peer's has the suffix of counters.
  @Test
  void quotasHaveTheNamesOfThePeer() {
    assertThat(
            Quota.ALL.stream()
                .filter(family -> family.lineage() == Lineage.CLAUDE_USAGE_METRICS)
                .map(Family::dotted))
        .containsExactly(
            "claude.usage.utilization",
            "claude.usage.seconds_to_reset",
            "openrouter.credits.total",
            "openrouter.credits.usage",
            "openrouter.credits.remaining",
            "github_copilot.usage.utilization",
            "github_copilot.usage.seconds_to_reset");
    assertThat(Quota.ALL).allMatch(family -> family.type() == Type.GAUGE);
  }

  private static String described(List<Family> families) {
    return families.stream()
        .map(
            family ->
                String.join(" ", family.name(), type(family), String.join(",", family.labels())))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /// `-Ddocs.write` writes the page anew.
  @Test
  void pageIsThatOfTheCatalogue() throws IOException {
    String page = page();
    if (System.getProperty("docs.write") != null) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE, UTF_8)).isEqualTo(page);
  }

  private static String page() {
    return INTRODUCTION
        + table(
            "What many machines used",
            "Served by `claudometer serve` at `/metrics` and `/api/metrics`. Names, types, labels"
                + " and bounds are those of claude-code-prometheus.",
            Fleet.ALL)
        + table(
            "What one machine used",
            "Served by `claudometer export local`. Names are those of cc-exporter: each value has"
                + " the name that its dashboard asks for, and that of its README.",
            Local.ALL)
        + table(
            "What is left of plans and accounts",
            "Served by `claudometer serve` and `claudometer export limits`; the latter has no"
                + " `device`. Over OTLP the families of claude-usage-metrics have their names: "
                + Quota.ALL.stream()
                    .filter(family -> !family.dotted().equals(family.name()))
                    .map(family -> "`" + family.dotted() + "`")
                    .collect(Collectors.joining(", "))
                + ".",
            Quota.ALL)
        + table(
            "What an organisation was billed",
            "Served by `claudometer export org`, with the names and labels of"
                + " claude-prometheus-exporter; `claude` can be another namespace. A server with an"
                + " admin key serves them too, as `claude_org_…`: there `claude_tokens_total` is of"
                + " machines. `claude_exporter_info` and `claude_prometheus_loop_duration_seconds`"
                + " are of the exporter alone.",
            OrganizationPeer.in(OrganizationPeer.USUAL).all())
        + table(
            "What an organisation was billed, in more detail",
            "Served by `claudometer export org` and by a server with an admin key, under the same"
                + " names. The exporter also serves "
                + names(Organization.SHARED)
                + ".",
            Organization.ALL)
        + table(
            "What only Claudometer tells",
            "A server tells them of each `device`, and of itself. The exporter tells "
                + names(Local.OWN)
                + ", without a device. A family that does not apply has no series.",
            Own.ALL)
        + table(
            "What Claude Code's own metrics tell",
            "A server tells them of each `device` whose telemetry has come, under the names of"
                + " Claude Code's own endpoint: true sums, however often the client began anew."
                + " Dashboards for Claude Code that ask for these names work on them, and on those"
                + " that a collector makes of them. Its tokens and dollars are told from calls.",
            ClaudeCode.ALL);
  }

  private static String names(List<Family> families) {
    return families.stream()
        .map(family -> "`" + family.name() + "`")
        .collect(Collectors.joining(", "));
  }

  private static final String INTRODUCTION =
      """
      # Metrics

      This page is made from the catalogue in `src/main/java/dev/claudometer/metric`; a test holds it. To change it, change
      the catalogue and run `./mvnw test -Dtest=CatalogueTest -Ddocs.write`.

      Every value is a question to the store at the moment of the scrape. So a restart, a delivery that is repeated,
      retention and a restored backup move no number. Times are those of events, not of their arrival. What is unknown is
      absent, never 0.

      **Counters never fall.** Where a sum has to be corrected downwards (a better copy of a response names another machine
      or project, say), its counter stays until the sum has caught up; gauges of the same fact tell the sum itself.

      **Labels.** `device` is the device's name, `project` the name of the directory below `projects/`, `model` the id as the
      API spelled it. Devices of one name are one series. A family has at most 50,000 series; the next ones are added up in
      one whose labels are all `__other__` (of ratios there is none), and `claudometer_folded_series_total` counts them.
      Which series are folded does not change: those that were first stay.

      **Sessions.** A session is active for 30 minutes after its last response. Then it has ended, and is observed once by
      the histograms of sessions. What a session adds when it is taken up again later is in the counters only.

      **A server and an exporter of the same machine** may be scraped by one Prometheus: no sum counts twice. The exporter's
      money has names of its own (`claude_machine_…`). What both tell has a `device` in a server's scrape and none in an
      exporter's: `claude_total_sessions`, `claude_sessions_total`, and the facts of the last table. So
      `sum(claude_total_sessions{device!=""})` is of the fleet, and `claude_total_sessions{device=""}` of the exporter.

      **Bills.** What Anthropic says of an organisation appears when all history that was asked for is there. A counter is
      the sum of all hours or days that are known; where Anthropic revises one downwards, the counter stays until the sum has
      caught up. `…_current` and `claude_org_daily_cost_usd` say what the bill says now, and fall with it. Days are UTC.
      Usage without a key has the key `console`, usage without a workspace the workspace `default`.
      """;

  private static String table(String title, String introduction, List<Family> families) {
    return "\n## "
        + title
        + "\n\n"
        + introduction
        + "\n\n| family | type | unit | labels | what | from |\n|---|---|---|---|---|---|\n"
        + families.stream().map(CatalogueTest::row).collect(Collectors.joining());
  }

  private static String row(Family family) {
    String bounds =
        family.bounds().isEmpty()
            ? ""
            : " Bounds: "
                + family.bounds().stream()
                    .map(BigDecimal::toPlainString)
                    .collect(Collectors.joining(", "))
                + ".";
    return "| `"
        + family.name()
        + "` | "
        + type(family)
        + " | "
        + (family.unit() == Unit.NONE ? "" : family.unit().name().toLowerCase(Locale.ROOT))
        + " | "
        + String.join(", ", family.labels())
        + " | "
        + family.help()
        + bounds
        + " | "
        + family.source()
        + " |\n";
  }

  private static String type(Family family) {
    return family.type().name().toLowerCase(Locale.ROOT);
  }
}
