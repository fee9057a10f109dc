package dev.claudometer.reconcile;

/// What the cost report bills for a day and model, in nano-dollars.
///
/// @param credits lines below zero, whatever they are for
record BilledLines(long tokens, long searches, long execution, long sessions, long credits) {

  static final BilledLines NONE = new BilledLines(0, 0, 0, 0, 0);

  /// @param type as the report names it; where it names none, the line is of tokens or of nothing
  ///   that anybody knows
  static BilledLines of(String type, long nanos) {
    if (nanos < 0) {
      return new BilledLines(0, 0, 0, 0, nanos);
    }
    return switch (type) {
      case "web_search" -> new BilledLines(0, nanos, 0, 0, 0);
      case "code_execution" -> new BilledLines(0, 0, nanos, 0, 0);
      case "session_usage" -> new BilledLines(0, 0, 0, nanos, 0);
      default -> new BilledLines(nanos, 0, 0, 0, 0);
    };
  }

  BilledLines plus(BilledLines other) {
    return new BilledLines(
        Math.addExact(tokens, other.tokens),
        Math.addExact(searches, other.searches),
        Math.addExact(execution, other.execution),
        Math.addExact(sessions, other.sessions),
        Math.addExact(credits, other.credits));
  }

  long all() {
    return tokens + searches + execution + sessions + credits;
  }
}
