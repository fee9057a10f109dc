package dev.claudometer.model;

import org.jspecify.annotations.Nullable;

/// One tool call in an answer.
///
/// @param id identifies the call in every copy of the answer
/// @param name `Bash`, `Read`, `mcp__browser__screenshot`, …
public record ToolUse(String id, String name) implements Comparable<ToolUse> {

  // a record's own two are chains of method handles, which the quick compiler never makes fast
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ToolUse that && id.equals(that.id) && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return 31 * id.hashCode() + name.hashCode();
  }

  @Override
  public int compareTo(ToolUse other) {
    int byId = id.compareTo(other.id);
    return byId != 0 ? byId : name.compareTo(other.name);
  }
}
