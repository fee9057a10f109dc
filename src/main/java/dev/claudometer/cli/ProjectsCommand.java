package dev.claudometer.cli;

import dev.claudometer.cli.report.UsageReport;
import dev.claudometer.cli.surroundings.Surroundings;
import dev.claudometer.store.Dimension;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `projects`: usage by project.
@Command(
    name = "projects",
    description = "Usage by project, the dearest first.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ProjectsCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private ReportOptions options = new ReportOptions();

  ProjectsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    return SliceReport.run(
        surroundings,
        options,
        Dimension.PROJECT,
        (rows, paths) ->
            new UsageReport(
                "projects", "projectPath", "Project", false, false, rows, options.mode, paths));
  }
}
