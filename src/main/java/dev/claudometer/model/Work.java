package dev.claudometer.model;

import org.jspecify.annotations.Nullable;

/// What Claude Code says that a response was work of; an empty string is "not told".
///
/// @param agent type of the subagent: `Explore`, `general-purpose`, …
/// @param skill that was at work: `simplify`, …
/// @param mcpServer that the response answers to: `browser`, …
public record Work(String agent, String skill, String mcpServer) {

  public static final Work UNTOLD = new Work("", "", "");

  // a record's own two are chains of method handles, which the quick compiler never makes fast
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Work that
        && agent.equals(that.agent)
        && skill.equals(that.skill)
        && mcpServer.equals(that.mcpServer);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * agent.hashCode() + skill.hashCode()) + mcpServer.hashCode();
  }
}
