package dev.claudometer.report.limits;

/// By what a window's usage is split.
public enum Holding {
  SESSION,
  DEVICE,
  PROJECT,
  /// The main conversation, and subagents by type.
  AGENT,
  /// Claude Code, and each task of Cowork.
  PROGRAM
}
