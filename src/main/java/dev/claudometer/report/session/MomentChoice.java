package dev.claudometer.report.session;

/// Which moments of a session are wanted.
///
/// @param skip how many of them not to tell
public record MomentChoice(Only only, Order order, int skip, int limit) {

  /// What kind of moments.
  public enum Only {
    ALL,
    RESPONSES,
    SUBAGENTS,
    ERRORS,
    COMPACTIONS
  }

  /// In their order, or the most expensive first: then those that cost nothing are left out.
  public enum Order {
    TIME,
    COST
  }
}
