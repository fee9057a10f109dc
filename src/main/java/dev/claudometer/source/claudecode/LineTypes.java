package dev.claudometer.source.claudecode;

import java.util.Set;

/// The types of lines that Claude Code has been seen to write.
public final class LineTypes {

  /// Of these the whole record is read; of the others only the type.
  private static final Set<String> READ =
      Set.of("assistant", "user", "system", "progress", "api-request", "cost-state", "pr-link");

  private static final Set<String> KNOWN =
      Set.of(
          "summary",
          "file-history-snapshot",
          "file-history-delta",
          "queue-operation",
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

  static boolean readWhole(String type) {
    return READ.contains(type);
  }

  /// True where the type, without its subtype, is one of them.
  public static boolean known(String type) {
    return READ.contains(type) || KNOWN.contains(type);
  }
}
