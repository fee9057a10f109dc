package dev.claudometer.metric;

import static dev.claudometer.metric.Family.counter;
import static dev.claudometer.metric.Family.gauge;
import static dev.claudometer.metric.Unit.NONE;
import static dev.claudometer.metric.Unit.SECONDS;
import static dev.claudometer.metric.Unit.TOKENS;
import static dev.claudometer.metric.Unit.USD;

import java.util.List;
import java.util.stream.Stream;

/// What Anthropic says that an organisation used and was billed, beyond what
/// claude-prometheus-exporter tells of it.
public final class Organization {

  private static final String USAGE = "Admin API, analytics/usage, else usage_report/messages";
  private static final String COST = "Admin API, cost_report";
  private static final String REQUESTS = "Admin API, analytics/usage";
  private static final String KEY_COST = "Admin API, analytics/cost";
  private static final String CODE = "Admin API, usage_report/claude_code";
  private static final String POLLS = "how the last rounds went";
  private static final String USER = "user customer_type";

  private Organization() {}

  public static final Family WORKSPACE_TOKENS_TOTAL =
      counter(
          "claude_org_workspace_tokens_total",
          TOKENS,
          "type model workspace_id workspace service_tier context_window region",
          "Tokens by where and how they were used; type is input, output, cache_creation or"
              + " cache_read.",
          USAGE);

  public static final Family UNBILLED_TOKENS_TOTAL =
      counter(
          "claude_org_unbilled_tokens_total",
          TOKENS,
          "type model workspace_id workspace service_tier",
          "Tokens whose dollars no report tells (Priority Tier): what the families of cost lack.",
          USAGE);

  public static final Family WORKSPACE_WEB_SEARCHES_TOTAL =
      counter(
          "claude_org_workspace_web_searches_total",
          NONE,
          "model workspace_id workspace",
          "Web searches that the API ran.",
          USAGE);

  public static final Family WORKSPACE_REQUESTS_TOTAL =
      counter(
          "claude_org_workspace_requests_total",
          NONE,
          "model workspace_id workspace",
          "Requests, where the organisation has them counted.",
          REQUESTS);

  public static final Family WORKSPACE_COST_USD_TOTAL =
      counter(
          "claude_org_workspace_cost_usd_total",
          USD,
          "model cost_type workspace_id workspace",
          "Dollars that were billed.",
          COST);

  public static final Family KEY_COST_USD_TOTAL =
      counter(
          "claude_org_key_cost_usd_total",
          USD,
          "model api_key_id api_key_name owner_email owner_name",
          "Dollars by key, where the organisation is told them.",
          KEY_COST);

  public static final Family DAILY_COST_USD =
      gauge(
          "claude_org_daily_cost_usd",
          USD,
          "date workspace_id workspace",
          "Dollars that were billed for a UTC day, as the bill says now; the last 31 days.",
          COST);

  public static final Family CODE_SESSIONS_TOTAL =
      counter("claude_org_code_sessions_total", NONE, USER, "Sessions of Claude Code.", CODE);

  public static final Family CODE_LINES_TOTAL =
      counter(
          "claude_org_code_lines_total",
          NONE,
          "user customer_type change",
          "Lines that Claude Code changed; change is added or removed.",
          CODE);

  public static final Family CODE_COMMITS_TOTAL =
      counter("claude_org_code_commits_total", NONE, USER, "Commits by Claude Code.", CODE);

  public static final Family CODE_PULL_REQUESTS_TOTAL =
      counter(
          "claude_org_code_pull_requests_total", NONE, USER, "Pull requests by Claude Code.", CODE);

  public static final Family CODE_EDITS_TOTAL =
      counter(
          "claude_org_code_edits_total",
          NONE,
          "user customer_type tool decision",
          "Edits that Claude Code proposed; decision is accepted or rejected.",
          CODE);

  public static final Family CODE_TOKENS_TOTAL =
      counter(
          "claude_org_code_tokens_total",
          TOKENS,
          "user customer_type model type",
          "Tokens of Claude Code; type is input, output, cache_creation or cache_read.",
          CODE);

  public static final Family CODE_COST_USD_TOTAL =
      counter(
          "claude_org_code_cost_usd_total",
          USD,
          "user customer_type model",
          "What Anthropic estimates that Claude Code cost; whoever has a subscription does not pay"
              + " it.",
          CODE);

  public static final Family POLL_UP =
      gauge(
              "claudometer_org_poll_up",
              NONE,
              "report",
              "1 where the report was told when it was last asked for, else 0.",
              POLLS)
          .largest();

  public static final Family POLL_AGE_SECONDS =
      gauge(
              "claudometer_org_poll_age_seconds",
              SECONDS,
              "report",
              "Time since the report was last told to its end.",
              POLLS)
          .largest();

  /// All of them, in the order of their documentation.
  public static final List<Family> ALL =
      List.of(
          WORKSPACE_TOKENS_TOTAL,
          UNBILLED_TOKENS_TOTAL,
          WORKSPACE_WEB_SEARCHES_TOTAL,
          WORKSPACE_REQUESTS_TOTAL,
          WORKSPACE_COST_USD_TOTAL,
          KEY_COST_USD_TOTAL,
          DAILY_COST_USD,
          CODE_SESSIONS_TOTAL,
          CODE_LINES_TOTAL,
          CODE_COMMITS_TOTAL,
          CODE_PULL_REQUESTS_TOTAL,
          CODE_EDITS_TOTAL,
          CODE_TOKENS_TOTAL,
          CODE_COST_USD_TOTAL,
          POLL_UP,
          POLL_AGE_SECONDS);

  /// What its exporter tells of itself, as every process of ours does.
  public static final List<Family> SHARED =
      List.of(
          Own.BUILD_INFO,
          Own.SOURCE_UP,
          Own.SCRAPE_DURATION_SECONDS,
          Own.FOLDED_SERIES_TOTAL,
          Own.DATABASE_BYTES,
          Own.PUSHES_TOTAL,
          Own.PUSHED_TIMESTAMP);

  /// What an exporter serves.
  public static List<Family> exported(OrganizationPeer peer) {
    return Stream.of(peer.all(), ALL, SHARED).flatMap(List::stream).toList();
  }
}
