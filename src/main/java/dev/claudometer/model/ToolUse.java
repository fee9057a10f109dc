package dev.claudometer.model;

/// One tool call in an answer.
///
/// @param id identifies the call in every copy of the answer
/// @param name `Bash`, `Read`, `mcp__browser__screenshot`, …
public record ToolUse(String id, String name) implements Comparable<ToolUse> {

  @Override
  public int compareTo(ToolUse other) {
    int byId = id.compareTo(other.id);
    return byId != 0 ? byId : name.compareTo(other.name);
  }
}
