package dev.claudometer.store;

import dev.claudometer.model.Activity;
import dev.claudometer.model.SessionId;
import dev.claudometer.usage.Totals;
import java.util.List;
import java.util.Map;

/// The questions that are asked about one session.
public interface SessionDetails {

  /// What happened in it besides its usage, by time.
  ///
  /// @param most how many to show, the earliest first
  List<Activity> happened(SessionId session, int most);

  /// What each of its subagents used, by name; the conversation itself has none. Only responses
  /// that are still kept are in it.
  Map<String, Totals> agents(SessionId session);
}
