package dev.claudometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.ApiCall;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.server.TestServer;
import dev.claudometer.server.TestServer.Setup;
import dev.claudometer.store.Batch;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What transcripts tell and what only telemetry tells, apart. Haiku 4.5 is $1 and $5 a million
/// tokens: the transcript's 1,000 and 100 tokens are $0.0015, and the 2,000 and 400 of a compaction
/// that telemetry told of are $0.004.
final class SourcesTest {

  private static final String DAY = "from=2026-11-20&to=2026-11-20&tz=UTC";

  @TempDir Path temp = Path.of("");

  @BeforeEach
  void transcriptAndTelemetry() throws IOException {
    Path project = Files.createDirectories(temp.resolve("home/projects/p"));
    Files.writeString(
        project.resolve("s.jsonl"),
        """
        {"type":"assistant","uuid":"u1","sessionId":"s","timestamp":"2026-11-20T10:00:00.000Z",\
        "requestId":"req_1","message":{"id":"msg_1","model":"claude-haiku-4-5","role":"assistant",\
        "stop_reason":"end_turn","usage":{"input_tokens":1000,"output_tokens":100}}}
        """);
    run("daily");
    var call =
        new ApiCall(
            "req_2",
            "req_2",
            new SessionId("s"),
            Instant.parse("2026-11-20T10:05:00Z"),
            Duration.ofSeconds(3),
            "claude-haiku-4-5",
            new TokenCounts(2_000, 400, 0, 0, 0),
            true,
            false,
            "compact",
            "",
            "",
            null);
    try (UsageStore store = SqliteStore.open(database(), PriceBook::builtIn)) {
      store.append(
          new Batch(
              DeviceId.THIS,
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              List.of(call),
              List.of(),
              null));
    }
  }

  @Test
  void reportsTellThemApart() throws IOException {
    for (String report : List.of("daily", "monthly", "session", "models", "projects", "branches")) {
      assertThat(totals(report)).as(report).isEqualTo("2 3000 500 0.0055");
      assertThat(totals(report, "--source", "transcripts"))
          .as(report)
          .isEqualTo("1 1000 100 0.0015");
      assertThat(totals(report, "--source", "telemetry")).as(report).isEqualTo("1 2000 400 0.004");
    }
  }

  @Test
  void responsesAndBlocksOfASessionAreTheirs() throws IOException {
    assertThat(GoldenCorpusTest.list(json("session", "s", "--source", "telemetry").get("entries")))
        .hasSize(1)
        .first()
        .asString()
        .contains("compact");
    assertThat(GoldenCorpusTest.list(json("blocks", "--source", "transcripts").get("blocks")))
        .first()
        .asString()
        .contains("inputTokens=1000,");
  }

  @Test
  void wrongSourceIsSaid() {
    CommandRun run = run("daily", "--source", "paper");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--source").contains("transcripts");
  }

  @Test
  void serverTellsThemApart() throws IOException {
    try (var server =
        new TestServer(SqliteStore.database(database(), Durability.PROCESS), Setup.USUAL)) {
      server.clock(CommandRun.NOW);
      String cookie = server.login("ada", Role.ADMIN);
      for (String source : List.of("all 3000", "transcripts 1000", "telemetry 2000")) {
        String name = source.substring(0, source.indexOf(' '));
        BigDecimal input = new BigDecimal(source.substring(source.indexOf(' ') + 1));
        for (String path :
            List.of("usage?", "overview?", "timeseries?step=hour&", "timeseries?step=day&")) {
          String body =
              server.get("/api/v1/" + path + DAY + "&source=" + name, "Cookie", cookie).body();
          assertThat(input(JsonText.object(body))).as(path + name + body).isEqualTo(input);
        }
      }
      for (String path : List.of("sessions?", "sessions?" + DAY + "&", "branches?" + DAY + "&")) {
        String body = server.get("/api/v1/" + path + "source=telemetry", "Cookie", cookie).body();
        assertThat(body).as(path).contains("\"input\":2000");
      }
      String responses =
          server.get("/api/v1/responses?" + DAY + "&source=telemetry", "Cookie", cookie).body();
      assertThat(responses).contains("req_2").doesNotContain("req_1");
      assertThat(server.get("/api/v1/usage?source=paper", "Cookie", cookie).statusCode())
          .isEqualTo(422);
    }
  }

  @Test
  void whoToldOfADeletedResponseIsNotGuessed() throws IOException {
    try (UsageStore store = SqliteStore.open(database(), PriceBook::builtIn)) {
      store.forget(Instant.parse("2026-11-21T00:00:00Z"));
    }
    CommandRun run = run("daily", "--source", "telemetry");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("2026-11-21").contains("--since");
    assertThat(totals("models")).isEqualTo("2 3000 500 0.0055");
  }

  /// The sum of all that is said of input.
  private static BigDecimal input(Map<?, ?> answer) {
    if (answer.get("totals") instanceof Map<?, ?> totals) {
      return (BigDecimal) totals.get("input");
    }
    Object parts = answer.containsKey("shares") ? answer.get("shares") : answer.get("points");
    BigDecimal sum = BigDecimal.ZERO;
    for (Object part : GoldenCorpusTest.list(parts)) {
      sum = sum.add((BigDecimal) ((Map<?, ?>) ((Map<?, ?>) part).get("totals")).get("input"));
    }
    return sum;
  }

  /// Responses, input and output tokens, dollars.
  private String totals(String... arguments) throws IOException {
    Map<?, ?> totals = (Map<?, ?>) json(arguments).get("totals");
    return Stream.of("responses", "inputTokens", "outputTokens", "totalCost")
        .map(name -> ((BigDecimal) totals.get(name)).stripTrailingZeros().toPlainString())
        .reduce((one, other) -> one + " " + other)
        .orElseThrow();
  }

  private Map<?, ?> json(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    CommandRun run = run(all.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return JsonText.object(run.out());
  }

  private CommandRun run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--timezone", "UTC", "--home", temp.resolve("home").toString()));
    return CommandRun.of(temp.resolve("state"), all);
  }

  private Path database() throws IOException {
    try (Stream<Path> files = Files.walk(temp.resolve("state"))) {
      return files.filter(file -> file.toString().endsWith(".db")).findFirst().orElseThrow();
    }
  }
}
