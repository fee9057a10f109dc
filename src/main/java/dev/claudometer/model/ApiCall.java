package dev.claudometer.model;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A finished API call, as Claude Code's own telemetry tells it (its event `api_request`): a second
/// witness of a response, and the only one of calls that no transcript has.
///
/// @param id the request's id; for clients before 2.1.114, which tell none, what else is the call's
///   own: session, instant and place in its process's events
/// @param requestId `req_…`; empty where it is not told
/// @param session the session that asked; of a subagent its parent's. Empty where the client was
///   told to keep it to itself
/// @param at when the call had ended
/// @param duration of its last attempt
/// @param model that answered
/// @param tokens where how long the cache keeps is not told, all that was written to it is in the
///   five minutes' class
/// @param split whether it is told how long the cache keeps
/// @param fast whether fast mode was asked for
/// @param source what the call was for: `sdk`, `repl_main_thread`, `compact`, …; an open set, empty
///   for clients before 2.1.118
/// @param agent subagent id, empty for the main conversation
/// @param effort `medium`, …; empty where the model has none
/// @param cost what the client reckons that the call cost, which may hold lost attempts and an
///   advisor: never its price
public record ApiCall(
    String id,
    String requestId,
    SessionId session,
    Instant at,
    Duration duration,
    String model,
    TokenCounts tokens,
    boolean split,
    boolean fast,
    String source,
    String agent,
    String effort,
    @Nullable Usd cost)
    implements Observation {

  private static final String SUBAGENT = "agent:";

  /// Whether the call can be told apart from all others by what the API called it.
  public boolean named() {
    return !requestId.isEmpty();
  }

  /// Whether a transcript was written for the call: those of conversations and of subagents have
  /// one, helpers' calls (compaction, web search, hooks, side questions) have none.
  public boolean conversation() {
    return source.isEmpty()
        || source.equals("sdk")
        || source.startsWith("repl_main_thread")
        || subagent();
  }

  public boolean subagent() {
    return source.startsWith(SUBAGENT);
  }
}
