package dev.claudometer.cli.install;

import dev.claudometer.app.process.Exit;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `completion`: a script that makes a shell complete commands and options.
@Command(
    name = "completion",
    description =
        "Print a script that makes a shell complete commands and options: source"
            + " <(claudometer completion bash).",
    mixinStandardHelpOptions = true)
public final class CompletionCommand implements Callable<Integer> {

  enum Shell {
    BASH,
    ZSH,
    FISH,
    POWERSHELL
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "SHELL", description = "bash, zsh, fish or powershell.")
  private Shell shell = Shell.BASH;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(script(shell, spec.root().commandLine()));
    spec.commandLine().getOut().flush();
    return Exit.DONE;
  }

  private static String script(Shell shell, CommandLine root) {
    return switch (shell) {
      // picocli's script for bash loads zsh's emulation of bash by itself
      case BASH, ZSH -> AutoComplete.bash(root.getCommandName(), root);
      case FISH -> FishCompletion.of(root);
      case POWERSHELL -> PowerShellCompletion.of(root);
    };
  }
}
