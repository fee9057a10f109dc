package dev.claudometer.model;

import org.jspecify.annotations.Nullable;

/// A session of Claude Code: a conversation, with all its subagents. A fork has an id of its own.
///
/// @param text as transcripts have it, mostly a UUID
public record SessionId(String text) implements Comparable<SessionId> {

  /// Where nobody says which session it was.
  public static final SessionId NONE = new SessionId("");

  // a record's own two are chains of method handles, which the quick compiler never makes fast
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SessionId that && text.equals(that.text);
  }

  /// Mixed: ids that are counted up have hashes in a row, which meet those of hours and models in
  /// keys that are sums of both.
  @Override
  public int hashCode() {
    int mixed = text.hashCode() * 0x9E3779B1;
    return mixed ^ (mixed >>> 15);
  }

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
