package dev.claudometer.source.adminapi;

import dev.claudometer.model.BilledReport;
import java.time.Duration;

/// What can be asked for, from an instant on.
public enum Report {
  MESSAGES("messages", BilledReport.MESSAGES, Duration.ofHours(1)),
  COST("cost", BilledReport.COST, Duration.ofDays(1)),
  CLAUDE_CODE("claude-code", BilledReport.CLAUDE_CODE, Duration.ofDays(1)),
  REQUESTS("requests", BilledReport.REQUESTS, Duration.ofHours(1));

  private final String word;
  private final BilledReport billed;
  private final Duration step;

  Report(String word, BilledReport billed, Duration step) {
    this.word = word;
    this.billed = billed;
    this.step = step;
  }

  /// What it is called where it is remembered how far it has been read.
  public String source() {
    return "adminapi/" + word;
  }

  /// The report that tells how far it is known.
  public BilledReport billed() {
    return billed;
  }

  /// How long a bucket is.
  public Duration step() {
    return step;
  }
}
