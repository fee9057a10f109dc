package dev.claudometer.metric;

import static dev.claudometer.metric.Family.counter;
import static dev.claudometer.metric.Family.gauge;
import static dev.claudometer.metric.Unit.BYTES;
import static dev.claudometer.metric.Unit.NONE;
import static dev.claudometer.metric.Unit.RATIO;
import static dev.claudometer.metric.Unit.SECONDS;
import static dev.claudometer.metric.Unit.TOKENS;
import static dev.claudometer.metric.Unit.USD;

import java.util.List;

/// What no peer tells: facts as `claude_…`, ourselves as `claudometer_…`.
public final class Own {

  private static final String METERS = "meters of the store";
  private static final String WINDOWS = "the latest reading of each plan window";
  private static final String PROCESS = "this process, since it has started";

  private Own() {}

  public static final Family WEB_SEARCHES_TOTAL =
      counter(
          "claude_web_searches_total",
          NONE,
          "device model project",
          "Web searches that the API ran; each is billed.",
          METERS);

  public static final Family WEB_FETCHES_TOTAL =
      counter(
          "claude_web_fetches_total",
          NONE,
          "device model project",
          "Web pages that the API fetched.",
          METERS);

  public static final Family CALLS =
      gauge(
          "claudometer_calls",
          NONE,
          "device told_by",
          "API calls that Claude Code's telemetry told of: `both` where a transcript has them too,"
              + " `telemetry` where none has, `held` where they are not counted.",
          "the calls that are stored");

  public static final Family THINKING_TOKENS_TOTAL =
      counter(
          "claude_thinking_tokens_total",
          TOKENS,
          "device model project",
          "Output tokens that were thought and not said, of the responses that tell it.",
          METERS);

  public static final Family RESPONSE_PARTS_TOTAL =
      counter(
          "claude_response_parts_total",
          NONE,
          "device model project",
          "What was billed beside responses: advisors, compactions, attempts before a fallback.",
          METERS);

  public static final Family CONTRACT_COST_USD_TOTAL =
      counter(
          "claude_contract_cost_usd_total",
          USD,
          "device model project",
          "Dollars by the organisation's contract (modelPricing); never added to list prices.",
          METERS);

  public static final Family CONTRACT_UNPRICED_RESPONSES =
      gauge(
          "claude_contract_unpriced_responses",
          NONE,
          "device model",
          "Counted responses and parts that are in no dollars by contract, where there is one.",
          METERS);

  public static final Family UNFINALISED_RESPONSES =
      gauge(
          "claude_unfinalised_responses",
          NONE,
          "device model",
          "Counted responses without a stop reason: their counts are a snapshot.",
          METERS);

  public static final Family TOOL_CALLS_TOTAL =
      counter(
          "claude_tool_calls_total",
          NONE,
          "device tool",
          "Tool calls in counted responses.",
          METERS);

  public static final Family STOP_REASONS_TOTAL =
      counter(
          "claude_stop_reasons_total",
          NONE,
          "device reason",
          "Counted responses by why they ended; none is counted that never did.",
          METERS);

  public static final Family UNPRICED_RESPONSES =
      gauge(
          "claude_unpriced_responses",
          NONE,
          "device model",
          "Counted responses whose model has no known price: they are in no dollars.",
          METERS);

  public static final Family RECONCILED_USD =
      gauge(
          "claudometer_reconciled_usd",
          USD,
          "part",
          "Of this UTC month: part is counted, billed, or a cause of the difference; counted and"
              + " all causes, of which unknown is always told, add up to billed. Nothing where no"
              + " bill is known.",
          "the store and the Admin API");

  public static final Family BROKEN_SEALS =
      gauge(
          "claudometer_broken_seals",
          NONE,
          "",
          "Seals of closed months that were changed or are missing: 'claudometer verify' and POST"
              + " /api/v1/verify name them.",
          "the store");

  public static final Family PLAN_WINDOW_USED_RATIO =
      gauge(
              "claude_plan_window_used_ratio",
              RATIO,
              "device window",
              "How full a plan window was when it was last read; absent after its reset.",
              WINDOWS)
          .first();

  public static final Family PLAN_WINDOW_RESET =
      gauge(
              "claude_plan_window_reset_timestamp_seconds",
              SECONDS,
              "device window",
              "When the plan window resets.",
              WINDOWS)
          .largest();

  public static final Family PLAN_WINDOW_READ =
      gauge(
              "claude_plan_window_read_timestamp_seconds",
              SECONDS,
              "device window",
              "When the plan window was last read.",
              WINDOWS)
          .largest();

  public static final Family BUILD_INFO =
      gauge("claudometer_build_info", NONE, "version", "Always 1.", "the jar").largest();

  public static final Family SOURCE_UP =
      gauge(
              "claudometer_source_up",
              NONE,
              "source",
              "1 where this scrape could read the source, else 0: then its families are missing.",
              "this scrape")
          .largest();

  public static final Family SCRAPE_DURATION_SECONDS =
      gauge(
          "claudometer_scrape_duration_seconds",
          SECONDS,
          "source",
          "How long this scrape took to read the source.",
          "this scrape");

  public static final Family FOLDED_SERIES_TOTAL =
      counter(
              "claudometer_folded_series_total",
              NONE,
              "family",
              "Series beyond a family's limit that were folded into __other__, added up over"
                  + " scrapes.",
              PROCESS)
          .ofProcess();

  public static final Family SYNC_AGE_SECONDS =
      gauge(
              "claudometer_sync_age_seconds",
              SECONDS,
              "device",
              "Time since the device has last reported or been read.",
              "the server's devices; the exporter's last sync")
          .largest();

  public static final Family PARSED_BYTES_TOTAL =
      counter(
          "claudometer_parsed_bytes_total",
          BYTES,
          "device",
          "Bytes of transcripts that have been read.",
          METERS);

  public static final Family TRANSCRIPT_FILES =
      gauge("claudometer_transcript_files", NONE, "device", "Transcripts that are known.", METERS);

  public static final Family DAMAGED_LINES_TOTAL =
      counter(
          "claudometer_damaged_lines_total",
          NONE,
          "device",
          "Lines of transcripts that could not be read whole.",
          METERS);

  public static final Family DATABASE_BYTES =
      gauge(
          "claudometer_database_bytes", BYTES, "", "What the database takes on disk.", "the store");

  public static final Family DATABASE_WRITABLE =
      gauge(
          "claudometer_database_writable",
          NONE,
          "",
          "1 where something can be stored, 0 where a write has just failed.",
          PROCESS);

  public static final Family DATABASE_PUT_BACK_TOTAL =
      counter(
              "claudometer_database_put_back_total",
              NONE,
              "",
              "Times that the database was found to be put back to an earlier state, or to have"
                  + " lost a table.",
              PROCESS)
          .ofProcess();

  public static final Family INGEST_EVENTS_TOTAL =
      counter(
              "claudometer_ingest_events_total",
              NONE,
              "outcome",
              "Delivered events by what became of them: joined, added, replaced, unchanged,"
                  + " rejected.",
              PROCESS)
          .ofProcess();

  public static final Family INGEST_WAITING =
      gauge(
          "claudometer_ingest_waiting",
          NONE,
          "",
          "Observations that wait for their transaction.",
          PROCESS);

  public static final Family INGEST_QUEUE_AGE_SECONDS =
      gauge(
              "claudometer_ingest_queue_age_seconds",
              SECONDS,
              "",
              "How long the oldest of them has waited; 0 where none waits.",
              PROCESS)
          .largest();

  public static final Family PUSHES_TOTAL =
      counter(
              "claudometer_pushes_total",
              NONE,
              "signal outcome",
              "Deliveries of metrics or traces to an OTLP receiver by outcome: taken, failed after"
                  + " all attempts.",
              PROCESS)
          .ofProcess();

  public static final Family PUSHED_TIMESTAMP =
      gauge(
              "claudometer_push_success_timestamp_seconds",
              SECONDS,
              "signal",
              "When an OTLP receiver has last taken a delivery.",
              PROCESS)
          .largest();

  public static final Family TELEMETRY_EVENTS_TOTAL =
      counter(
              "claudometer_telemetry_events_total",
              NONE,
              "event",
              "Events of Claude Code's telemetry that came, by name.",
              PROCESS)
          .ofProcess();

  public static final Family TELEMETRY_UNREADABLE_TOTAL =
      counter(
              "claudometer_telemetry_unreadable_total",
              NONE,
              "",
              "Calls and points of metrics in Claude Code's telemetry that could not be used.",
              PROCESS)
          .ofProcess();

  public static final Family TELEMETRY_FORWARDED_TOTAL =
      counter(
              "claudometer_telemetry_forwarded_total",
              NONE,
              "outcome",
              "Bodies of telemetry by what became of sending them on: taken, failed after all"
                  + " attempts, dropped because too many waited.",
              PROCESS)
          .ofProcess();

  /// All of them, in the order of their documentation.
  public static final List<Family> ALL =
      List.of(
          WEB_SEARCHES_TOTAL,
          WEB_FETCHES_TOTAL,
          THINKING_TOKENS_TOTAL,
          CALLS,
          RESPONSE_PARTS_TOTAL,
          CONTRACT_COST_USD_TOTAL,
          CONTRACT_UNPRICED_RESPONSES,
          UNFINALISED_RESPONSES,
          TOOL_CALLS_TOTAL,
          STOP_REASONS_TOTAL,
          UNPRICED_RESPONSES,
          RECONCILED_USD,
          BROKEN_SEALS,
          PLAN_WINDOW_USED_RATIO,
          PLAN_WINDOW_RESET,
          PLAN_WINDOW_READ,
          BUILD_INFO,
          SOURCE_UP,
          SCRAPE_DURATION_SECONDS,
          FOLDED_SERIES_TOTAL,
          SYNC_AGE_SECONDS,
          PARSED_BYTES_TOTAL,
          TRANSCRIPT_FILES,
          DAMAGED_LINES_TOTAL,
          DATABASE_BYTES,
          DATABASE_WRITABLE,
          DATABASE_PUT_BACK_TOTAL,
          INGEST_EVENTS_TOTAL,
          INGEST_WAITING,
          INGEST_QUEUE_AGE_SECONDS,
          PUSHES_TOTAL,
          PUSHED_TIMESTAMP,
          TELEMETRY_EVENTS_TOTAL,
          TELEMETRY_UNREADABLE_TOTAL,
          TELEMETRY_FORWARDED_TOTAL);
}
