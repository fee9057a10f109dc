package dev.claudometer.cli;

import java.util.Set;

/// The reports that are answered from the store alone.
final class ReportNames {

  static final Set<String> OF_THE_STORE =
      Set.of(
          "daily",
          "weekly",
          "monthly",
          "session",
          "blocks",
          "projects",
          "models",
          "branches",
          "agents",
          "skills",
          "tools",
          "mcp");

  private ReportNames() {}
}
