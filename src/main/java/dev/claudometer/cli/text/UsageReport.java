package dev.claudometer.cli.text;

import dev.claudometer.model.ProjectName;
import dev.claudometer.usage.CostMode;
import java.util.HashMap;
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
    Map<ProjectName, String> projectPaths) {

  public UsageReport {
    rows = List.copyOf(rows);
  }

  /// The same, with other names for some projects in tables.
  ///
  /// @param aliases by directory name
  public UsageReport titled(Map<String, String> aliases) {
    var titles = new HashMap<>(projectPaths);
    aliases.forEach((directory, title) -> titles.put(new ProjectName(directory), title));
    return new UsageReport(name, labelKey, labelTitle, splitByProject, grouped, rows, mode, titles);
  }

  /// A project's path where it is known, else its directory's name.
  String projectTitle(ProjectName project) {
    return projectPaths.getOrDefault(project, project.text());
  }
}
