package dev.claudometer.source.claudecode;

import java.util.Set;

/// The types of lines that Claude Code has been seen to write.
public final class LineTypes {

  private static final int LONGEST_NAME = 80;

  /// Of these the whole record is read.
  private static final Set<String> READ =
      Set.of(
          "assistant",
          "user",
          "system",
          "progress",
          "api-request",
          "cost-state",
          "pr-link",
          "queue-operation");

  /// Of these only the type is read: none of them can hold usage.
  private static final Set<String> KNOWN =
      Set.of(
          "summary",
          "file-history-snapshot",
          "file-history-delta",
          "attachment",
          "mode",
          "permission-mode",
          "last-prompt",
          "ai-title",
          "custom-title",
          "agent-name",
          "agent-setting",
          "agent-color",
          "bridge-session",
          "frame-link",
          "fork-context-ref",
          "atis-latch",
          "artifact-autoreact-ledger",
          "artifact-comment-monitor",
          "tools-used",
          "api-request-shape",
          "api-request-blob",
          "continued-in",
          "content-replacement",
          "ended-by-model",
          "tag",
          "relocated",
          "history-suppression",
          "attribution-snapshot",
          "launched",
          "started",
          "result");

  private LineTypes() {}

  /// A type that nobody knows may hold usage.
  static boolean readWhole(String type) {
    return READ.contains(type) || !KNOWN.contains(type);
  }

  /// True where the type, without its subtype, is one of them.
  public static boolean known(String type) {
    return READ.contains(type) || KNOWN.contains(type);
  }

  /// Whether a text could be the name of a type or a field. Names are kept and sent on: what only
  /// stands in the place of one, such as a word of somebody's file, must not be.
  ///
  /// A plain loop: each line's type and version are looked at.
  static boolean couldBeAName(String text) {
    int length = text.length();
    if (length == 0 || length >= LONGEST_NAME) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (!belongsInAName(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean belongsInAName(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || "_-./".indexOf(character) >= 0;
  }
}
