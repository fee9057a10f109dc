package dev.claudometer.model;

/// Which of Anthropic's reports tells of a bucket. Each counts for itself: what one tells is never
/// added to what another tells.
public enum BilledReport {
  /// Tokens by key, model, workspace, …, by hour.
  MESSAGES,
  /// Dollars by workspace and what they were for, by day.
  COST,
  /// What people did with Claude Code, by person and day.
  CLAUDE_CODE,
  /// Edits that people let Claude Code make or turned down, by person, tool and day.
  CLAUDE_CODE_TOOLS,
  /// Tokens of Claude Code and their estimated cost, by person, model and day.
  CLAUDE_CODE_MODELS,
  /// Tokens and requests by key, model, workspace, …, by hour: the one report that counts requests.
  REQUESTS,
  /// Dollars by key, model and workspace, by hour, from the newer analytics.
  KEY_COST
}
