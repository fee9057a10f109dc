package dev.claudometer.model;

import java.time.Instant;
import java.util.List;

/// Tokens billed for one API response, as one or several of its copies tell.
///
/// @param progress true while only a parent's progress line has told of it
/// @param origin where the usage was read
/// @param tools the calls in all copies seen, by id
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
    tools = tools.size() < 2 ? List.copyOf(tools) : tools.stream().distinct().sorted().toList();
  }

  public Instant at() {
    return completion.at();
  }
}
