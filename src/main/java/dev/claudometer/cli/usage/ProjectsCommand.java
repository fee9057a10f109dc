package dev.claudometer.cli.usage;

import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.options.PrintsJson;
import dev.claudometer.cli.options.ReportOptions;
import dev.claudometer.cli.text.UsageReport;
import dev.claudometer.report.Split;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `projects`: usage by project.
@Command(
    name = "projects",
    description = "Usage by project, most expensive first.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ProjectsCommand implements Callable<Integer>, PrintsJson {

  private final Surroundings surroundings;

  @Mixin private ReportOptions options = new ReportOptions();

  public ProjectsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void printJson() {
    options.form.json = true;
  }

  @Override
  public Integer call() {
    return SliceReport.run(
        surroundings,
        options,
        Split.PROJECT,
        (rows, paths) ->
            new UsageReport(
                "projects", "projectPath", "Project", false, false, rows, options.mode, paths));
  }
}
