package dev.claudometer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.app.config.Variable;
import dev.claudometer.app.config.Variable.Kind;
import dev.claudometer.app.config.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The list of environment variables: that nothing else is read, that the commands which it names
/// are those that read, and the page that is made from it.
class ConfigurationTest {

  private static final Path PAGE = Path.of("docs/configuration.md");
  private static final String LAUNCHER = "the launcher";

  /// What scripts take from each other, or from the shell, and nobody sets.
  private static final Set<String> OF_SCRIPTS =
      Set.of("LC_ALL", "OPTIND", "PWD", "IFS", "BASH_VERSION", "LASTEXITCODE");

  @TempDir private Path directory;

  private static List<Variable> all() {
    return Variables.BY_TOPIC.values().stream().flatMap(List::stream).toList();
  }

  @Test
  void eachVariableStandsOnce() {
    assertThat(all()).extracting(Variable::name).doesNotHaveDuplicates();
  }

  @Test
  void readersAreCommands() {
    assertThat(all())
        .flatExtracting(Variable::readers)
        .filteredOn(reader -> !reader.equals(Variable.EVERY) && !reader.equals(LAUNCHER))
        .extracting(reader -> run(reader + " --help").code())
        .containsOnly(0);
  }

  private CommandRun run(String line) {
    return CommandRun.of(directory, Map.of(), List.of(line.split(" ")));
  }

  /// All ways and services, so that all their variables are asked for.
  private static final Map<String, String> EVERYTHING =
      Map.of(
          "CLAUDOMETER_LIMITS", "get_usage,oauth,claude.ai,openrouter,copilot",
          "COOKIEJAR_URL", "http://127.0.0.1:1",
          "REDIS_ENABLED", "true",
          "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1");

  @Test
  void commandsReadWhatTheListSaysTheyRead() {
    assertThat(reads("serve", "--listen", "0.0.0.0")).isEqualTo(listed("serve"));
    assertThat(reads("export", "local", "--listen", "0.0.0.0")).isEqualTo(listed("export local"));
    assertThat(reads("export", "org", "--listen", "0.0.0.0")).isEqualTo(listed("export org"));
    assertThat(reads("export", "limits", "--listen", "0.0.0.0")).isEqualTo(listed("export limits"));
    assertThat(reads("limits", "--offline")).isEqualTo(listed("limits"));
    assertThat(reads("org", "daily", "--offline")).isEqualTo(listed("org"));
    String copy = directory.resolve("copy").toString();
    assertThat(reads("backup", copy)).isEqualTo(listed("backup"));
    assertThat(reads("restore", copy)).isEqualTo(listed("restore"));
    assertThat(reads("daily")).isEqualTo(Set.of());
  }

  private static Set<String> listed(String command) {
    return names(variable -> variable.kind() != Kind.PLAIN && variable.readers().contains(command));
  }

  /// What a command reads that may be given in a file. Names that are not on the list are an error.
  private Set<String> reads(String... arguments) {
    Set<String> read = new TreeSet<>();
    var environment =
        new HashMap<String, String>(EVERYTHING) {
          private static final long serialVersionUID = 1L;

          @Override
          public String getOrDefault(Object name, String usual) {
            read.add(String.valueOf(name));
            return super.getOrDefault(name, usual);
          }
        };
    environment.put("XDG_STATE_HOME", directory.toString());
    CommandRun.of(directory, environment, "", CommandRun.NOW, arguments);
    return read.stream()
        .filter(name -> !name.endsWith("_FILE"))
        .map(Variables::named)
        .filter(variable -> variable.kind() != Kind.PLAIN)
        .map(Variable::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static final Pattern NAME = Pattern.compile("\"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\"");

  /// What looks like a variable's name in the code is one on the list, or no variable at all.
  @Test
  void codeNamesNoOtherVariable() throws IOException {
    Set<String> known = names(_ -> true);
    List<String> strange = new ArrayList<>();
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      for (Path source : sources.filter(path -> path.toString().endsWith(".java")).toList()) {
        NAME.matcher(Files.readString(source, UTF_8))
            .results()
            .map(found -> found.group(1))
            .filter(name -> !known.contains(name))
            .forEach(name -> strange.add(source.getFileName() + ": " + name));
      }
    }
    assertThat(strange).isEmpty();
  }

  @Test
  void scriptsReadWhatTheListSaysTheLauncherReads() throws IOException {
    Set<String> read = new TreeSet<>();
    Set<String> assigned = new TreeSet<>(OF_SCRIPTS);
    for (Path script : scripts()) {
      String text = Files.readString(script, UTF_8).replaceAll("(?m)^\\s*#.*$", "");
      read.addAll(found(text, "\\$\\{?([A-Z][A-Z0-9_]+)"));
      assigned.addAll(found(text, "(?m)(?:^|[ ;])([A-Z][A-Z0-9_]+)="));
    }
    Set<String> listed = names(_ -> true);
    assertThat(read)
        .allMatch(
            name -> listed.contains(name.replaceFirst("_FILE$", "")) || assigned.contains(name));
    assertThat(read)
        .containsAll(
            names(
                variable ->
                    variable.readers().contains(LAUNCHER) && !variable.name().equals("PATH")));
  }

  private static List<Path> scripts() throws IOException {
    try (Stream<Path> bin = Files.list(Path.of("bin"))) {
      return Stream.concat(
              bin, Stream.of(Path.of("claudometer"), Path.of("claudometer-statusline")))
          .filter(Files::isRegularFile)
          // where the wrapper has put what it built
          .filter(file -> !file.toString().endsWith(".jar"))
          .toList();
    }
  }

  private static List<String> found(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().map(ConfigurationTest::first).toList();
  }

  private static String first(MatchResult result) {
    return result.group(1);
  }

  private static Set<String> names(Predicate<Variable> wanted) {
    return all().stream()
        .filter(wanted)
        .map(Variable::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// `-Ddocs.write` writes the page anew.
  @Test
  void pageIsThatOfTheList() throws IOException {
    String page = page();
    if (System.getProperty("docs.write") != null) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE, UTF_8)).isEqualTo(page);
  }

  private static final String INTRODUCTION =
      """
      # Configuration

      This page is made from the lists in `src/main/java/dev/claudometer/app/config`; a test holds it. To change it, change
      the lists and run `./mvnw test -Dtest=ConfigurationTest -Ddocs.write`.

      An option wins over its environment variable, and a variable over a file's key. Where the column says `_FILE`,
      `NAME_FILE` may name a file that holds the value of `NAME`: keep secrets in one that only its reader can open. `NAME`
      wins where both are set. Secrets are never shown, neither in messages nor in logs. Everything that is wrong is said at
      once, by the name that it was given by, before anything starts.

      What a server's administrator changes while it runs (name, time zone, retention, currency) is on its page *Settings*:
      [web.md](web.md). How an agent is set up is in its own file: [agent.md](agent.md).
      """;

  private static String page() {
    var page = new StringBuilder(INTRODUCTION);
    Variables.BY_TOPIC.forEach((topic, variables) -> page.append(section(topic, variables)));
    return page.append(FILES).append(keys()).toString();
  }

  private static String section(String topic, List<Variable> variables) {
    return "\n## "
        + topic
        + "\n\n| variable | meaning | default | read by | |\n|---|---|---|---|---|\n"
        + variables.stream().map(ConfigurationTest::row).collect(Collectors.joining());
  }

  private static String row(Variable variable) {
    String kind =
        switch (variable.kind()) {
          case PLAIN -> "";
          case FILE -> "`_FILE`";
          case SECRET -> "`_FILE`, secret";
        };
    return "| `%s` | %s | %s | %s | %s |\n"
        .formatted(
            variable.name(),
            variable.meaning(),
            variable.usual(),
            variable.readers().stream()
                .map(
                    reader ->
                        reader.contains("every") || reader.contains("the ")
                            ? reader
                            : "`" + reader + "`")
                .collect(Collectors.joining(", ")),
            kind);
  }

  private static final String FILES =
      """

      ## Files of claude-prometheus-exporter

      `serve`, `org` and `export org` also read the files that its README names,
      `/etc/claude-prometheus/claude-prometheus.json` and `~/.config/claude-prometheus.json`, and those that its code reads,
      `/etc/claude-prometheus-exporter/claude-prometheus-exporter.json` and `~/.config/claude-prometheus-exporter.json`. One
      in the home wins over one in `/etc`, and the name of the code over the README's. Other keys are named in a notice.

      | key | variable that wins |
      |---|---|
      """;

  private static String keys() {
    return all().stream()
        .filter(variable -> variable.path() != null)
        .map(variable -> "| `%s` | `%s` |\n".formatted(variable.path(), variable.name()))
        .sorted()
        .collect(Collectors.joining());
  }
}
