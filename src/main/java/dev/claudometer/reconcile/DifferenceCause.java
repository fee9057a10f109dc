package dev.claudometer.reconcile;

import java.util.Locale;

/// Why what was billed is not what was counted. In the order in which they are worked out: each
/// takes its part of what those before it have left.
public enum DifferenceCause {
  UTC_MIDNIGHT(
      "UTC midnight",
      "Counted exactly: hours that are in the days of one of the two zones only.",
      "Ask for --timezone UTC to compare the same hours."),
  NOT_BILLED_YET(
      "Not billed yet",
      "The day is not over, or Anthropic's cost report does not reach it.",
      "Ask again when the day is over."),
  NOT_READ(
      "Bill not read",
      "These days are before the first bill that is stored.",
      "Ask Anthropic for them: claudometer org daily --since."),
  BOOKED_BY_CLIENT(
      "Booked by the client",
      "Counted exactly: old versions of Claude Code told a cost of their own, which is counted in"
          + " the place of the list price.",
      "Nothing: --mode calculate counts by the list."),
  WEB_SEARCHES(
      "Web searches",
      "The cost report's web searches, less those that were counted, at $10 per 1,000.",
      "Nothing."),
  CODE_EXECUTION(
      "Code execution",
      "Only the cost report tells of it.",
      "Nothing: no transcript and no usage report tells of it."),
  SESSION_USAGE(
      "Managed sessions",
      "Only the cost report tells of it.",
      "Nothing: no transcript and no usage report tells of it."),
  UNPRICED(
      "Models without a price",
      "Models that were used and have no list price here: what was billed for them, less what was"
          + " counted.",
      "Set a price: docs/counting.md tells how."),
  PLAN_USAGE(
      "Covered by plans",
      "What was counted on machines that told how full a plan's windows are, or that Anthropic's"
          + " Claude Code report says subscriptions used.",
      "Nothing: a plan's usage is never on this bill."),
  WITHOUT_AGENT(
      "Keys and programs without an agent",
      "Tokens of the usage report, at list prices, by keys and accounts that Anthropic's Claude"
          + " Code report does not name.",
      "Run an agent where Claude Code uses these keys; of other programs only the bill tells."),
  NOT_COUNTED(
      "Claude Code that was not counted",
      "Tokens of the usage report by keys and accounts that used Claude Code, less those that were"
          + " counted, at list prices: machines that are late or have lost transcripts, and calls"
          + " that no transcript has.",
      "Look at the machines that have been silent, and send telemetry for calls without a"
          + " transcript."),
  PRIORITY_TIER(
      "Priority Tier",
      "Tokens of the usage report in that tier, at list prices: they are billed by a contract of"
          + " their own, and no report tells their dollars.",
      "See your commitment for what they cost."),
  BATCH("Batch", "Tokens of the usage report in that tier, at half the list price.", "Nothing."),
  REGION(
      "Inference in a region",
      "Tokens of the usage report by region, at the list's surcharge, less what transcripts tell"
          + " of it.",
      "Nothing."),
  CONTRACT(
      "Contract",
      "Your prices (modelPricing) for the tokens of the usage report, less list prices.",
      "Nothing."),
  CREDITS("Credits", "Lines of the cost report below zero.", "Nothing."),
  UNKNOWN(
      "Unknown",
      "What is left: nothing tells why.",
      "Look at the days and models in which it is large.");

  private final String title;
  private final String known;
  private final String todo;

  DifferenceCause(String title, String known, String todo) {
    this.title = title;
    this.known = known;
    this.todo = todo;
  }

  /// As files and the API call it: `utc_midnight`.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String title() {
    return title;
  }

  /// How the amount is known.
  public String known() {
    return known;
  }

  /// What to do about it.
  public String todo() {
    return todo;
  }
}
