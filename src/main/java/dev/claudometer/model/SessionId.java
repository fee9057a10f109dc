package dev.claudometer.model;

/// A session of Claude Code: a conversation, with all its subagents. A fork has an id of its own.
///
/// @param text as transcripts have it, mostly a UUID
public record SessionId(String text) implements Comparable<SessionId> {

  /// Where nobody says which session it was.
  public static final SessionId NONE = new SessionId("");

  @Override
  public int compareTo(SessionId other) {
    return text.compareTo(other.text);
  }

  /// The id, as messages and answers show it.
  @Override
  public String toString() {
    return text;
  }
}
