package dev.claudometer.cli.install;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.claudometer.app.config.LauncherVariables;
import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.StateDirectory;
import dev.claudometer.app.process.Surroundings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `setup-statusline`: writes Claude Code's status line after asking, and puts back what was there.
@Command(
    name = "setup-statusline",
    description =
        "Show costs in Claude Code's status line: writes it to Claude Code's settings after asking."
            + " --remove puts back what was there.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class StatuslineSetupCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Option(names = "--remove", description = "Put back what was there before.")
  private boolean remove;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  public StatuslineSetupCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    var settings = ClaudeSettings.of(surroundings);
    return remove ? remove(settings) : setUp(settings);
  }

  private Integer setUp(ClaudeSettings settings) {
    String command = command();
    JsonNode before = settings.statusLine();
    if (command(before).equals(command)) {
      surroundings.out().println("Claude Code's status line is Claudometer's already.");
      return Exit.DONE;
    }
    String instead = before == null ? "" : " instead of '" + command(before) + "'";
    if (!agreed("Write '" + command + "'" + instead + " to " + settings.file() + "?")) {
      surroundings.out().println("Nothing was written.");
      return Exit.DONE;
    }
    if (!ours(before)) {
      keep(before);
    }
    settings.statusLine(command);
    surroundings.out().println("Written. It is shown from Claude Code's next answer on.");
    return Exit.DONE;
  }

  private Integer remove(ClaudeSettings settings) {
    if (!ours(settings.statusLine())) {
      surroundings
          .out()
          .println("Claude Code's status line is not Claudometer's: nothing to remove.");
      return Exit.DONE;
    }
    JsonNode before = kept();
    String what = before == null ? "Remove it" : "Put back '" + command(before) + "'";
    if (!agreed(what + " in " + settings.file() + "?")) {
      surroundings.out().println("Nothing was written.");
      return Exit.DONE;
    }
    settings.restore(before);
    forget();
    surroundings.out().println(before == null ? "Removed." : "Put back.");
    return Exit.DONE;
  }

  private boolean agreed(String question) {
    if (yes) {
      return true;
    }
    surroundings.out().print(question + " [y/N] ");
    surroundings.out().flush();
    try {
      // not closed: it is the process's own
      String answer =
          new BufferedReader(new InputStreamReader(surroundings.in(), UTF_8)).readLine();
      if (answer == null) {
        surroundings.out().println();
      }
      return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    } catch (IOException failure) {
      throw new Failed("cannot read the answer", failure);
    }
  }

  /// The script that answers in milliseconds lies beside or above the launcher.
  private String command() {
    String launcher = LauncherVariables.LAUNCHER.in(surroundings);
    if (launcher.isEmpty() || launcher.endsWith(".ps1")) {
      return "claudometer statusline";
    }
    Path script = Path.of(launcher).resolveSibling("../claudometer-statusline").normalize();
    return Files.isExecutable(script)
        ? quoted(script.toString())
        : quoted(launcher) + " statusline";
  }

  private static String quoted(String path) {
    return path.matches("[A-Za-z0-9_./-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
  }

  private static String command(@Nullable JsonNode line) {
    return line == null ? "" : line.path("command").asText(line.toString());
  }

  private static boolean ours(@Nullable JsonNode line) {
    return command(line).contains("claudometer");
  }

  private Path keeping() {
    return StateDirectory.of(surroundings).path().resolve("statusline-before.json");
  }

  private void keep(@Nullable JsonNode before) {
    if (before == null) {
      return;
    }
    try {
      StateDirectory.of(surroundings).create();
      Files.writeString(keeping(), before.toString());
    } catch (IOException failure) {
      throw new Failed("cannot keep the former status line in " + keeping(), failure);
    }
  }

  private @Nullable JsonNode kept() {
    try {
      return Files.exists(keeping()) ? ClaudeSettings.parse(Files.readString(keeping())) : null;
    } catch (IOException failure) {
      throw new Failed("cannot read the former status line in " + keeping(), failure);
    }
  }

  private void forget() {
    try {
      Files.deleteIfExists(keeping());
    } catch (IOException failure) {
      throw new Failed("cannot delete " + keeping(), failure);
    }
  }
}
