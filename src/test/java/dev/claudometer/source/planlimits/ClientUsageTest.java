package dev.claudometer.source.planlimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.claudometer.fetch.Answer;
import dev.claudometer.fetch.Answer.Failed;
import dev.claudometer.fetch.Answer.Given;
import dev.claudometer.fetch.Answer.Reason;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.QuotaReadings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A real process on the other side, which speaks the client's protocol.
class ClientUsageTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  /// An Ultra account: no five-hour window.
  private static final String ULTRA =
      """
      {"type":"control_response","response":{"subtype":"success","request_id":"usage","response":\
      {"session":{"total_cost_usd":0},"subscription_type":"ultra","rate_limits_available":true,\
      "rate_limits":{"five_hour":null,"seven_day":{"utilization":41.5,\
      "resets_at":"2026-11-24T09:00:00.4+00:00"},"model_scoped":[{"display_name":"Fable",\
      "utilization":53,"resets_at":"2026-11-24T09:00:00Z"}],"limits":[{"kind":"weekly_scoped",\
      "percent":12,"resets_at":"2026-11-24T09:00:00Z","scope":{"model":{"display_name":"Opus"}}}]}}}}\
      """;

  @TempDir private Path directory;

  @Test
  void windowsAreThoseThatTheClientTells() throws Exception {
    Path said = directory.resolve("said");
    Path log = directory.resolve("log");
    Files.writeString(said, "not JSON\n[1]\n{\"type\":\"system\"}\n" + ULTRA + "\n");
    String script =
        """
        printf '%%s\\n' "$PWD" "$CLAUDE_CONFIG_DIR" "$@" > %s
        while read -r line; do
          case $line in
            *'"get_usage"'*) cat %s ;;
          esac
        done
        """;
    var usage =
        new ClientUsage(
            program(script.formatted(log, said)), directory.resolve("c"), Duration.ofSeconds(120));
    assertThat(((Given<QuotaReadings>) usage.ask(NOW)).value().limits())
        .extracting(LimitReading::window, LimitReading::utilization, LimitReading::origin)
        .containsExactly(
            tuple("seven_day", 0.415, "get_usage"),
            tuple("weekly_scoped:Opus", 0.12, "get_usage"),
            tuple("weekly_scoped:Fable", 0.53, "get_usage"));
    assertThat(Files.readAllLines(log))
        .startsWith(
            System.getProperty("java.io.tmpdir"),
            directory.resolve("c").toString(),
            "-p",
            "--input-format",
            "stream-json")
        .contains("--no-session-persistence");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exit 1 | UNKNOWN | ended without an answer",
        "read -r x; echo nonsense | UNKNOWN | ended without an answer",
        "exec sleep 60 | UNREACHABLE | within 2 seconds",
        "sh -c 'sleep 60'; true | UNREACHABLE | within 2 seconds",
        "exec yes | UNREADABLE | cannot be read",
        "read -r x; echo"
            + " '{\"type\":\"control_response\",\"response\":{\"subtype\":\"error\",\"request_id\":\"usage\",\"error\":\"429\"}}'"
            + " | BUSY | could not tell: 429",
        "read -r x; echo"
            + " '{\"type\":\"control_response\",\"response\":{\"subtype\":\"success\",\"request_id\":\"usage\",\"response\":{\"rate_limits_available\":false,\"rate_limits\":null}}}'"
            + " | FORBIDDEN | log in with a subscription",
        "read -r x; echo"
            + " '{\"type\":\"control_response\",\"response\":{\"subtype\":\"success\",\"request_id\":\"usage\",\"response\":{\"rate_limits_available\":true,\"rate_limits\":7}}}'"
            + " | UNREADABLE | unexpected",
      })
  void failureIsASentence(String script, Reason reason, String sentence) throws Exception {
    Set<ProcessHandle> others = ProcessHandle.current().children().collect(Collectors.toSet());
    var patience = Duration.ofSeconds(sentence.contains("within") ? 2 : 120);
    Answer<QuotaReadings> answer = new ClientUsage(program(script), null, patience).ask(NOW);
    assertThat(answer).isInstanceOf(Failed.class);
    assertThat(((Failed<QuotaReadings>) answer).reason()).isEqualTo(reason);
    assertThat(((Failed<QuotaReadings>) answer).sentence()).contains(sentence);
    Set<ProcessHandle> started = ProcessHandle.current().children().collect(Collectors.toSet());
    started.removeAll(others);
    for (ProcessHandle each : started) {
      // it was killed: the system may take a moment
      each.onExit().get(120, TimeUnit.SECONDS);
    }
  }

  @Test
  void clientThatIsNotThereIsSaid() throws InterruptedException {
    Answer<QuotaReadings> answer =
        new ClientUsage(directory.resolve("none").toString(), null, Duration.ofSeconds(2)).ask(NOW);
    assertThat(((Failed<QuotaReadings>) answer).sentence()).contains("CLAUDOMETER_CLAUDE");
  }

  private String program(String script) throws IOException {
    Path program = directory.resolve("claude");
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program.toString();
  }
}
