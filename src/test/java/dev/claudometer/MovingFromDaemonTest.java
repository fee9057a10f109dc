package dev.claudometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.agent.LocalSync;
import dev.claudometer.agent.forward.Destination;
import dev.claudometer.agent.forward.Forwarder;
import dev.claudometer.agent.forward.HttpLink;
import dev.claudometer.agent.forward.ServerLink.Answer;
import dev.claudometer.model.DeviceId;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.server.TestServer;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import dev.claudometer.source.claudecode.place.TranscriptTree;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Slice;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.quality.Quality;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import dev.claudometer.usage.Totals;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What somebody does who has used claude-code-prometheus: its daemon goes on with our server, its
/// database is imported, our agent takes the daemon's place; and back.
///
/// The home holds 50 lines of 32 responses, in four sessions, one of them a fork, with two
/// subagents. The lines come to 257,500 tokens of output, the responses to 167,480.
@Tag("long")
class MovingFromDaemonTest {

  private static final long LINES = 257_500;
  private static final long TRUTH = 167_480;

  @TempDir private Path directory;
  private Path home;
  private String url;
  private TestServer server;
  private String key;

  @BeforeEach
  void start() throws Exception {
    home = directory.resolve(".claude");
    Path from = Path.of(MovingFromDaemonTest.class.getResource("/daemon/home").toURI());
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = home.resolve(from.relativize(file).toString());
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
        Files.setLastModifiedTime(to, FileTime.from(Instant.parse("2026-11-21T01:20:00Z")));
      }
    }
    url = "file:" + directory.resolve("server.db");
    server =
        new TestServer(
            SqliteStore.database(directory.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL);
    key = server.device("laptop");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /// Without that the lines and the responses were added: 424,980.
  @Test
  void whatTheDaemonSentDoesNotCountOnceTheAgentHasToldOfIt() throws Exception {
    push();
    assertThat(total().tokens().output()).isEqualTo(LINES);
    assertThat(total().responses()).isEqualTo(50);
    agent(key);
    assertThat(total().tokens().output()).isEqualTo(TRUTH).isNotEqualTo(LINES + TRUTH);
    assertThat(total())
        .extracting(Totals::responses, sum -> sum.tokens().input(), Totals::unpriced)
        .containsExactly(32L, 187L, 0L);
    assertThat(server.store.quality().values().stream().mapToLong(Quality::givenWay)).contains(50L);
    assertThat(told("claude_tokens_total", "type=\"output\"")).isEqualTo(TRUTH);
    assertThat(told("claude_requests_total", "")).isEqualTo(32);
    assertThat(told("claude_total_tokens", "type=\"output\"")).isEqualTo(TRUTH);
    assertThat(told("claude_sessions_total", "")).isEqualTo(4);
    assertThat(server.log.after(0).toString())
        .contains("50 responses that claude-usage-daemon sent do not count");
  }

  /// D: the daemon pushes. I: its server's database is imported. A: the agent sends, with the
  /// daemon's key. C: it sends as another device, which `agent setup --code` makes.
  @ParameterizedTest
  @ValueSource(
      strings = {"DIA", "DAI", "IDA", "IAD", "ADI", "AID", "DIC", "CID", "ICD", "DDAADDIIA", "DCA"})
  void orderAndRepetitionChangeNothing(String order) throws Exception {
    for (char step : order.toCharArray()) {
      switch (step) {
        case 'D' -> push();
        case 'I' -> take();
        case 'A' -> agent(key);
        default -> agent(server.device("laptop again"));
      }
    }
    assertThat(total())
        .extracting(sum -> sum.tokens().output(), Totals::responses, sum -> sum.tokens().input())
        .containsExactly(TRUTH, 32L, 187L);
    assertThat(server.store.quality().values().stream().mapToLong(Quality::givenWay).sum())
        .isEqualTo(50);
    assertThat(server.store.verify()).isEmpty();
    assertThat(CommandRun.of(directory, List.of("verify", "--database", url)).out())
        .startsWith("Sound")
        .contains("50 responses of claude-usage-daemon not counted");
  }

  /// Its server stored each entry as often as it was sent.
  @Test
  void importSaysWhatItReadAndWhatDoesNotCount() throws Exception {
    assertThat(take()).isEqualTo(all("100 entries read: 50 stored, 50 were there already"));
    assertThat(total().tokens().output()).isEqualTo(LINES);
    assertThat(take()).isEqualTo(all("100 entries read: 0 stored, 100 were there already"));
    agent(key);
    assertThat(take()).isEqualTo(all("100 entries read: 0 stored, 100 were there already"));
    assertThat(total().tokens().output()).isEqualTo(TRUTH);
  }

  @Test
  void importAfterTheAgentSaysThatNothingOfItCounts() throws Exception {
    agent(key);
    assertThat(take())
        .isEqualTo(
            all("100 entries read: 50 stored, 50 were there already")
                .replace("\n", "; 50 do not count: the server has their transcripts\n"));
    assertThat(total().tokens().output()).isEqualTo(TRUTH);
  }

  /// What the agent has not read counts as the daemon sends it, and once when the agent is back.
  @Test
  void wayBackToTheDaemonLosesNothingAndCountsNothingTwice() throws Exception {
    push();
    agent(key);
    Path transcript =
        home.resolve("projects/-home-me-loom/f7cb0e2c-d0e8-42fa-a990-519243b9c9b4.jsonl");
    String line = Files.readString(transcript);
    Files.writeString(
        transcript,
        line
            + line.replace("2026-11-21T01:12:56.641Z", "2026-11-21T09:00:00.000Z")
                .replace("msg_01", "msg_02")
                .replace("req_01", "req_02")
                .replace("\"output_tokens\":7126", "\"output_tokens\":1000"));
    Files.setLastModifiedTime(transcript, FileTime.from(Instant.parse("2026-11-21T09:00:00Z")));
    push();
    assertThat(total().tokens().output()).isEqualTo(TRUTH + 1_000);
    agent(key);
    assertThat(total().tokens().output()).isEqualTo(TRUTH + 1_000);
    assertThat(total().responses()).isEqualTo(33);
    assertThat(server.store.verify()).isEmpty();
  }

  /// The sum of what a scrape tells.
  private long told(String family, String label) {
    return server
        .get("/api/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(family + "{") && line.contains(label))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /// The administrator takes a device's usage out; its agent does not send it again by itself.
  @Test
  void usageOfADeviceIsDeletedWithItsSumsAndNotSentAgain() throws Exception {
    agent(server.device("tower"));
    Totals tower = total();
    String admin = server.login("ada", Role.ADMIN);
    String id = server.registry.devices().list().getFirst().id().text();
    push();
    agent(key);
    assertThat(delete(admin, id, "tower", "\"" + TestServer.PASSWORD + "\"").statusCode())
        .isEqualTo(422);
    assertThat(delete(admin, id, "laptop", "\"wrong\"").statusCode()).isEqualTo(403);
    assertThat(total()).isEqualTo(tower);
    assertThat(delete(admin, id, "laptop", "\"" + TestServer.PASSWORD + "\"").statusCode())
        .isEqualTo(200);
    assertThat(server.store.verify()).isEmpty();
    assertThat(server.registry.auditLog().before(Long.MAX_VALUE, 1).getFirst().action())
        .isEqualTo("device.reset");
    assertThat(server.store.sums(TimeRange.ALL, Set.of(Dimension.DEVICE)))
        .noneMatch(slice -> slice.device().text().equals(id));
  }

  private HttpResponse<String> delete(String admin, String id, String word, String password) {
    return server.post(
        "/api/v1/devices/" + id + "/reset",
        "{\"word\":\"" + word + "\",\"password\":" + password + "}",
        "Cookie",
        admin,
        "Sec-Fetch-Site",
        "same-origin");
  }

  private void push() {
    assertThat(
            server
                .post("/api/usage", DaemonOfAnotherProgram.push(home), "X-Device-Key", key)
                .statusCode())
        .isEqualTo(200);
  }

  private static String all(String begin) {
    return begin + " or twice in the file\n";
  }

  private String take() throws SQLException, IOException {
    Path file = directory.resolve("theirs.db");
    Files.deleteIfExists(file);
    DaemonOfAnotherProgram.database(file, home, key, 2);
    CommandRun run =
        CommandRun.of(directory, List.of("import", file.toString(), "--database", url));
    assertThat(run.err()).isEmpty();
    return run.out();
  }

  /// One round of an agent that has this key; it remembers nothing.
  private void agent(String itsKey) throws Exception {
    Path local = directory.resolve("local-" + System.nanoTime() + ".db");
    try (var store = SqliteStore.open(local, PriceBook::builtIn);
        var link =
            new HttpLink(
                URI.create("http://localhost:" + server.port()), itsKey, InstantSource.system())) {
      new LocalSync(store, DeviceId.THIS, 1, (_, _) -> {})
          .sync(TranscriptTree.below(List.of(new ClaudeHome(home.resolve("projects")))));
      var forwarder =
          new Forwarder(
              store.outbox(), link, new Destination(store.outbox(), new DeviceId("d")), "test/1");
      assertThat(forwarder.round()).isInstanceOf(Answer.Taken.class);
    }
  }

  private Totals total() {
    return server.store.sums(TimeRange.ALL, Set.of()).stream()
        .map(Slice::totals)
        .reduce(Totals.ZERO, Totals::plus);
  }
}
