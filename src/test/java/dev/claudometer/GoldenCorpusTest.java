package dev.claudometer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every case below `corpus/` gives the answer that was computed by hand from the counting rules.
///
/// A case is a folder: `input/` is a Claude home (or holds several, which `homes` in
/// `expected.json` names), `later/` what the home has become by the `laterRuns`, `README.md` the
/// computation. `expected.json` lists command lines, each with what its JSON must hold at least,
/// and those that were given `before`; `${home}` stands for the copy of `input/`, `${case}` for the
/// folder.
final class GoldenCorpusTest {

  private static final Path CORPUS = Path.of("src", "test", "resources", "corpus");

  @TempDir private Path temp = Path.of("");

  /// @param folder its place in the corpus
  /// @param expected the content of its `expected.json`
  record Case(Path folder, Map<?, ?> expected) {

    Path input() {
      return folder.resolve("input");
    }

    Path later() {
      return folder.resolve("later");
    }

    /// False where copies of a file under another name are usage of their own.
    boolean copySafe() {
      return !Boolean.FALSE.equals(expected.get("copySafe"));
    }

    /// True where a line means something by its place: the last one, the first of a file.
    boolean lineOrderMatters() {
      return Boolean.TRUE.equals(expected.get("lineOrderMatters"));
    }

    @Override
    public String toString() {
      return String.valueOf(folder.getFileName());
    }
  }

  static List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    try (Stream<Path> folders = Files.list(CORPUS)) {
      for (Path folder : folders.sorted().toList()) {
        String text = Files.readString(folder.resolve("expected.json"));
        cases.add(new Case(folder, JsonText.object(text)));
      }
    }
    return cases;
  }

  static List<Case> casesInAnyLineOrder() throws IOException {
    return cases().stream().filter(one -> !one.lineOrderMatters()).toList();
  }

  static List<Case> copySafeCases() throws IOException {
    return cases().stream().filter(Case::copySafe).toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theAnswerIsTheHandComputedOneAndStaysIt(Case golden) throws IOException {
    Path home = temp.resolve("home");
    before(golden, temp.resolve("state"));
    overlay(files(golden.input()), golden.input(), home);
    check(golden, "runs", home, true);
    check(golden, "runs", home, true);
    if (Files.exists(golden.later())) {
      overlay(files(golden.later()), golden.later(), home);
      check(golden, "laterRuns", home, true);
      check(golden, "laterRuns", home, true);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void filesThatArriveOneByOneLastFirstGiveTheSameAnswer(Case golden) throws IOException {
    Path home = temp.resolve("home");
    before(golden, temp.resolve("state"));
    for (Path file : files(golden.input()).reversed()) {
      overlay(List.of(file), golden.input(), home);
      for (Path there : homes(golden, home)) {
        Files.createDirectories(there.resolve("projects"));
      }
      answer(golden, home, List.of("daily"));
    }
    check(golden, "runs", home, true);
  }

  @ParameterizedTest
  @MethodSource("copySafeCases")
  void copiesOfFilesUnderOtherNamesChangeNoTotal(Case golden) throws IOException {
    Path home = temp.resolve("home");
    before(golden, temp.resolve("state"));
    overlay(files(golden.input()), golden.input(), home);
    for (Path file : files(home)) {
      String name = file.getFileName().toString();
      if (name.endsWith(".jsonl")) {
        Files.copy(file, file.resolveSibling(name.replaceFirst("\\.jsonl$", "-copy.jsonl")));
      }
    }
    check(golden, "runs", home, false);
  }

  @ParameterizedTest
  @MethodSource("casesInAnyLineOrder")
  void linesInReverseOrderChangeNoTotal(Case golden) throws IOException {
    Path home = temp.resolve("home");
    before(golden, temp.resolve("state"));
    overlay(files(golden.input()), golden.input(), home);
    for (Path file : files(home)) {
      List<String> lines = Files.readString(file, ISO_8859_1).lines().toList();
      Files.writeString(file, String.join("\n", lines.reversed()) + "\n", ISO_8859_1);
    }
    check(golden, "runs", home, false);
  }

  /// What was done before anything was asked.
  static void before(Case golden, Path state) {
    for (Object line : list(golden.expected().get("before"))) {
      List<String> arguments =
          list(line).stream()
              .map(word -> String.valueOf(word).replace("${case}", golden.folder().toString()))
              .toList();
      CommandRun run = CommandRun.of(state, arguments);
      assertThat(run.code()).as("exit code of %s: %s", arguments, run.err()).isZero();
    }
  }

  /// @param withDoctor whether runs count that tell of files, not only of usage
  private void check(Case golden, String runs, Path home, boolean withDoctor) throws IOException {
    List<String> wrong = new ArrayList<>();
    List<?> all = list(golden.expected().get(runs));
    assertThat(all).as("%s of %s", runs, golden).isNotEmpty();
    for (Object run : all) {
      Map<?, ?> one = (Map<?, ?>) run;
      assertThat(one.get("expect")).isInstanceOf(Map.class);
      List<String> arguments = list(one.get("arguments")).stream().map(String::valueOf).toList();
      if (withDoctor || !arguments.contains("doctor")) {
        CommandRun answer = answer(golden, home, arguments);
        String out = answer.out().replace(home.toString(), "${home}");
        JsonText.lacking(one.get("expect"), JsonText.object(out))
            .forEach(line -> wrong.add(String.join(" ", arguments) + " → " + line));
      }
    }
    assertThat(wrong).as("%s of %s", runs, golden).isEmpty();
  }

  private CommandRun answer(Case golden, Path home, List<String> arguments) {
    List<String> line = new ArrayList<>(arguments);
    line.add("--json");
    for (Path one : homes(golden, home)) {
      line.add("--home");
      line.add(one.toString());
    }
    CommandRun answer = CommandRun.of(temp.resolve("state"), line);
    assertThat(answer.code()).as("exit code of %s: %s", line, answer.err()).isZero();
    return answer;
  }

  static List<Path> homes(Case golden, Path home) {
    return golden.expected().get("homes") instanceof List<?> names
        ? names.stream().map(name -> home.resolve(String.valueOf(name))).toList()
        : List.of(home);
  }

  static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  static List<Path> files(Path below) throws IOException {
    try (Stream<Path> walk = Files.walk(below)) {
      return walk.filter(Files::isRegularFile).sorted(Comparator.naturalOrder()).toList();
    }
  }

  static void overlay(List<Path> files, Path from, Path to) throws IOException {
    for (Path file : files) {
      Path target = to.resolve(from.relativize(file).toString());
      Files.createDirectories(target.getParent());
      Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
