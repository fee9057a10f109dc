package dev.claudometer.model;

/// What Anthropic's reports count. All are whole numbers; cost is in nano-dollars.
public enum Measure {
  /// Uncached prompt tokens.
  INPUT,
  OUTPUT,
  /// Prompt tokens written to the five-minute cache; those without a split stand here too.
  CACHE_WRITE_5M,
  CACHE_WRITE_1H,
  CACHE_READ,
  WEB_SEARCHES,
  REQUESTS,
  COST,
  SESSIONS,
  LINES_ADDED,
  LINES_REMOVED,
  COMMITS,
  PULL_REQUESTS,
  /// Edits that a person let be made.
  ACCEPTED,
  REJECTED
}
