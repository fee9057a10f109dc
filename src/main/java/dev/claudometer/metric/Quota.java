package dev.claudometer.metric;

import static dev.claudometer.metric.Family.gauge;
import static dev.claudometer.metric.Unit.NONE;
import static dev.claudometer.metric.Unit.RATIO;
import static dev.claudometer.metric.Unit.SECONDS;
import static dev.claudometer.metric.Unit.USD;

import java.util.List;

/// What is left of plans and accounts: the families of claude-usage-metrics, with the names that
/// Prometheus makes of their dotted ones, and how old each word is.
public final class Quota {

  private static final Lineage PEER = Lineage.CLAUDE_USAGE_METRICS;
  private static final String READINGS = "the latest reading of each quota";

  private Quota() {}

  public static final Family USAGE_UTILIZATION =
      gauge(
              "claude_usage_utilization_ratio",
              RATIO,
              "device metric_name",
              "How full a plan window is: 1 is full, more is possible. Absent after its reset until"
                  + " it is read again.",
              READINGS)
          .first()
          .of(PEER)
          .dotted("claude.usage.utilization");

  public static final Family USAGE_SECONDS_TO_RESET =
      gauge(
              "claude_usage_seconds_to_reset",
              SECONDS,
              "device metric_name",
              "Time until the plan window resets.",
              READINGS)
          .first()
          .of(PEER)
          .dotted("claude.usage.seconds_to_reset");

  public static final Family OPENROUTER_CREDITS_TOTAL =
      gauge(
              "openrouter_credits_total",
              USD,
              "device",
              "Credits of the OpenRouter account that were bought.",
              READINGS)
          .of(PEER)
          .dotted("openrouter.credits.total");

  public static final Family OPENROUTER_CREDITS_USAGE =
      gauge(
              "openrouter_credits_usage",
              USD,
              "device",
              "Credits of the OpenRouter account that are used up.",
              READINGS)
          .of(PEER)
          .dotted("openrouter.credits.usage");

  public static final Family OPENROUTER_CREDITS_REMAINING =
      gauge(
              "openrouter_credits_remaining",
              USD,
              "device",
              "Credits of the OpenRouter account that are left; below 0 where it is overdrawn.",
              READINGS)
          .of(PEER)
          .dotted("openrouter.credits.remaining");

  public static final Family COPILOT_UTILIZATION =
      gauge(
              "github_copilot_usage_utilization_ratio",
              RATIO,
              "device metric_name",
              "How much of a quota of GitHub Copilot is used; absent after its reset until it is"
                  + " read again.",
              READINGS)
          .first()
          .of(PEER)
          .dotted("github_copilot.usage.utilization");

  public static final Family COPILOT_SECONDS_TO_RESET =
      gauge(
              "github_copilot_usage_seconds_to_reset",
              SECONDS,
              "device metric_name",
              "Time until the quota of GitHub Copilot resets.",
              READINGS)
          .first()
          .of(PEER)
          .dotted("github_copilot.usage.seconds_to_reset");

  public static final Family CREDITS_USED =
      gauge(
          "claude_credits_used_usd",
          USD,
          "device account",
          "Money that is used up, by account: claude.extra_usage, openrouter.",
          READINGS);

  public static final Family CREDITS_LIMIT =
      gauge(
          "claude_credits_limit_usd",
          USD,
          "device account",
          "Money that there is in all, by account; absent where there is no limit.",
          READINGS);

  public static final Family OTHER_USED =
      gauge(
          "claude_credits_used",
          NONE,
          "device account currency",
          "Money that is used up, of accounts in another currency than dollars.",
          READINGS);

  public static final Family OTHER_LIMIT =
      gauge(
          "claude_credits_limit",
          NONE,
          "device account currency",
          "Money that there is in all, of accounts in another currency than dollars.",
          READINGS);

  public static final Family READING_AGE =
      gauge(
              "claudometer_reading_age_seconds",
              SECONDS,
              "device reading origin",
              "How old the last word on a window or an account is.",
              READINGS)
          .largest();

  public static final Family POLL_UP =
      gauge(
              "claudometer_poll_up",
              NONE,
              "source",
              "1 where the source of quotas answered when it was last asked, else 0: then what it"
                  + " told before stays, with its age.",
              "the last time that it was asked")
          .largest();

  /// All of them, in the order of their documentation.
  public static final List<Family> ALL =
      List.of(
          USAGE_UTILIZATION,
          USAGE_SECONDS_TO_RESET,
          OPENROUTER_CREDITS_TOTAL,
          OPENROUTER_CREDITS_USAGE,
          OPENROUTER_CREDITS_REMAINING,
          COPILOT_UTILIZATION,
          COPILOT_SECONDS_TO_RESET,
          CREDITS_USED,
          CREDITS_LIMIT,
          OTHER_USED,
          OTHER_LIMIT,
          READING_AGE,
          POLL_UP);
}
