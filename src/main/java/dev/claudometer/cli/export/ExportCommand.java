package dev.claudometer.cli.export;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `export`: metrics for other systems.
@Command(
    name = "export",
    description =
        "Serve metrics: 'export local' for this machine, 'export limits' for plans and quotas,"
            + " 'export org' for what Anthropic billed an organisation.",
    mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "export needs a verb: 'local', 'limits' or 'org'");
  }
}
