package dev.claudometer.store;

import dev.claudometer.model.SessionId;
import dev.claudometer.model.SessionTotal;
import java.util.List;

/// The questions about sessions.
public interface Sessions {

  /// One page of sessions.
  SessionPage sessions(SessionQuery query);

  /// How many sessions had such a response within a range.
  long sessionCount(TimeRange range, Where where);

  default long sessionCount(TimeRange range) {
    return sessionCount(range, Where.ANY);
  }

  /// What each session with such a response within a range cost.
  List<SessionSpend> sessionCosts(TimeRange range, Where where);

  /// What sessions used within a range, by project and model, and when they did.
  List<SessionShare> sessionShares(TimeRange range, Where where);

  /// The ids that begin with a text, in their order: of sessions with usage, and of those that left
  /// only a total.
  List<SessionId> sessionsBeginningWith(String text);

  /// Claude Code's own running totals, by session and the order of its transcript.
  List<SessionTotal> sessionTotals();

  /// Those of a session and of all that began with it: a fork is understood from its parent's.
  List<SessionTotal> sessionTotals(SessionId session);
}
