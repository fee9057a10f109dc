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
    tools = tools.size() < 2 ? List.copyOf(tools) : tools.stream().distinct().sorted().toList();
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
