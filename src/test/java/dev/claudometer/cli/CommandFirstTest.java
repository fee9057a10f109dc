package dev.claudometer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.app.process.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// An option counts wherever it stands: before the command, after it, between a command and its
/// verb. What is tested comes from the commands' own model, so a new option is tested by itself.
class CommandFirstTest {

  private static final String LINE =
      """
      {"type":"assistant","sessionId":"s-1","uuid":"u%1$d","timestamp":"2026-%2$s",\
      "requestId":"req_%1$d","message":{"id":"msg_%1$d","role":"assistant","model":"%3$s",\
      "stop_reason":"end_turn","content":[],"usage":{"input_tokens":1000,"output_tokens":%1$d}}}
      """;

  /// Commands that answer from the store and end.
  private static final Set<String> REPORTS =
      Set.of(
          "daily",
          "weekly",
          "monthly",
          "session",
          "blocks",
          "projects",
          "models",
          "doctor",
          "verify",
          "explain",
          "branches",
          "tools",
          "mcp",
          "live",
          "claude daily",
          "claude session");

  /// A value for each option that takes one, by the label that the help shows.
  private static final Map<String, String> VALUES =
      Map.ofEntries(
          Map.entry("DATE", "2026-11-02"),
          Map.entry("ZONE", "Asia/Tokyo"),
          Map.entry("asc|desc", "desc"),
          Map.entry("auto|calculate|display", "display"),
          Map.entry("TAG", "de-DE"),
          Map.entry("NAME", "-w-app"),
          Map.entry("DAY", "monday"),
          Map.entry("ID", "s-1"),
          Map.entry("N|max", "500"),
          Map.entry("HOURS", "3"),
          Map.entry("N", "1"),
          Map.entry("FILTER", ".totals"));

  private static final CommandLine ALL =
      Claudometer.all(
          surroundings(Path.of(""), new ByteArrayOutputStream(), new ByteArrayOutputStream()));

  @TempDir Path home = Path.of("");

  @TestFactory
  Stream<DynamicTest> everyOptionOfEveryCommandMayStandBeforeIt() {
    return leaves(ALL, List.of())
        .flatMap(
            leaf ->
                leaf.line().getCommandSpec().options().stream()
                    .flatMap(option -> Stream.of(option.names()))
                    .map(
                        name ->
                            DynamicTest.dynamicTest(name + leaf.path(), () -> first(leaf, name))));
  }

  private record Leaf(List<String> path, CommandLine line) {}

  private static Stream<Leaf> leaves(CommandLine line, List<String> path) {
    Stream<Leaf> below =
        line.getSubcommands().entrySet().stream()
            .flatMap(
                sub -> {
                  List<String> longer = new ArrayList<>(path);
                  longer.add(sub.getKey());
                  return leaves(sub.getValue(), longer);
                });
    return path.isEmpty() ? below : Stream.concat(Stream.of(new Leaf(path, line)), below);
  }

  private void first(Leaf leaf, String name) {
    OptionSpec option = leaf.line().getCommandSpec().findOption(name);
    List<String> given = new ArrayList<>(List.of(name));
    for (int i = 0; i < option.arity().min(); i++) {
      given.add("x");
    }
    List<String> wanted = new ArrayList<>(leaf.path());
    wanted.addAll(given);
    for (int place = 0; place <= leaf.path().size(); place++) {
      List<String> typed = new ArrayList<>(leaf.path());
      typed.addAll(place, given);
      assertThat(CommandFirst.arrange(ALL, typed)).as("%s", typed).isEqualTo(wanted);
    }
  }

  @TestFactory
  Stream<DynamicTest> reportsSayTheSameWhereverAnOptionStands() throws IOException {
    transcripts();
    return leaves(ALL, List.of())
        .filter(leaf -> REPORTS.contains(String.join(" ", leaf.path())))
        .flatMap(
            leaf ->
                leaf.line().getCommandSpec().options().stream()
                    .filter(option -> !option.hidden())
                    .map(
                        option ->
                            DynamicTest.dynamicTest(
                                option.longestName() + " " + leaf.path(),
                                () -> same(leaf.path(), option))));
  }

  private void same(List<String> path, OptionSpec option) {
    List<String> given = new ArrayList<>(List.of(option.longestName()));
    if (option.arity().min() > 0) {
      given.add(value(option));
    }
    List<String> subject = path.contains("explain") ? List.of("2026-11-02") : List.of();
    List<String> before = new ArrayList<>(given);
    before.addAll(path);
    before.addAll(subject);
    List<String> after = new ArrayList<>(path);
    after.addAll(subject);
    after.addAll(given);
    assertThat(run(before)).isEqualTo(run(after));
  }

  private String value(OptionSpec option) {
    return switch (option.paramLabel()) {
      case "DIR" -> home.resolve(".claude").toString();
      case "URL" -> "file:" + home.resolve("server.db");
      default -> VALUES.getOrDefault(option.paramLabel(), "1");
    };
  }

  @Test
  void aPeriodBeforeTheCommandIsAPeriod() throws IOException {
    transcripts();
    assertThat(run(List.of("--since", "2026-11-02", "--json", "daily")).out())
        .contains("2026-11-02")
        .doesNotContain("2026-11-01");
  }

  @Test
  void whatIsWrongBeforeTheCommandIsWrong() throws IOException {
    transcripts();
    assertThat(run(List.of("--since", "garbage", "daily")).code()).isEqualTo(2);
    assertThat(run(List.of("--timezone", "Nowhere/X", "daily")).code()).isEqualTo(2);
    assertThat(run(List.of("--mode=guess", "session")).code()).isEqualTo(2);
    Answer foreign = run(List.of("--since", "2026-11-02", "prices"));
    assertThat(foreign.code()).isEqualTo(2);
    assertThat(foreign.err()).contains("'--since'").contains("claudometer prices --help");
  }

  @Test
  void valuesThatAreCommandsAreValues() {
    assertThat(arranged("--project", "daily", "weekly"))
        .containsExactly("weekly", "--project", "daily");
    assertThat(arranged("-i", "session", "session")).containsExactly("session", "-i", "session");
    assertThat(arranged("session", "daily")).containsExactly("session", "daily");
    assertThat(arranged("--project=daily", "monthly"))
        .containsExactly("monthly", "--project=daily");
  }

  @Test
  void shortOptionsInOneWordKeepTheirValue() {
    assertThat(arranged("-jo", "desc", "daily")).containsExactly("daily", "-jo", "desc");
    assertThat(arranged("-jodesc", "daily")).containsExactly("daily", "-jodesc");
    assertThat(arranged("-jb", "blocks")).containsExactly("blocks", "-jb");
  }

  @Test
  void verbsAreFoundBehindOptions() {
    assertThat(arranged("--json", "org", "monthly")).containsExactly("org", "monthly", "--json");
    assertThat(arranged("org", "--by", "owner", "monthly"))
        .containsExactly("org", "monthly", "--by", "owner");
    assertThat(arranged("--port", "9000", "export", "local"))
        .containsExactly("export", "local", "--port", "9000");
    assertThat(arranged("--home", "claude", "claude", "--json", "daily"))
        .containsExactly("claude", "daily", "--home", "claude", "--json");
  }

  private List<String> arranged(String... arguments) {
    return CommandFirst.arrange(ALL, List.of(arguments));
  }

  private void transcripts() throws IOException {
    Path project = Files.createDirectories(home.resolve(".claude/projects/-w-app"));
    Files.writeString(
        project.resolve("s-1.jsonl"),
        LINE.formatted(1, "11-01T10:01:00.000Z", "claude-opus-5-5")
            + LINE.formatted(2, "11-02T16:02:00.000Z", "claude-haiku-5-5"));
  }

  private record Answer(int code, String out, String err) {}

  private Answer run(List<String> arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int code = Claudometer.run(surroundings(home, out, err), arguments.toArray(String[]::new));
    return new Answer(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  private static Surroundings surroundings(
      Path home, ByteArrayOutputStream out, ByteArrayOutputStream err) {
    return new Surroundings(
        Map.of("XDG_STATE_HOME", home.resolve("state").toString()),
        home,
        new ByteArrayInputStream(new byte[0]),
        new PrintStream(out, false, UTF_8),
        new PrintStream(err, true, UTF_8),
        InstantSource.fixed(Instant.parse("2026-11-02T17:00:00Z")),
        ZoneOffset.UTC,
        0,
        false);
  }
}
