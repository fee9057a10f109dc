package dev.claudometer.source.adminapi;

import dev.claudometer.fetch.Simulator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An organisation's Admin API on loopback, whose truth a test sets and revises.
public class AdminSimulator extends Simulator {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  /// Result objects by the hour that they belong to.
  public final Map<Instant, List<String>> messages = new TreeMap<>();

  /// Result objects by UTC day.
  public final Map<Instant, List<String>> costs = new TreeMap<>();

  /// Records by UTC day: `2026-11-20`.
  public final Map<String, List<String>> claudeCode = new TreeMap<>();

  /// Rows by hour; null where this service is too old to have them.
  public Map<Instant, List<String>> requests;

  /// The same by all dimensions and for whom; null where only the older report has them.
  public Map<Instant, List<String>> analytics;

  /// The same of dollars.
  public Map<Instant, List<String>> keyCosts;

  /// Elements by list: `api_keys`, `users`, `workspaces`.
  public final Map<String, List<String>> lists = new TreeMap<>();

  /// Rows of members; null where the organisation has no spend limits.
  public List<String> spendLimits;

  /// Limits that are configured; null where that list is not offered.
  public List<String> spendCaps;

  /// The most buckets or elements of a page, whatever is asked for.
  public int most = 1000;

  /// Paths that are answered with something else: `cost_report` → 403.
  public final Map<String, Broken> broken = new TreeMap<>();

  /// An answer that is none.
  public record Broken(int status, String body) {}

  /// Whether dimensions that came later are refused.
  public boolean old;

  public Instant now;

  public AdminSimulator(Instant now) {
    this.now = now;
  }

  public static String usage(String key, String model, long input, long output) {
    return """
    {"account_id":null,"api_key_id":%s,"cache_creation":{"ephemeral_1h_input_tokens":10,\
    "ephemeral_5m_input_tokens":20},"cache_read_input_tokens":30,"context_window":"0-200k",\
    "inference_geo":"global","model":"%s","output_tokens":%d,"server_tool_use":\
    {"web_search_requests":2},"service_account_id":null,"service_tier":"standard",\
    "uncached_input_tokens":%d,"workspace_id":null}\
    """
        .formatted(key == null ? "null" : "\"" + key + "\"", model, output, input);
  }

  /// Usage by a contract for committed capacity: no row of the cost report has it.
  public static String priority(String key, String model, long input, long output) {
    return usage(key, model, input, output)
        .replace("\"service_tier\":\"standard\"", "\"service_tier\":\"priority\"");
  }

  public static String cost(String cents, String workspace, String description) {
    return """
    {"amount":"%s","currency":"USD","cost_type":"tokens","description":"%s","model":\
    "claude-opus-4-6","token_type":"output_tokens","service_tier":"standard",\
    "context_window":"0-200k","inference_geo":null,"workspace_id":%s}\
    """
        .formatted(cents, description, workspace == null ? "null" : "\"" + workspace + "\"");
  }

  public static String record(String person, int sessions, int accepted) {
    return """
    {"date":"2026-11-20T00:00:00Z","actor":{"type":"user_actor","email_address":"%s"},\
    "organization_id":"o","customer_type":"api","subscription_type":null,"terminal_type":\
    "iTerm.app","core_metrics":{"num_sessions":%d,"lines_of_code":{"added":342,"removed":128},\
    "commits_by_claude_code":8,"pull_requests_by_claude_code":2},"tool_actions":{"edit_tool":\
    {"accepted":%d,"rejected":3},"write_tool":{"accepted":8,"rejected":0}},"model_breakdown":\
    [{"model":"claude-opus-4-8","tokens":{"input":45230,"output":12450,"cache_read":8790,\
    "cache_creation":2340},"estimated_cost":{"amount":186,"currency":"USD"}}]}\
    """
        .formatted(person, sessions, accepted);
  }

  public static String row(Instant at, String key, String model, long input, Long requests) {
    return """
    {"starting_at":"%s","ending_at":"%s","group":{"actor":null,"api_key_id":"%s","model":"%s",\
    "workspace_id":null},"usage":{"cache_creation":{"ephemeral_1h_input_tokens":0,\
    "ephemeral_5m_input_tokens":0},"cache_read_input_tokens":0,"output_tokens":1,"requests":%s,\
    "server_tool_use":{"web_search_requests":0},"uncached_input_tokens":%d}}\
    """
        .formatted(at, at.plus(HOUR), key, model, requests, input);
  }

  /// A row by all dimensions.
  ///
  /// @param actor an object, or `null`
  public static String row(Instant at, String key, String actor, String tier, long input) {
    return """
    {"starting_at":"%s","ending_at":"%s","group":{"product":null,"actor":%s,"api_key_id":%s,\
    "context_window":"0-200k","inference_geo":"us","model":"claude-opus-5","service_tier":"%s",\
    "speed":null,"workspace_id":"wrkspc_1"},"usage":{"cache_creation":{\
    "ephemeral_1h_input_tokens":10,"ephemeral_5m_input_tokens":20},"cache_read_input_tokens":30,\
    "output_tokens":1,"requests":7,"server_tool_use":{"web_search_requests":2},\
    "uncached_input_tokens":%d,"total_tokens":%d}}\
    """
        .formatted(
            at,
            at.plus(HOUR),
            actor,
            key == null ? "null" : "\"" + key + "\"",
            tier,
            input,
            input + 61);
  }

  public static String cost(Instant at, String key, String model, String cents) {
    return """
    {"starting_at":"%s","ending_at":"%s","group":{"actor":null,"api_key_id":"%s","model":"%s",\
    "workspace_id":null},"cost":{"amount":"%s","list_amount":"%s","currency":"USD",\
    "requests":3}}\
    """
        .formatted(at, at.plus(HOUR), key, model, cents, cents);
  }

  @Override
  protected String answer(Asked asked) {
    if (!asked.headers().getOrDefault("x-api-key", "").startsWith("sk-ant-admin")) {
      throw new Refused(401, error("authentication_error"));
    }
    String path = asked.path().substring("/v1/organizations/".length());
    Broken instead = broken.get(path);
    if (instead != null) {
      throw new Refused(instead.status(), instead.body());
    }
    return switch (path) {
      case "usage_report/messages" -> messages(asked);
      case "cost_report" -> buckets(asked, costs, DAY);
      case "usage_report/claude_code" ->
          list(asked, claudeCode.getOrDefault(asked.parameter("starting_at"), List.of()));
      case "analytics/usage" ->
          analytics(
              asked, asked.parameters().get("group_by[]").contains("actor") ? analytics : requests);
      case "analytics/cost" -> analytics(asked, keyCosts);
      case "spend_limits/effective" -> limits(asked, spendLimits);
      case "spend_limits" -> limits(asked, spendCaps);
      case "me" -> "{\"id\":\"org-1\",\"name\":\"Acme\",\"type\":\"organization\"}";
      case "api_keys", "users", "workspaces" -> entries(asked);
      default -> throw new Refused(404, error("not_found_error"));
    };
  }

  private String messages(Asked asked) {
    if (old && asked.parameters().get("group_by[]").contains("account_id")) {
      throw new Refused(400, error("invalid_request_error"));
    }
    return buckets(asked, messages, HOUR);
  }

  private String analytics(Asked asked, Map<Instant, List<String>> rows) {
    if (rows == null) {
      throw new Refused(404, error("not_found_error"));
    }
    Instant from = Instant.parse(asked.parameter("starting_at"));
    Instant to = Instant.parse(asked.parameter("ending_at"));
    return list(
        asked,
        rows.entrySet().stream()
            .filter(hour -> !hour.getKey().isBefore(from) && hour.getKey().isBefore(to))
            .flatMap(hour -> hour.getValue().stream())
            .toList());
  }

  private String buckets(Asked asked, Map<Instant, List<String>> truth, Duration step) {
    String mark = asked.parameter("page");
    String bound = bound(asked);
    if (!mark.isEmpty() && !mark.endsWith(bound)) {
      throw new Refused(400, error("invalid_request_error"));
    }
    String start = mark.isEmpty() ? asked.parameter("starting_at") : mark.split("_")[1];
    Instant at = Instant.parse(start);
    int left = Math.min(most, Integer.parseInt(asked.parameter("limit")));
    List<String> buckets = new ArrayList<>();
    for (; left > 0 && !at.isAfter(now); left--, at = at.plus(step)) {
      buckets.add(
          "{\"starting_at\":\"%s\",\"ending_at\":\"%s\",\"results\":[%s]}"
              .formatted(at, at.plus(step), String.join(",", truth.getOrDefault(at, List.of()))));
    }
    boolean more = !at.isAfter(now);
    return "{\"data\":[%s],\"has_more\":%s,\"next_page\":%s}"
        .formatted(String.join(",", buckets), more, more ? "\"page_" + at + bound + "\"" : "null");
  }

  /// A mark holds for the question that it was given for, and no other.
  private static String bound(Asked asked) {
    Map<String, List<String>> others = new TreeMap<>(asked.parameters());
    others.remove("page");
    return "_" + Integer.toHexString(others.hashCode());
  }

  private String list(Asked asked, List<String> elements) {
    String mark = asked.parameter("page");
    int begin = mark.isEmpty() ? 0 : Integer.parseInt(mark.substring(5));
    int end = Math.min(elements.size(), begin + most);
    boolean more = end < elements.size();
    return "{\"data\":[%s],\"has_more\":%s,\"next_page\":%s}"
        .formatted(
            String.join(",", elements.subList(begin, end)),
            more,
            more ? "\"page_" + end + "\"" : "null");
  }

  /// These lists do not say whether there is more.
  private String limits(Asked asked, List<String> all) {
    if (all == null) {
      throw new Refused(404, error("not_found_error"));
    }
    return list(asked, all).replaceAll("\"has_more\":(true|false),", "");
  }

  private String entries(Asked asked) {
    String name = asked.path().replaceAll(".*/", "");
    List<String> elements = lists.getOrDefault(name, List.of());
    String after = asked.parameter("after_id");
    int begin = after.isEmpty() ? 0 : Integer.parseInt(after.replaceAll("\\D", ""));
    int end = Math.min(elements.size(), begin + most);
    return "{\"data\":[%s],\"first_id\":\"id_%d\",\"last_id\":\"id_%d\",\"has_more\":%s}"
        .formatted(
            String.join(",", elements.subList(begin, end)), begin, end, end < elements.size());
  }

  private static String error(String type) {
    return "{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"no\"}}";
  }
}
