package dev.claudometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.cli.CommandTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// What the pages name is there: classes, their members, files, commands and options, and the
/// targets of links. Decision records are history and keep the names of their day; only their links
/// are followed.
class DocsTest {

  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern FENCED = Pattern.compile("(?ms)^```\\w*\n(.*?)^```");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  /// Names of others that look like those of our classes: of the JDK and of annotations, HTTP's,
  /// systemd's, Prometheus's; and examples.
  private static final Set<String> FOREIGN =
      Set.of(
          "Accept",
          "Authorization",
          "Claude",
          "Class",
          "ClaudeBillIsNotTold",
          "Dockerfile",
          "Duration",
          "Foo",
          "FooContract",
          "FooTest",
          "Host",
          "HttpOnly",
          "Instant",
          "InstantSource",
          "None",
          "NullMarked",
          "Nullable",
          "ProtectHome",
          "Secure");

  /// Options of the scripts, and those of ccusage of which the page says that they are not there.
  private static final Set<String> FOREIGN_OPTIONS =
      Set.of(
          "--claudometer",
          "--no-session-persistence",
          "--damage",
          "--days",
          "--fast",
          "--sections",
          "--keep",
          "--scale",
          "--commands",
          "--ingest",
          "--large",
          "--size",
          "--small-files");

  private final Map<String, CommandLine> commands = CommandTree.commands();
  private final Map<String, List<Path>> classes = classes();

  private static Map<String, List<Path>> classes() {
    try (Stream<Path> files =
        Stream.concat(Files.walk(Path.of("src")), Files.walk(Path.of("bench/src")))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .collect(
              Collectors.groupingBy(file -> file.getFileName().toString().replace(".java", "")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> pages() throws IOException {
    var pages = new ArrayList<Path>();
    for (String name :
        List.of(
            "README.md", "CONTRIBUTING.md", "SECURITY.md", "bench/README.md", "deploy/README.md")) {
      pages.add(Path.of(name));
    }
    try (Stream<Path> docs = Files.list(Path.of("docs"))) {
      docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }

  @Test
  void everyClassIsThere() throws IOException {
    Pattern name =
        Pattern.compile(
            "(?:dev\\.claudometer\\.)?(?:([a-z]+(?:[/.][a-z]+)*)[/.])?([A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)*)(?:\\.([a-z]\\w*)(?:\\(.*\\))?)?");
    var missing = new TreeSet<String>();
    for (Path page : pages()) {
      for (String code : spans(page)) {
        var matcher = name.matcher(code.replaceFirst("^@", ""));
        if (matcher.matches()
            && !code.endsWith(".sql")
            && !FOREIGN.contains(matcher.group(2))
            && !isThere(matcher.group(1), matcher.group(2), matcher.group(3))) {
          missing.add(page + ": " + code);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private boolean isThere(@Nullable String room, String name, @Nullable String member)
      throws IOException {
    for (Path file : classes.getOrDefault(name, List.of())) {
      if ((room == null
              || file.getParent().endsWith(Path.of("dev/claudometer", room.replace('.', '/'))))
          && (member == null || Files.readString(file).matches("(?s).*\\b" + member + "\\b.*"))) {
        return true;
      }
    }
    return false;
  }

  @Test
  void everyFileIsThere() throws IOException {
    Pattern path =
        Pattern.compile(
            "(?:\\./)?((?:src|docs|bench|bin|deploy|\\.ci|\\.mvn)/[\\w./-]+|[\\w-]+\\.(?:sh|md|xml))");
    // what a program makes is named there
    String ignored = Files.readString(Path.of(".gitignore"));
    var missing = new TreeSet<String>();
    for (Path page : pages()) {
      for (String code : spans(page)) {
        for (String word : code.split("\\s+")) {
          var matcher = path.matcher(word);
          if (matcher.matches()
              && !Files.exists(Path.of(matcher.group(1)))
              && !ignored.contains(matcher.group(1))) {
            missing.add(page + ": " + word);
          }
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    var missing = new TreeSet<String>();
    List<Path> pages = pages();
    try (Stream<Path> records = Files.list(Path.of("docs/decisions"))) {
      records.forEach(pages::add);
    }
    for (Path page : pages) {
      for (String target :
          (Iterable<String>)
              LINK.matcher(Files.readString(page)).results().map(r -> r.group(1))::iterator) {
        if (target.matches("[a-z]+:.*")) {
          continue;
        }
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        if (!Files.exists(file) || parts.length == 2 && !anchors(file).contains(parts[1])) {
          missing.add(page + ": " + target);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  /// As GitHub makes them of headings.
  private static Set<String> anchors(Path page) throws IOException {
    return Files.readString(page)
        .replaceAll("(?ms)^```.*?^```", "")
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(
            line ->
                line.replaceFirst("^#+ ", "")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  /// Each row names a test, which `everyClassIsThere` looks for, or says that there is nothing.
  @Test
  void everyRowOfTheSecurityChecklistHasATest() throws IOException {
    Pattern row = Pattern.compile("\\| (S[0-9]+) \\| [^|]+ \\| ([^|]+) \\| ([^|]*) ?\\|");
    var rows = new ArrayList<String>();
    for (String line : Files.readAllLines(Path.of("docs/security.md"))) {
      var matcher = row.matcher(line);
      if (matcher.matches()) {
        rows.add(matcher.group(1));
        assertThat(matcher.group(2))
            .as(line)
            .matches("`[A-Z]\\w+(\\.\\w+)?`(, `[A-Z]\\w+(\\.\\w+)?`)*|–");
        assertThat(matcher.group(2).equals("–"))
            .isEqualTo(matcher.group(3).contains("not in the product"));
      }
    }
    assertThat(rows).isEqualTo(IntStream.rangeClosed(1, 26).mapToObj(n -> "S" + n).toList());
  }

  @Test
  void everyCommandIsThere() throws IOException {
    var wrong = new TreeSet<String>();
    for (Path page : pages()) {
      for (String line : lines(page)) {
        var call =
            Pattern.compile("(?:^|[\\s(/;|&])claudometer (?!needs )([a-z][^\"}]*)")
                .matcher(line.replaceFirst("\\s#.*", ""));
        if (call.find()) {
          String problem = problem(call.group(1).split("\\s+"));
          if (!problem.isEmpty()) {
            wrong.add(page + ": " + line.strip() + ": " + problem);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private String problem(String... words) {
    String command = words[0];
    if (!commands.containsKey(command)) {
      return "no command " + command;
    }
    int next = 1;
    while (next < words.length && commands.containsKey(command + " " + words[next])) {
      command += " " + words[next++];
    }
    Set<String> known = options(command);
    for (; next < words.length; next++) {
      String option = words[next].replaceFirst("=.*", "");
      if (option.matches("--?[a-z][a-z-]*") && !known.contains(option)) {
        return "no option " + option;
      }
    }
    return "";
  }

  /// Of a command; a group's are those of all that is below it, of which one is meant without being
  /// named.
  private Set<String> options(String command) {
    var options = new HashSet<>(Set.of("--help", "--version"));
    commands.forEach(
        (words, line) -> {
          if (words.equals(command) || words.startsWith(command + " ")) {
            line.getCommandSpec()
                .options()
                .forEach(
                    option -> {
                      options.addAll(List.of(option.names()));
                      if (option.negatable()) {
                        options.add(option.longestName().replace("--", "--no-"));
                      }
                    });
          }
        });
    return options;
  }

  @Test
  void everyOptionIsThere() throws IOException {
    Set<String> known = new HashSet<>(FOREIGN_OPTIONS);
    commands.keySet().forEach(command -> known.addAll(options(command)));
    var missing = new TreeSet<String>();
    for (Path page : pages()) {
      for (String code : spans(page)) {
        var option = Pattern.compile("(--[a-z][a-z-]+)(?:[ =].*)?").matcher(code);
        if (option.matches() && !known.contains(option.group(1))) {
          missing.add(page + ": " + option.group(1));
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private static List<String> spans(Path page) throws IOException {
    return CODE.matcher(FENCED.matcher(Files.readString(page)).replaceAll(""))
        .results()
        .map(span -> span.group(1))
        .toList();
  }

  private static List<String> lines(Path page) throws IOException {
    var lines = new ArrayList<>(spans(page));
    FENCED
        .matcher(Files.readString(page))
        .results()
        .map(MatchResult::group)
        .flatMap(String::lines)
        .forEach(lines::add);
    return lines;
  }
}
