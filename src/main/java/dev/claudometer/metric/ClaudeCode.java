package dev.claudometer.metric;

import static dev.claudometer.metric.Family.counter;
import static dev.claudometer.metric.Unit.NONE;
import static dev.claudometer.metric.Unit.SECONDS;
import static dev.claudometer.metric.Unit.TOKENS;
import static dev.claudometer.metric.Unit.USD;

import java.util.List;

/// What Claude Code's own metrics tell, under the names of its own endpoint.
public final class ClaudeCode {

  private static final String TOLD = "the client's own metrics";
  private static final String RESPONSES = "responses";

  /// Labels that say of which repository something is, where clients are told to say so; empty
  /// else.
  public static final String OWNER = "vcs_owner_name";

  public static final String REPOSITORY = "vcs_repository_name";
  public static final String BRANCH = "vcs_ref_head_name";

  private static final String PLACE = " " + OWNER + " " + REPOSITORY + " " + BRANCH;

  public static final Family SESSION_COUNT_TOTAL =
      counter(
          "claude_code_session_count_total",
          NONE,
          "device start_type" + PLACE,
          "How often Claude Code was started: `fresh`, `resume` or `continue`.",
          TOLD);

  public static final Family LINES_OF_CODE_COUNT_TOTAL =
      counter(
          "claude_code_lines_of_code_count_total",
          NONE,
          "device type" + PLACE,
          "Lines that Claude Code has `added` and `removed`.",
          TOLD);

  public static final Family COMMIT_COUNT_TOTAL =
      counter(
          "claude_code_commit_count_total",
          NONE,
          "device" + PLACE,
          "Commits that Claude Code has made.",
          TOLD);

  public static final Family PULL_REQUEST_COUNT_TOTAL =
      counter(
          "claude_code_pull_request_count_total",
          NONE,
          "device" + PLACE,
          "Pull requests that Claude Code has made.",
          TOLD);

  public static final Family CODE_EDIT_TOOL_DECISION_TOTAL =
      counter(
          "claude_code_code_edit_tool_decision_total",
          NONE,
          "device decision tool_name language" + PLACE,
          "Edits that were proposed, by what was decided: `accept` or `reject`.",
          TOLD);

  public static final Family TOOL_DECISION_TOTAL =
      counter(
          "claudometer_tool_decisions_total",
          NONE,
          "device decision source tool_name" + PLACE,
          "Calls of tools, by what was decided on them (`accept` or `reject`) and by whom.",
          TOLD);

  public static final Family ACTIVE_TIME_TOTAL =
      counter(
          "claude_code_active_time_total",
          SECONDS,
          "device type" + PLACE,
          "Seconds in which a person (`user`) or Claude Code (`cli`) was active.",
          TOLD);

  /// As a collector calls it.
  public static final Family ACTIVE_TIME_SECONDS_TOTAL =
      counter(
          "claude_code_active_time_seconds_total",
          SECONDS,
          "device type" + PLACE,
          "The same as claude_code_active_time_total, as a collector calls it.",
          TOLD);

  public static final Family TOKEN_USAGE_TOTAL =
      counter(
          "claude_code_token_usage_total",
          TOKENS,
          "device model type",
          "Tokens of responses: `input`, `output`, `cacheRead` or `cacheCreation`; true ones, where"
              + " the client's metric also estimates what broke off.",
          RESPONSES);

  /// As a collector calls it.
  public static final Family TOKEN_USAGE_TOKENS_TOTAL =
      counter(
          "claude_code_token_usage_tokens_total",
          TOKENS,
          "device model type",
          "The same as claude_code_token_usage_total, as a collector calls it.",
          RESPONSES);

  public static final Family COST_USAGE_TOTAL =
      counter(
          "claude_code_cost_usage_total",
          USD,
          "device model",
          "Dollars of responses: what the client reported where it did, else by the price book.",
          RESPONSES);

  /// As a collector calls it.
  public static final Family COST_USAGE_USD_TOTAL =
      counter(
          "claude_code_cost_usage_USD_total",
          USD,
          "device model",
          "The same as claude_code_cost_usage_total, as a collector calls it.",
          RESPONSES);

  public static final Family EVENTS_LOST_TOTAL =
      counter(
          "claudometer_telemetry_events_lost_total",
          NONE,
          "device",
          "Events of telemetry that a client has numbered and that did not come in their turn.",
          TOLD);

  public static final Family EVENTS_LATE_TOTAL =
      counter(
          "claudometer_telemetry_events_late_total",
          NONE,
          "device",
          "Events of telemetry that had been taken for lost and came late.",
          TOLD);

  public static final Family TRANSCRIPTS_DELETED_TOTAL =
      counter(
          "claudometer_transcripts_deleted_total",
          NONE,
          "device",
          "Transcripts that Claude Code's own clean-up has deleted, as its telemetry tells.",
          TOLD);

  public static final List<Family> ALL =
      List.of(
          SESSION_COUNT_TOTAL,
          LINES_OF_CODE_COUNT_TOTAL,
          COMMIT_COUNT_TOTAL,
          PULL_REQUEST_COUNT_TOTAL,
          CODE_EDIT_TOOL_DECISION_TOTAL,
          TOOL_DECISION_TOTAL,
          ACTIVE_TIME_TOTAL,
          ACTIVE_TIME_SECONDS_TOTAL,
          TOKEN_USAGE_TOTAL,
          TOKEN_USAGE_TOKENS_TOTAL,
          COST_USAGE_TOTAL,
          COST_USAGE_USD_TOTAL,
          EVENTS_LOST_TOTAL,
          EVENTS_LATE_TOTAL,
          TRANSCRIPTS_DELETED_TOTAL);

  private ClaudeCode() {}
}
