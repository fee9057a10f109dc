package dev.claudometer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.WrongUsage;
import dev.claudometer.cli.options.PrintedVersion;
import dev.claudometer.cli.options.ProjectOptions;
import dev.claudometer.cli.options.ReportOptions;
import dev.claudometer.cli.usage.PeriodCommand;
import dev.claudometer.pricing.PriceFileException;
import dev.claudometer.store.StoreException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The root command: finds the command that is asked for, runs it, and answers with an exit code.
@Command(
    name = "claudometer",
    description = "What you use of Claude and what it costs, exactly. Without a command: daily.",
    mixinStandardHelpOptions = true,
    versionProvider = PrintedVersion.class,
    sortOptions = false)
public final class Claudometer implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private ReportOptions options = new ReportOptions();

  @Mixin private ProjectOptions projects = new ProjectOptions();

  private Claudometer(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /// Runs a command line.
  ///
  /// @return 0 done, 1 failed or incomplete, 2 wrong usage
  public static int run(Surroundings surroundings, String... arguments) {
    int code = commandLine(surroundings, arguments).execute(arguments);
    surroundings.out().flush();
    return code == Exit.DONE && surroundings.out().checkError() ? Exit.FAILED : code;
  }

  private static CommandLine commandLine(Surroundings surroundings, String... arguments) {
    var line = new CommandLine(new Claudometer(surroundings));
    Commands.wanted(arguments)
        .forEach((name, make) -> line.addSubcommand(name, make.apply(surroundings)));
    // a project's name begins with a dash
    line.setAllowOptionsAsOptionParameters(true);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(false);
    line.setOut(new PrintWriter(surroundings.out(), true, UTF_8));
    line.setErr(new PrintWriter(surroundings.err(), true, UTF_8));
    line.setParameterExceptionHandler((wrong, _) -> wrongUsage(surroundings, wrong));
    line.setExecutionExceptionHandler((failure, _, _) -> failed(surroundings, failure));
    return line;
  }

  @Override
  public Integer call() {
    return new PeriodCommand.Daily(surroundings, options, projects).call();
  }

  private static int wrongUsage(Surroundings surroundings, ParameterException wrong) {
    String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
    String message = String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
    surroundings.err().println("claudometer: " + message + " (see '" + command + " --help')");
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      UnmatchedArgumentException.printSuggestions(
          unmatched, new PrintWriter(surroundings.err(), true, UTF_8));
    }
    return Exit.WRONG_USAGE;
  }

  private static int failed(Surroundings surroundings, Exception failure) throws Exception {
    switch (failure) {
      case WrongUsage wrong -> {
        surroundings.err().println("claudometer: " + wrong.getMessage());
        return Exit.WRONG_USAGE;
      }
      case Failed failed -> surroundings.err().println("claudometer: " + failed.getMessage());
      case PriceFileException prices ->
          surroundings.err().println("claudometer: " + prices.getMessage());
      case StoreException store -> surroundings.err().println("claudometer: " + store.getMessage());
      default -> throw failure;
    }
    return Exit.FAILED;
  }
}
