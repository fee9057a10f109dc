package dev.claudometer.source.adminapi;

import dev.claudometer.model.BilledReport;

/// What can be asked for, from an instant on.
public enum Report {
  MESSAGES("messages", BilledReport.MESSAGES),
  COST("cost", BilledReport.COST),
  CLAUDE_CODE("claude-code", BilledReport.CLAUDE_CODE),
  REQUESTS("requests", BilledReport.REQUESTS),
  KEY_COST("key-cost", BilledReport.KEY_COST);

  private final String word;
  private final BilledReport billed;

  Report(String word, BilledReport billed) {
    this.word = word;
    this.billed = billed;
  }

  /// What it is called where it is remembered how far it has been read.
  public String source() {
    return "adminapi/" + word;
  }

  /// Whether every organisation is told it.
  public boolean offeredToAll() {
    return this != REQUESTS && this != KEY_COST;
  }

  /// The report that tells how far it is known.
  public BilledReport billed() {
    return billed;
  }
}
