package dev.claudometer.cli.text;

import dev.claudometer.usage.CostMode;
import java.util.List;
import java.util.Map;

/// A usage report, ready to be rendered.
///
/// @param name key of the rows in JSON: `daily`, `sessions`, …
/// @param labelKey key of a row's label in JSON: `date`, `sessionId`, …
/// @param labelTitle title of the label's column
/// @param splitByProject rows belong to projects
/// @param grouped rows are listed by project in JSON
/// @param projectPaths working directories by project name, where known
public record UsageReport(
    String name,
    String labelKey,
    String labelTitle,
    boolean splitByProject,
    boolean grouped,
    List<UsageRow> rows,
    CostMode mode,
    Map<String, String> projectPaths) {

  public UsageReport {
    rows = List.copyOf(rows);
  }

  /// A project's path where it is known, else its directory's name.
  String projectTitle(String project) {
    return projectPaths.getOrDefault(project, project);
  }
}
