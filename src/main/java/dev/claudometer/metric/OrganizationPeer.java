package dev.claudometer.metric;

import static dev.claudometer.metric.Family.counter;
import static dev.claudometer.metric.Family.gauge;
import static dev.claudometer.metric.Lineage.CLAUDE_PROMETHEUS_EXPORTER;
import static dev.claudometer.metric.Unit.NONE;
import static dev.claudometer.metric.Unit.SECONDS;
import static dev.claudometer.metric.Unit.TOKENS;
import static dev.claudometer.metric.Unit.USD;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The families of claude-prometheus-exporter: those of its README and its code, and the name that
/// its counter of dollars really had. Their names begin with a namespace that can be chosen.
///
/// @param costTotal the same counter by both of its names
public record OrganizationPeer(
    Family tokensTotal,
    Family tokensCurrent,
    Family requestsTotal,
    Family requestsCurrent,
    List<Family> costTotal,
    Family costCurrent,
    Family exporterInfo) {

  /// What its users have.
  public static final String USUAL = "claude";

  /// What a server takes: there `claude_tokens_total` and `claude_requests_total` are of machines.
  public static final String SERVER = "claude_org";

  private static final String KEY = "model api_key_id api_key_name owner_email owner_name";
  private static final String USAGE = "Admin API, analytics/usage, else usage_report/messages";
  private static final String REQUESTS = "Admin API, analytics/usage";
  private static final String COST = "Admin API, cost_report";
  private static final String POLLS = "how the last rounds went";

  public static final Family LOOP_DURATION_SECONDS =
      gauge(
              "claude_prometheus_loop_duration_seconds",
              SECONDS,
              "",
              "How long this process's last round took.",
              "this process, since it has started")
          .of(CLAUDE_PROMETHEUS_EXPORTER);

  public static final Family LOOP_SUCCESS =
      gauge(
              "claude_prometheus_loop_success",
              NONE,
              "",
              "1 where every report was told when it was last asked for, else 0.",
              POLLS)
          .of(CLAUDE_PROMETHEUS_EXPORTER);

  public static final Family ITEM_SUCCESS =
      gauge(
              "claude_prometheus_item_success",
              NONE,
              "item",
              "1 where the report was told when it was last asked for, else 0.",
              POLLS)
          .of(CLAUDE_PROMETHEUS_EXPORTER);

  /// The families in a namespace.
  public static OrganizationPeer in(String namespace) {
    return new OrganizationPeer(
        counter(
                namespace + "_tokens_total",
                TOKENS,
                "type " + KEY,
                "Tokens; type is input, output, cache_creation or cache_read.",
                USAGE)
            .of(CLAUDE_PROMETHEUS_EXPORTER),
        gauge(
                namespace + "_tokens_current",
                TOKENS,
                "type " + KEY,
                "Tokens of today (UTC) so far.",
                USAGE)
            .of(CLAUDE_PROMETHEUS_EXPORTER),
        counter(
                namespace + "_requests_total",
                NONE,
                KEY,
                "Requests, where the organisation has them counted.",
                REQUESTS)
            .of(CLAUDE_PROMETHEUS_EXPORTER),
        gauge(
                namespace + "_requests_current",
                NONE,
                KEY,
                "Requests of today (UTC) so far, where the organisation has them counted.",
                REQUESTS)
            .of(CLAUDE_PROMETHEUS_EXPORTER),
        Stream.of("_cost_total_usd", "_cost_total_usd_total")
            .map(
                name ->
                    counter(namespace + name, USD, "workspace_id", "Dollars billed.", COST)
                        .of(CLAUDE_PROMETHEUS_EXPORTER))
            .toList(),
        gauge(
                namespace + "_cost_current_usd",
                USD,
                "workspace_id",
                "Dollars billed for today (UTC) so far.",
                COST)
            .of(CLAUDE_PROMETHEUS_EXPORTER),
        gauge(
                namespace + "_exporter_info",
                NONE,
                "version scrape_interval collection_window",
                "Always 1. scrape_interval is the seconds between two rounds, collection_window"
                    + " says since when counters count.",
                "how this process was started")
            .of(CLAUDE_PROMETHEUS_EXPORTER));
  }

  /// All of them, in the order of their documentation.
  public List<Family> all() {
    return Stream.of(
            List.of(tokensTotal, tokensCurrent, requestsTotal, requestsCurrent),
            costTotal,
            List.of(costCurrent, exporterInfo, LOOP_DURATION_SECONDS, LOOP_SUCCESS, ITEM_SUCCESS))
        .flatMap(List::stream)
        .toList();
  }

  /// Those that a server tells too: all but what an exporter says of itself.
  public List<Family> ofServer() {
    return all().stream()
        .filter(family -> !Set.of(exporterInfo, LOOP_DURATION_SECONDS).contains(family))
        .toList();
  }
}
