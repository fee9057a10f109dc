package dev.claudometer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// The option tables of `docs/cli.md` are made from the commands. A table stands between two
/// comments; the first names the commands whose options it shows: `<!-- options: daily, weekly,
/// monthly -->`.
class CommandPageTest {

  private static final Path PAGE = Path.of("docs/cli.md");
  private static final Pattern TABLE =
      Pattern.compile("<!-- options: ([a-z, -]+) -->\n.*?<!-- end -->", Pattern.DOTALL);
  private static final String COMMON = "every report";
  private static final List<String> REPORTS =
      List.of("daily", "weekly", "monthly", "session", "blocks", "projects", "models");

  private final Map<String, Map<String, OptionSpec>> options = new LinkedHashMap<>();
  private final Set<String> common = new LinkedHashSet<>();

  CommandPageTest() {
    CommandTree.commands().forEach((words, command) -> options.put(words, options(command)));
    common.addAll(options.get(REPORTS.getFirst()).keySet());
    REPORTS.forEach(report -> common.retainAll(options.get(report).keySet()));
  }

  /// By the text that the table has of each.
  private static Map<String, OptionSpec> options(CommandLine command) {
    var options = new LinkedHashMap<String, OptionSpec>();
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (!option.usageHelp() && !option.versionHelp() && !option.hidden()) {
        options.put("| " + names(option) + " | " + meaning(option), option);
      }
    }
    return options;
  }

  private static String names(OptionSpec option) {
    List<String> names = new ArrayList<>(Arrays.asList(option.names()));
    String value = option.arity().max() > 0 ? " " + option.paramLabel().replace("|", "\\|") : "";
    names.set(names.size() - 1, names.getLast() + value);
    if (option.negatable()) {
      names.add(option.longestName().replace("--", "--no-"));
    }
    return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
  }

  private static String meaning(OptionSpec option) {
    return String.format(String.join(" ", option.description()))
        .replace("|", "\\|")
        .replaceAll("(--[a-z][a-z-]+|\\$[A-Z_]+[A-Z](/[a-z]+)?|~/\\.[a-z]+)", "`$1`")
        .replaceAll("(?<!\\w)'([^']+)'(?!\\w)", "`$1`");
  }

  @Test
  void pageHasTheOptionsOfTheCommands() throws IOException {
    String page = Files.readString(PAGE);
    String made = TABLE.matcher(page).replaceAll(table -> quoted(table(table.group(1))));
    if (System.getProperty("docs.write") != null) {
      Files.writeString(PAGE, made);
    }
    assertThat(page).as("./mvnw test -Dtest=CommandPageTest -Ddocs.write").isEqualTo(made);
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("$", "\\$");
  }

  private String table(String commands) {
    var table =
        new StringBuilder("<!-- options: " + commands + " -->\n| option | meaning |\n|---|---|\n");
    List<String> shown = commands.equals(COMMON) ? REPORTS : List.of(commands.split(", "));
    var rows = new LinkedHashSet<String>();
    shown.forEach(command -> rows.addAll(options.get(command).keySet()));
    for (String row : rows) {
      if (commands.equals(COMMON) ? common.contains(row) : !inCommon(shown, row)) {
        table.append(row).append(only(shown, row)).append(" |\n");
      }
    }
    return table.append("<!-- end -->").toString();
  }

  private boolean inCommon(List<String> shown, String row) {
    return REPORTS.containsAll(shown) && common.contains(row);
  }

  private String only(List<String> shown, String row) {
    List<String> have =
        shown.stream().filter(command -> options.get(command).containsKey(row)).toList();
    return have.size() == shown.size()
        ? ""
        : have.stream()
            .map(command -> "`" + command + "`")
            .collect(Collectors.joining(", ", " Only ", "."));
  }

  @Test
  void everyCommandsOptionsAreOnThePage() throws IOException {
    List<String> shown =
        TABLE
            .matcher(Files.readString(PAGE))
            .results()
            .flatMap(table -> Arrays.stream(table.group(1).split(", ")))
            .toList();
    assertThat(shown).doesNotHaveDuplicates().contains(COMMON);
    // another spelling of a command has the same options
    List<Set<String>> covered = new ArrayList<>(List.of(Set.of(), common));
    shown.stream()
        .filter(options::containsKey)
        .map(command -> options.get(command).keySet())
        .forEach(covered::add);
    assertThat(options).allSatisfy((_, all) -> assertThat(covered).contains(all.keySet()));
  }
}
