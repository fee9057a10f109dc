package dev.claudometer.model;

import java.time.Instant;
import java.util.List;

/// Tokens billed for one API response, or for a part of it, as one or several of its copies tell.
///
/// @param progress true while only a parent's progress line has told of it
/// @param origin where the usage was read
/// @param tools the calls in all copies seen, by id; a part has none of its own
public record UsageEvent(
    EventKey key,
    Completion completion,
    Usage usage,
    Attribution attribution,
    boolean progress,
    Origin origin,
    List<ToolUse> tools)
    implements Observation {

  public UsageEvent {
    if (!key.isResponse()) {
      tools = List.of();
    }
    tools = ascends(tools) ? List.copyOf(tools) : tools.stream().distinct().sorted().toList();
  }

  /// Whether each comes after the one before, so that nothing is left to be put in order: mostly.
  private static boolean ascends(List<ToolUse> tools) {
    for (int i = 1; i < tools.size(); i++) {
      if (tools.get(i - 1).compareTo(tools.get(i)) >= 0) {
        return false;
      }
    }
    return true;
  }

  public Instant at() {
    return completion.at();
  }

  /// False for what the daemon of claude-code-prometheus sent: it cannot be recognised as a copy.
  public boolean hasMessageId() {
    return !(origin instanceof Origin.Sent sent && sent.sender().equals(Origin.Sent.DAEMON));
  }

  /// What is billed beside this response, and told by the same line.
  ///
  /// @param number from 1 on, the same in every copy of the response
  public UsageEvent part(int number, Usage partUsage) {
    return new UsageEvent(
        key.part(number),
        new Completion(at(), partUsage.tokens().output()),
        partUsage,
        attribution,
        progress,
        origin,
        List.of());
  }
}
