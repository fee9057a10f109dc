package dev.claudometer.metric;

import static dev.claudometer.metric.Lineage.CLAUDE_CODE_PROMETHEUS;
import static dev.claudometer.metric.Unit.NONE;
import static dev.claudometer.metric.Unit.PERCENT;
import static dev.claudometer.metric.Unit.RATIO;
import static dev.claudometer.metric.Unit.SECONDS;
import static dev.claudometer.metric.Unit.TOKENS;
import static dev.claudometer.metric.Unit.USD;

import java.util.List;

/// What many machines used: the 37 families of claude-code-prometheus, with its names, types,
/// labels and bounds.
public final class Fleet {

  private static final String METERS = "meters of the store";
  private static final String SESSIONS = "sessions with a response in the last 30 minutes";
  private static final String ENDED = "sessions that have been silent for 30 minutes, each once";
  private static final String REGISTRY = "the server's devices";
  private static final String PRICES = "the price book in force";

  private Fleet() {}

  public static final Family TOKENS_TOTAL =
      counter(
          "claude_tokens_total",
          TOKENS,
          "device type model project",
          "Tokens of counted responses; type is input, output, cache_creation or cache_read.",
          METERS);

  public static final Family TOKENS_PER_REQUEST =
      histogram(
          "claude_tokens_per_request",
          TOKENS,
          "device type model",
          "100 500 1000 2000 5000 10000 20000 50000 100000",
          "Tokens of each counted response; type is input or output.",
          METERS);

  public static final Family INPUT_OUTPUT_RATIO =
      gauge(
              "claude_input_output_ratio",
              RATIO,
              "device model",
              "Input tokens for each output token, of all responses together.",
              METERS)
          .first();

  public static final Family COST_USD_TOTAL =
      counter(
          "claude_cost_usd_total",
          USD,
          "device model project",
          "Dollars: what the client reported where it did, else by the price book.",
          METERS);

  public static final Family COST_PER_REQUEST_USD =
      histogram(
          "claude_cost_per_request_usd",
          USD,
          "device model",
          "0.001 0.005 0.01 0.05 0.1 0.25 0.5 1 2 5",
          "Dollars of each response whose cost is known.",
          METERS);

  public static final Family HOURLY_SPEND_USD =
      gauge(
          "claude_hourly_spend_usd",
          USD,
          "device",
          "Dollars of the last 60 minutes.",
          "sums by quarter hour, and the responses of the first quarter's rest");

  public static final Family DAILY_SPEND_USD =
      gauge(
          "claude_daily_spend_usd",
          USD,
          "device",
          "Dollars of the last 24 hours.",
          "sums by quarter hour, and the responses of the first quarter's rest");

  public static final Family CACHE_SAVINGS_USD_TOTAL =
      counter(
          "claude_cache_savings_usd_total",
          USD,
          "device model",
          "Dollars that cache reads cost less than the same tokens as input.",
          METERS);

  public static final Family CACHE_HIT_RATIO =
      gauge(
              "claude_cache_hit_ratio",
              RATIO,
              "device model",
              "Share of prompt tokens that were read from a cache, of all responses together.",
              METERS)
          .first();

  public static final Family CACHE_TOKENS_TOTAL =
      counter(
          "claude_cache_tokens_total",
          TOKENS,
          "device model operation",
          "Tokens read from and written to caches; operation is read or creation.",
          METERS);

  public static final Family CACHE_EFFICIENCY_PERCENT =
      gauge(
              "claude_cache_efficiency_percent",
              PERCENT,
              "device",
              "What cache reads have saved, in percent of what would have been paid without them.",
              METERS)
          .first();

  public static final Family SESSIONS_TOTAL =
      counter(
          "claude_sessions_total",
          NONE,
          "device project",
          "Sessions with a response, in the project where each was first seen.",
          METERS);

  public static final Family ACTIVE_SESSIONS =
      gauge("claude_active_sessions", NONE, "device", "Sessions that are active.", SESSIONS);

  public static final Family SESSION_DURATION_SECONDS =
      histogram(
          "claude_session_duration_seconds",
          SECONDS,
          "device project",
          "60 300 600 1800 3600 7200 14400 28800 86400",
          "From the first to the last response of sessions that have ended.",
          ENDED);

  public static final Family REQUESTS_PER_SESSION =
      histogram(
          "claude_requests_per_session",
          NONE,
          "device",
          "1 5 10 20 50 100 200 500",
          "Responses of sessions that have ended.",
          ENDED);

  public static final Family COST_PER_SESSION_USD =
      histogram(
          "claude_cost_per_session_usd",
          USD,
          "device project",
          "0.01 0.05 0.1 0.5 1 2 5 10 25 50",
          "Dollars of sessions that have ended.",
          ENDED);

  public static final Family TOKENS_PER_SESSION =
      histogram(
          "claude_tokens_per_session",
          TOKENS,
          "device",
          "1000 5000 10000 50000 100000 500000 1000000",
          "Tokens of sessions that have ended, cache reads and writes included.",
          ENDED);

  public static final Family SESSION_INFO =
      gauge(
              "claude_session_info",
              NONE,
              "device session_id project model",
              "1 for each model of an active session; there is none of others.",
              SESSIONS)
          .largest();

  public static final Family SESSION_START_TIMESTAMP =
      gauge(
              "claude_session_start_timestamp",
              SECONDS,
              "device session_id project",
              "When an active session had its first response; there is none of others.",
              SESSIONS)
          .largest();

  public static final Family REQUESTS_TOTAL =
      counter(
          "claude_requests_total",
          NONE,
          "device model type project",
          "Counted responses; type is always assistant.",
          METERS);

  public static final Family REQUEST_INTERVAL_SECONDS =
      Family.summary(
              "claude_request_interval_seconds",
              SECONDS,
              "device",
              "Time between consecutive responses; quantiles are those of the last hour.",
              "meters of the store, and the responses of the last hour")
          .of(CLAUDE_CODE_PROMETHEUS);

  public static final Family DEVICE_LAST_SEEN_TIMESTAMP =
      gauge(
              "claude_device_last_seen_timestamp",
              SECONDS,
              "device hostname",
              "When the device has last reported.",
              REGISTRY)
          .largest();

  public static final Family DEVICE_ONLINE =
      gauge(
              "claude_device_online",
              NONE,
              "device hostname",
              "1 where the device has reported in the last 5 minutes, else 0.",
              REGISTRY)
          .largest();

  public static final Family DEVICE_UPTIME_SECONDS =
      gauge(
              "claude_device_uptime_seconds",
              SECONDS,
              "device",
              "Time since the device was enrolled.",
              REGISTRY)
          .largest();

  public static final Family DEVICE_ACTIVE_SESSION_COUNT =
      gauge(
          "claude_device_active_session_count",
          NONE,
          "device",
          "Sessions that are active.",
          SESSIONS);

  public static final Family PROJECT_LAST_ACTIVITY_TIMESTAMP =
      gauge(
              "claude_project_last_activity_timestamp",
              SECONDS,
              "project device",
              "When the project had its last response.",
              METERS)
          .largest();

  public static final Family PROJECT_SESSION_COUNT =
      gauge("claude_project_session_count", NONE, "project", "Sessions of the project.", METERS);

  public static final Family PROJECT_TOTAL_COST_USD =
      gauge("claude_project_total_cost_usd", USD, "project", "Dollars of the project.", METERS);

  public static final Family MODEL_USAGE_TOTAL =
      counter(
          "claude_model_usage_total", NONE, "model device", "Counted responses by model.", METERS);

  public static final Family MODEL_INPUT_PRICE =
      price("claude_model_input_price_per_million", "a million input tokens");

  public static final Family MODEL_OUTPUT_PRICE =
      price("claude_model_output_price_per_million", "a million output tokens");

  public static final Family MODEL_CACHE_READ_PRICE =
      price("claude_model_cache_read_price_per_million", "a million tokens read from a cache");

  public static final Family MODEL_CACHE_CREATION_PRICE =
      price(
          "claude_model_cache_creation_price_per_million",
          "a million tokens written to the five-minute cache");

  public static final Family PRICING_LAST_UPDATED_TIMESTAMP =
      gauge(
              "claude_pricing_last_updated_timestamp",
              SECONDS,
              "",
              "When the prices in force were published or replaced.",
              PRICES)
          .largest();

  public static final Family TOTAL_COST_USD =
      gauge("claude_total_cost_usd", USD, "device", "Dollars of the device.", METERS);

  public static final Family TOTAL_TOKENS =
      gauge(
          "claude_total_tokens",
          TOKENS,
          "device type",
          "Tokens of the device; type is input, output, cache_creation or cache_read.",
          METERS);

  public static final Family TOTAL_SESSIONS =
      gauge("claude_total_sessions", NONE, "device", "Sessions of the device.", METERS);

  /// All of them, in the order of their documentation.
  public static final List<Family> ALL =
      List.of(
          TOKENS_TOTAL,
          TOKENS_PER_REQUEST,
          INPUT_OUTPUT_RATIO,
          COST_USD_TOTAL,
          COST_PER_REQUEST_USD,
          HOURLY_SPEND_USD,
          DAILY_SPEND_USD,
          CACHE_SAVINGS_USD_TOTAL,
          CACHE_HIT_RATIO,
          CACHE_TOKENS_TOTAL,
          CACHE_EFFICIENCY_PERCENT,
          SESSIONS_TOTAL,
          ACTIVE_SESSIONS,
          SESSION_DURATION_SECONDS,
          REQUESTS_PER_SESSION,
          COST_PER_SESSION_USD,
          TOKENS_PER_SESSION,
          SESSION_INFO,
          SESSION_START_TIMESTAMP,
          REQUESTS_TOTAL,
          REQUEST_INTERVAL_SECONDS,
          DEVICE_LAST_SEEN_TIMESTAMP,
          DEVICE_ONLINE,
          DEVICE_UPTIME_SECONDS,
          DEVICE_ACTIVE_SESSION_COUNT,
          PROJECT_LAST_ACTIVITY_TIMESTAMP,
          PROJECT_SESSION_COUNT,
          PROJECT_TOTAL_COST_USD,
          MODEL_USAGE_TOTAL,
          MODEL_INPUT_PRICE,
          MODEL_OUTPUT_PRICE,
          MODEL_CACHE_READ_PRICE,
          MODEL_CACHE_CREATION_PRICE,
          PRICING_LAST_UPDATED_TIMESTAMP,
          TOTAL_COST_USD,
          TOTAL_TOKENS,
          TOTAL_SESSIONS);

  private static Family price(String name, String what) {
    return gauge(name, USD, "model", "Dollars for " + what + ", at today's list price.", PRICES)
        .first();
  }

  private static Family counter(String name, Unit unit, String labels, String help, String source) {
    return Family.counter(name, unit, labels, help, source).of(CLAUDE_CODE_PROMETHEUS);
  }

  private static Family gauge(String name, Unit unit, String labels, String help, String source) {
    return Family.gauge(name, unit, labels, help, source).of(CLAUDE_CODE_PROMETHEUS);
  }

  private static Family histogram(
      String name, Unit unit, String labels, String bounds, String help, String source) {
    return Family.histogram(name, unit, labels, bounds, help, source).of(CLAUDE_CODE_PROMETHEUS);
  }
}
