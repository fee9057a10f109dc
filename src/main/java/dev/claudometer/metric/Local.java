package dev.claudometer.metric;

import static dev.claudometer.metric.Lineage.CC_EXPORTER;
import static dev.claudometer.metric.Unit.NONE;
import static dev.claudometer.metric.Unit.SECONDS;
import static dev.claudometer.metric.Unit.TOKENS;
import static dev.claudometer.metric.Unit.USD;

import java.util.List;

/// What one machine used: the families of cc-exporter, with the names that its dashboard asks for
/// and those of its README, and costs, which it does not have. Unlike there, a response counts
/// once. One Prometheus may scrape it beside a server that reads the same transcripts: no sum of
/// usage has a name that both tell, but for the number of sessions, where a server's has a device.
public final class Local {

  private static final String METERS = "meters of the store";
  private static final String ACTIVE = "active sessions";
  private static final String TODAY = "sums of today in the exporter's time zone";
  private static final String DAYS = "sums of the last 30 days in the exporter's time zone";
  private static final String ACTIVITY = "activities of the store";

  private Local() {}

  public static final List<Family> INPUT_TOKENS =
      both(
          "claude_model_input_tokens_total",
          "claude_model_input_tokens",
          TOKENS,
          "model",
          "Input tokens in all.",
          METERS);

  public static final List<Family> OUTPUT_TOKENS =
      both(
          "claude_model_output_tokens_total",
          "claude_model_output_tokens",
          TOKENS,
          "model",
          "Output tokens in all.",
          METERS);

  public static final List<Family> CACHE_READ_TOKENS =
      both(
          "claude_model_cache_read_tokens_total",
          "claude_model_cache_read_tokens",
          TOKENS,
          "model",
          "Tokens read from a cache in all.",
          METERS);

  public static final List<Family> CACHE_CREATION_TOKENS =
      both(
          "claude_model_cache_creation_tokens_total",
          "claude_model_cache_create_tokens",
          TOKENS,
          "model",
          "Tokens written to a cache in all.",
          METERS);

  public static final Family LIVE_INPUT_TOKENS =
      gauge(
          "claude_live_input_tokens", TOKENS, "model", "Input tokens of active sessions.", ACTIVE);

  public static final Family LIVE_OUTPUT_TOKENS =
      gauge(
          "claude_live_output_tokens",
          TOKENS,
          "model",
          "Output tokens of active sessions.",
          ACTIVE);

  public static final Family LIVE_SESSIONS =
      gauge(
          "claude_live_sessions",
          NONE,
          "",
          "Active sessions: those of running clients, else those with a response in the last 30"
              + " minutes.",
          ACTIVE);

  public static final Family LIVE_MESSAGES =
      gauge("claude_live_messages", NONE, "", "Responses of active sessions.", ACTIVE);

  public static final List<Family> SESSIONS =
      both(
          "claude_sessions_total",
          "claude_total_sessions",
          NONE,
          "",
          "Sessions in all, with those whose transcripts are gone.",
          METERS);

  public static final List<Family> MESSAGES =
      both("claude_messages_total", "claude_total_messages", NONE, "", "Responses in all.", METERS);

  public static final Family TODAY_MESSAGES =
      gauge("claude_today_messages", NONE, "", "Responses of today.", TODAY);

  public static final Family TODAY_SESSIONS =
      gauge("claude_today_sessions", NONE, "", "Sessions with a response today.", TODAY);

  public static final Family TODAY_TOOL_CALLS =
      gauge("claude_today_tool_calls", NONE, "", "Tool calls of today.", TODAY);

  public static final Family TODAY_TOKENS =
      gauge(
          "claude_today_tokens",
          TOKENS,
          "model type",
          "Tokens of today; type is input or output.",
          TODAY);

  public static final Family TODAY_COST_USD =
      Family.gauge("claude_today_cost_usd", USD, "model", "Dollars of today.", TODAY);

  public static final Family DAILY_MESSAGES =
      gauge("claude_daily_messages", NONE, "date", "Responses of a day.", DAYS);

  public static final Family DAILY_SESSIONS =
      gauge("claude_daily_sessions", NONE, "date", "Sessions with a response on a day.", DAYS);

  public static final Family DAILY_TOOL_CALLS =
      gauge("claude_daily_tool_calls", NONE, "date", "Tool calls of a day.", DAYS);

  public static final Family DAILY_TOKENS =
      gauge(
          "claude_daily_tokens",
          TOKENS,
          "date model type",
          "Tokens of a day; type is input or output.",
          DAYS);

  public static final Family DAILY_COST_USD =
      Family.gauge("claude_daily_cost_usd", USD, "date model", "Dollars of a day.", DAYS);

  public static final Family HOUR_SESSIONS =
      gauge(
          "claude_hour_sessions",
          NONE,
          "hour",
          "Sessions of all time by the hour of day that they began in.",
          "sessions of the store");

  public static final Family HOUR_ACTIVITY =
      gauge(
          "claude_hour_activity",
          NONE,
          "hour type",
          "What happened in an hour of day; type is sessions.",
          "sessions of the store");

  public static final Family EXPORTER_INFO =
      gauge(
          "claude_exporter_info",
          NONE,
          "stats_file claude_dir last_computed_date first_session_date live_sessions",
          "Always 1. stats_file and last_computed_date are of Claude Code's statistics, empty where"
              + " there are none.",
          "the exporter");

  public static final Family HISTORY_TOKENS =
      Family.gauge(
          "claude_history_tokens",
          TOKENS,
          "model date",
          "Tokens of days whose transcripts are gone, as Claude Code's statistics tell them: each"
              + " line counted, up to 2.2 times too high. In no other sum.",
          "stats-cache.json");

  public static final Family TURN_DURATION_SECONDS =
      Family.histogram(
              "claude_turn_duration_seconds",
              SECONDS,
              "",
              "5 10 20 30 60 120 300 600 1800 3600",
              "How long turns took, each once.",
              ACTIVITY)
          .of(CC_EXPORTER);

  public static final Family LIVE_TOOL_USE =
      gauge("claude_live_tool_use_total", NONE, "tool", "Tool calls of active sessions.", ACTIVE);

  public static final Family TOOL_USE =
      gauge("claude_tool_use_total", NONE, "tool", "Tool calls in all.", METERS);

  public static final Family LIVE_STOP_REASON =
      gauge(
          "claude_live_stop_reason_total",
          NONE,
          "reason",
          "Responses of active sessions by why they ended.",
          ACTIVE);

  public static final Family STOP_REASON =
      gauge("claude_stop_reason_total", NONE, "reason", "Responses by why they ended.", METERS);

  public static final Family LIVE_API_ERRORS =
      gauge(
          "claude_live_api_errors_total",
          NONE,
          "",
          "Failed requests of active sessions that the user saw.",
          ACTIVE);

  public static final Family API_ERRORS =
      gauge("claude_api_errors_total", NONE, "", "Failed requests that the user saw.", ACTIVITY);

  public static final Family LIVE_API_RETRIES =
      gauge(
          "claude_live_api_retries_total",
          NONE,
          "",
          "Attempts of active sessions that were repeated.",
          ACTIVE);

  public static final Family API_RETRIES =
      gauge("claude_api_retries_total", NONE, "", "Attempts that were repeated.", ACTIVITY);

  public static final Family LIVE_COMPACT_EVENTS =
      gauge(
          "claude_live_compact_events_total",
          NONE,
          "",
          "Times that the context of active sessions was compacted.",
          ACTIVE);

  public static final Family COMPACT_EVENTS =
      gauge(
          "claude_compact_events_total", NONE, "", "Times that a context was compacted.", ACTIVITY);

  public static final Family COMPACT_PRE_TOKENS =
      Family.histogram(
              "claude_compact_pre_tokens",
              TOKENS,
              "",
              "50000 100000 150000 200000 300000 500000",
              "Tokens of contexts before they were compacted, each once.",
              ACTIVITY)
          .of(CC_EXPORTER);

  public static final Family LIVE_WEB_SEARCHES =
      gauge("claude_live_web_search_total", NONE, "", "Web searches of active sessions.", ACTIVE);

  public static final Family WEB_SEARCHES =
      gauge("claude_web_search_total", NONE, "", "Web searches in all.", METERS);

  public static final Family LIVE_WEB_FETCHES =
      gauge("claude_live_web_fetch_total", NONE, "", "Web fetches of active sessions.", ACTIVE);

  public static final Family WEB_FETCHES =
      gauge("claude_web_fetch_total", NONE, "", "Web fetches in all.", METERS);

  public static final Family COST_USD =
      Family.counter(
          "claude_machine_cost_usd_total",
          USD,
          "model project",
          "Dollars that responses cost.",
          METERS);

  public static final Family CACHE_SAVINGS_USD =
      Family.counter(
          "claude_machine_cache_savings_usd_total",
          USD,
          "model",
          "Dollars that reading from a cache saved.",
          METERS);

  public static final Family CONTRACT_COST_USD =
      Family.counter(
          "claude_machine_contract_cost_usd_total",
          USD,
          "model project",
          "Dollars by the organisation's contract (modelPricing); never added to list prices.",
          METERS);

  public static final Family THINKING_TOKENS =
      Family.counter(
          "claude_machine_thinking_tokens_total",
          TOKENS,
          "model project",
          "Output tokens that were thought and not said, of the responses that tell it.",
          METERS);

  public static final Family RESPONSE_PARTS =
      Family.counter(
          "claude_machine_response_parts_total",
          NONE,
          "model project",
          "What was billed beside responses: advisors, compactions, attempts before a fallback.",
          METERS);

  public static final Family HOURLY_SPEND_USD =
      Family.gauge(
          "claude_machine_hourly_spend_usd",
          USD,
          "",
          "Dollars of the last hour.",
          "sums of the store");

  public static final Family DAILY_SPEND_USD =
      Family.gauge(
          "claude_machine_daily_spend_usd",
          USD,
          "",
          "Dollars of the last 24 hours.",
          "sums of the store");

  /// What the exporter tells of those families of our own that a server tells, too: of the process,
  /// or without a device.
  public static final List<Family> OWN =
      List.of(
          Own.UNPRICED_RESPONSES,
          Own.CONTRACT_UNPRICED_RESPONSES,
          Own.UNFINALISED_RESPONSES,
          Own.PLAN_WINDOW_USED_RATIO,
          Own.PLAN_WINDOW_RESET,
          Own.PLAN_WINDOW_READ,
          Own.BUILD_INFO,
          Own.SOURCE_UP,
          Own.SCRAPE_DURATION_SECONDS,
          Own.FOLDED_SERIES_TOTAL,
          Own.SYNC_AGE_SECONDS,
          Own.PARSED_BYTES_TOTAL,
          Own.TRANSCRIPT_FILES,
          Own.DAMAGED_LINES_TOTAL,
          Own.DATABASE_BYTES,
          Own.PUSHES_TOTAL,
          Own.PUSHED_TIMESTAMP);

  /// What it alone tells, in the order of their documentation.
  public static final List<Family> ALL =
      List.of(
              INPUT_TOKENS,
              OUTPUT_TOKENS,
              CACHE_READ_TOKENS,
              CACHE_CREATION_TOKENS,
              List.of(LIVE_INPUT_TOKENS, LIVE_OUTPUT_TOKENS, LIVE_SESSIONS, LIVE_MESSAGES),
              SESSIONS,
              MESSAGES,
              List.of(
                  TODAY_MESSAGES,
                  TODAY_SESSIONS,
                  TODAY_TOOL_CALLS,
                  TODAY_TOKENS,
                  TODAY_COST_USD,
                  DAILY_MESSAGES,
                  DAILY_SESSIONS,
                  DAILY_TOOL_CALLS,
                  DAILY_TOKENS,
                  DAILY_COST_USD,
                  HOUR_SESSIONS,
                  HOUR_ACTIVITY,
                  EXPORTER_INFO,
                  HISTORY_TOKENS,
                  TURN_DURATION_SECONDS,
                  LIVE_TOOL_USE,
                  TOOL_USE,
                  LIVE_STOP_REASON,
                  STOP_REASON,
                  LIVE_API_ERRORS,
                  API_ERRORS,
                  LIVE_API_RETRIES,
                  API_RETRIES,
                  LIVE_COMPACT_EVENTS,
                  COMPACT_EVENTS,
                  COMPACT_PRE_TOKENS,
                  LIVE_WEB_SEARCHES,
                  WEB_SEARCHES,
                  LIVE_WEB_FETCHES,
                  WEB_FETCHES,
                  COST_USD,
                  CONTRACT_COST_USD,
                  THINKING_TOKENS,
                  RESPONSE_PARTS,
                  CACHE_SAVINGS_USD,
                  HOURLY_SPEND_USD,
                  DAILY_SPEND_USD))
          .stream()
          .flatMap(List::stream)
          .toList();

  /// The name that the peer's dashboard asks for, and that of its README.
  private static List<Family> both(
      String inCode, String inReadme, Unit unit, String labels, String help, String source) {
    return List.of(
        gauge(inCode, unit, labels, help, source), gauge(inReadme, unit, labels, help, source));
  }

  private static Family gauge(String name, Unit unit, String labels, String help, String source) {
    return Family.gauge(name, unit, labels, help, source).of(CC_EXPORTER);
  }
}
