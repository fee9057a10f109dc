package dev.claudometer.model;

/// What Claude Code says that a response was work of; an empty string is "not told".
///
/// @param agent type of the subagent: `Explore`, `general-purpose`, …
/// @param skill that was at work: `simplify`, …
/// @param mcpServer that the response answers to: `browser`, …
public record Work(String agent, String skill, String mcpServer) {

  public static final Work UNTOLD = new Work("", "", "");
}
