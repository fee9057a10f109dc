package dev.claudometer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.claudometer.agent.service.LimitSpool;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.Claudometer;
import dev.claudometer.cli.text.StatusFigures;
import dev.claudometer.cli.text.status.StatusFile;
import dev.claudometer.cli.text.status.StatusWords;
import dev.claudometer.model.LimitReading;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.source.claudecode.Lines;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The status line's script says word for word what the command says, or leaves it to the command.
@Tag("process")
class StatuslineScriptTest {

  private static final Path BIN = Path.of("bin").toAbsolutePath();

  @TempDir private Path home;
  private Path state;
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  @BeforeEach
  void usage() throws IOException {
    state = Files.createDirectories(home.resolve(".local/state/claudometer"));
    Path project = Files.createDirectories(home.resolve(".claude/projects/-home-me-x-y"));
    var lines = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      String at = now.minusSeconds(60L * i).toString().replace("Z", ".000Z");
      lines.append(Lines.answer("msg_" + i, "req_" + i, "session-1", at, 100_000)).append('\n');
    }
    Files.writeString(project.resolve("s.jsonl"), lines);
    command("{}");
    layOut(now);
  }

  /// As an agent does.
  private void layOut(Instant at) throws IOException {
    try (var store = SqliteStore.open(state.resolve("claudometer.db"), PriceBook::builtIn)) {
      Files.writeString(
          state.resolve("statusline"),
          StatusFile.text(
              StatusFigures.of(store, at, ZoneOffset.UTC),
              StatusWords.of(store, at),
              ProcessHandle.current().pid(),
              at,
              "",
              ""));
    }
  }

  private record Said(int code, String out) {}

  @ParameterizedTest
  @ValueSource(strings = {"mawk", "gawk", "original-awk", "busybox"})
  void scriptSaysWhatTheCommandSays(String awk) throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin", awk)), awk + " is not installed: not compared");
    var random = new Random(4);
    int left = 0;
    for (int i = 0; i < 60; i++) {
      Instant at = now.minusSeconds(60 - i);
      layOut(at);
      String json = json(random);
      Said said = script(awk, json);
      String command = command(json, at);
      if (said.code() == 3 && said.out().isEmpty()) {
        left++;
      } else {
        assertThat(said.code()).as(json).isZero();
        assertThat(withoutMinutes(said.out())).as(json).isEqualTo(withoutMinutes(command));
      }
    }
    assertThat(left).as("news of limits, which only the store can judge").isLessThan(30);
  }

  /// A minute may pass between the two.
  private static String withoutMinutes(String line) {
    return line.replaceAll("\\d+m left", "left");
  }

  @Test
  void whatIsUnusualOrOldIsLeftToTheCommand() throws Exception {
    String usual = "{\"cost\":{\"total_cost_usd\":1.5}}";
    assertThat(script("awk", usual).code()).isZero();
    for (String json :
        List.of(
            "",
            "no JSON",
            "{\"cost\":{\"total_cost_usd\":1.5}",
            "{\"cost\":{}}",
            "{\"cost\":{\"total_cost_usd\":1e-7}}",
            "{\"cost\":{\"total_cost_usd\":-1}}",
            "{\"model\":{\"display_name\":\"\\u001b[31m\"},\"cost\":{\"total_cost_usd\":1.5}}")) {
      assertThat(script("awk", json)).as(json).isEqualTo(new Said(3, ""));
    }
    layOut(now.minusSeconds(1_000));
    assertThat(script("awk", usual).code()).isEqualTo(3);
    layOut(now.plusSeconds(1_000));
    assertThat(script("awk", usual).code()).isEqualTo(3);
    Files.delete(state.resolve("statusline"));
    assertThat(script("awk", usual).code()).isEqualTo(3);
  }

  @Test
  void limitsAreLeftForTheAgent() throws Exception {
    assertThat(
            script(
                    "awk",
                    "{\"cost\":{\"total_cost_usd\":1},\"rate_limits\":{\"seven_day\":"
                        + "{\"used_percentage\":41.5},\"five_hour\":{\"used_percentage\":23,"
                        + "\"resets_at\":"
                        + (now.getEpochSecond() + 900)
                        + "},\"six\":{\"used_percentage\":6,\"resets_at\":1795270000}}}")
                .out())
        .endsWith("⏳ 5h 23%, 7d 42%\n");
    List<LimitReading> left = new LimitSpool(state.resolve("statusline-limits")).take();
    assertThat(left)
        .extracting(LimitReading::window)
        .containsExactly("five_hour", "seven_day", "six");
    assertThat(left).extracting(LimitReading::utilization).containsExactly(0.23, 0.415, 0.06);
    assertThat(left.get(0).resetsAt()).isEqualTo(now.plusSeconds(900));
    assertThat(left.get(1).resetsAt()).isNull();
    assertThat(new LimitSpool(state.resolve("statusline-limits")).take()).isEmpty();
  }

  @Test
  void forkIsLeftToTheCommandWhichSaysWhatTheForkCost() throws Exception {
    Path fork = home.resolve(".claude/projects/-home-me-x-y/fork.jsonl");
    String at = now.toString().replace("Z", ".000Z");
    String copy =
        Lines.answer("msg_0", "req_0", "fork", at, 100_000)
            .replaceFirst("\\{", "{\"requestSessionId\":\"session-1\",");
    Files.writeString(
        fork, copy + '\n' + Lines.answer("msg_own", "req_own", "fork", at, 100_000) + '\n');
    String json =
        "{\"session_id\":\"fork\",\"transcript_path\":\"%s\",\"cost\":{\"total_cost_usd\":90}}"
            .formatted(fork);
    assertThat(script("awk", json)).isEqualTo(new Said(3, ""));
    String own = command("{\"session_id\":\"fork\"}").replaceFirst(" session.*\\R", "");
    assertThat(command(json)).startsWith(own + " session").doesNotContain("$90.00 session");
    assertThat(script("awk", json.replace("\"fork\"", "\"session-1\"")).code()).isZero();
  }

  @Test
  void commandIsAskedWhereNoAgentRuns() throws Exception {
    Path place = Files.createDirectories(home.resolve("installed/bin"));
    Files.copy(BIN.resolve("statusline.awk"), place.resolve("statusline.awk"));
    Path script = home.resolve("installed/claudometer-statusline");
    Files.copy(BIN.resolveSibling("claudometer-statusline"), script);
    Path command = Files.writeString(place.resolve("claudometer"), "#!/bin/sh\ncat; echo $*");
    assertThat(command.toFile().setExecutable(true)).isTrue();
    String json = "{\"cost\":{\"total_cost_usd\":1.5}}";
    assertThat(run(json, script.toString()).out()).startsWith("🤖 Claude | 💰 $1.50 session / ");
    assertThat(run(json, script.toString(), "-z", "UTC").out())
        .isEqualTo(json + "\nstatusline -z UTC\n");
    Process gone = new ProcessBuilder("true").start();
    assertThat(gone.waitFor()).isZero();
    String laidOut = Files.readString(state.resolve("statusline"));
    Files.writeString(
        state.resolve("statusline"), laidOut.replaceFirst("\\d+\n", gone.pid() + "\n"));
    assertThat(run(json, script.toString()).out()).isEqualTo(json + "\nstatusline\n");
  }

  private String json(Random random) {
    String[] models = {"Opus 5.5", "Claude", "Sonnet 4.6 (1M)", "claude-opus-5"};
    String cost =
        switch (random.nextInt(4)) {
          case 0 -> Integer.toString(random.nextInt(2_000_000) / (1 + random.nextInt(100)));
          case 1 -> "0.00" + random.nextInt(100);
          case 2 -> random.nextInt(3_000) + "." + random.nextInt(1_000) + "5";
          default -> "0." + (1 + random.nextInt(99)) + "49999999999999";
        };
    String session = "s" + random.nextInt(3);
    return "{ \"hook\" : \"x\\\"}\", \"list\":[1,{\"a\":[]},\"]\"],\"session_id\":\""
        + session
        + "\",\"transcript_path\":\""
        + home.resolve(".claude/projects/-home-me-x-y/" + session + ".jsonl")
        + "\",\"model\":{\"id\":\"m\",\"display_name\":\""
        + models[random.nextInt(models.length)]
        + "\"},\"cost\":{\"total_cost_usd\":"
        + cost
        + "}"
        + (random.nextBoolean() ? ",\"effort\":{\"level\":\"high\"}" : "")
        + context(random)
        + (random.nextBoolean() ? limits(random) : "")
        + "}";
  }

  private static String context(Random random) {
    String[] versions = {
      "", ",\"version\":\"2.0.65\"", ",\"version\":\"2.1.132\"", ",\"version\":\"3.0.0-b1\""
    };
    String usage =
        random.nextBoolean()
            ? "null"
            : "{\"input_tokens\":3,\"output_tokens\":9,\"cache_read_input_tokens\":"
                + random.nextInt(250_000)
                + "}";
    return versions[random.nextInt(versions.length)]
        + ",\"context_window\":{\"total_input_tokens\":"
        + random.nextInt(300_000)
        + ",\"context_window_size\":200000,\"x\":null,\"current_usage\":"
        + usage
        + "}";
  }

  /// Of a window that has begun anew, one that runs and one that comes.
  private String limits(Random random) {
    long resets = now.getEpochSecond() + 3_600 * (random.nextInt(3) - 1) + 60;
    return ",\"rate_limits\":{\"five_hour\":{\"used_percentage\":"
        + random.nextInt(1_200) / 10.0
        + ",\"resets_at\":"
        + resets
        + "},\"weird_new\":{\"used_percentage\":7},\"spend_limit\":{\"used_percentage\":63,\"resets_at\":"
        + (now.getEpochSecond() + 86_400)
        + ",\"used_usd\":12.6,\"limit_usd\":20}}";
  }

  private Said script(String awk, String json) throws Exception {
    List<String> call = new ArrayList<>(awk.equals("busybox") ? List.of(awk, "awk") : List.of(awk));
    call.addAll(
        List.of(
            "-v",
            "figures=" + state.resolve("statusline"),
            "-v",
            "limits=" + state.resolve("statusline-limits"),
            "-v",
            "home=",
            "-v",
            "zone=",
            "-f",
            BIN.resolve("statusline.awk").toString()));
    return run(json, call.toArray(String[]::new));
  }

  private Said run(String input, String... command) throws Exception {
    var builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder
        .environment()
        .putAll(Map.of("HOME", home.toString(), "PATH", "/usr/bin:/bin", "LC_ALL", "C"));
    Process process = builder.start();
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(UTF_8));
    }
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return new Said(process.exitValue(), out);
  }

  private String command(String json) {
    return command(json, now);
  }

  private String command(String json, Instant at) {
    var out = new ByteArrayOutputStream();
    var surroundings =
        new Surroundings(
            Map.of(),
            home,
            new ByteArrayInputStream(json.getBytes(UTF_8)),
            new PrintStream(out, false, UTF_8),
            System.err,
            InstantSource.fixed(at),
            ZoneOffset.UTC,
            0,
            false);
    assertThat(Claudometer.run(surroundings, "statusline")).isZero();
    return out.toString(UTF_8);
  }
}
