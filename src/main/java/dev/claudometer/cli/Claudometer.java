package dev.claudometer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.WrongUsage;
import dev.claudometer.cli.options.PeriodOptions;
import dev.claudometer.cli.options.PrintedVersion;
import dev.claudometer.cli.options.ReportOptions;
import dev.claudometer.cli.usage.PeriodCommand;
import dev.claudometer.pricing.PriceFileException;
import dev.claudometer.store.StoreException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
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

  @Mixin private PeriodOptions period = new PeriodOptions();

  /// The root where the first word is a command: no option can be the root's own, and to describe
  /// all of them to picocli takes an eighth of the time of a short command.
  @Command(name = "claudometer")
  private static final class Named {}

  Claudometer(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /// Runs a command line.
  ///
  /// @return 0 done, 1 failed or incomplete, 2 wrong usage
  public static int run(Surroundings surroundings, String... arguments) {
    List<String> typed = List.of(arguments);
    Callable<?> plain = PlainLine.command(surroundings, typed);
    int code = plain == null ? described(surroundings, typed) : call(surroundings, plain);
    surroundings.out().flush();
    return code == Exit.DONE && surroundings.out().checkError() ? Exit.FAILED : code;
  }

  private static int call(Surroundings surroundings, Callable<?> command) {
    try {
      return command.call() instanceof Integer code ? code : Exit.DONE;
    } catch (Exception failure) {
      return plainlyFailed(surroundings, failure);
    }
  }

  private static int plainlyFailed(Surroundings surroundings, Exception failure) {
    try {
      return failed(surroundings, failure);
    } catch (Exception unexpected) {
      unexpected.printStackTrace(surroundings.err());
      return Exit.FAILED;
    }
  }

  /// Runs a command line that picocli reads.
  private static int described(Surroundings surroundings, List<String> typed) {
    Map<String, Function<Surroundings, Object>> wanted = Commands.wanted(typed);
    Object root =
        !typed.isEmpty()
                && wanted.size() < Commands.ALL.size()
                && wanted.containsKey(typed.getFirst())
            ? new Named()
            : new Claudometer(surroundings);
    CommandLine line = commandLine(surroundings, root, wanted);
    return line.execute(CommandFirst.arrange(line, typed).toArray(String[]::new));
  }

  /// All commands with all their options.
  public static CommandLine all(Surroundings surroundings) {
    return commandLine(surroundings, new Claudometer(surroundings), Commands.ALL);
  }

  private static CommandLine commandLine(
      Surroundings surroundings,
      Object root,
      Map<String, Function<Surroundings, Object>> commands) {
    var line = new CommandLine(root);
    commands.forEach((name, make) -> line.addSubcommand(name, make.apply(surroundings)));
    Conventions.apply(line);
    line.setOut(new PrintWriter(surroundings.out(), true, UTF_8));
    line.setErr(new PrintWriter(surroundings.err(), true, UTF_8));
    line.setParameterExceptionHandler((wrong, _) -> wrongUsage(surroundings, wrong));
    line.setExecutionExceptionHandler((failure, _, _) -> failed(surroundings, failure));
    return line;
  }

  @Override
  public Integer call() {
    return new PeriodCommand.Daily(surroundings, options, period).call();
  }

  private static int wrongUsage(Surroundings surroundings, ParameterException wrong) {
    String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
    surroundings
        .err()
        .println("claudometer: " + Complaint.of(wrong) + " (see '" + command + " --help')");
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      Commands.addAll(unmatched.getCommandLine(), surroundings);
      String suggested = Complaint.suggested(unmatched);
      if (!suggested.isEmpty()) {
        surroundings.err().println(suggested);
      }
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
      case InvalidPathException path ->
          surroundings.err().println("claudometer: " + Surroundings.unwritable(path));
      case StoreException store -> surroundings.err().println("claudometer: " + store.getMessage());
      default -> throw failure;
    }
    return Exit.FAILED;
  }
}
