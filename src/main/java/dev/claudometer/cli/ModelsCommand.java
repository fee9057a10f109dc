package dev.claudometer.cli;

import dev.claudometer.cli.report.UsageReport;
import dev.claudometer.cli.surroundings.Surroundings;
import dev.claudometer.store.Dimension;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `models`: usage by model.
@Command(
    name = "models",
    description = "Usage by model, the dearest first.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ModelsCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private ReportOptions options = new ReportOptions();

  ModelsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    return SliceReport.run(
        surroundings,
        options,
        Dimension.MODEL,
        (rows, paths) ->
            new UsageReport("models", "model", "Model", false, false, rows, options.mode, paths));
  }
}
