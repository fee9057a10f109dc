package dev.claudometer.cli.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.claudometer.app.export.RunningExporter;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.export.otlp.PushSettings;
import dev.claudometer.export.prometheus.RealPrometheus;
import dev.claudometer.metric.Local;
import dev.claudometer.metric.Own;
import dev.claudometer.source.claudecode.Lines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the local exporter tells Prometheus, over real HTTP, of real transcripts.
class ExportLocalTest {

  private static final PushSettings NO_PUSH =
      new PushSettings(null, null, Duration.ofMinutes(1), Map.of());

  private static final Path GOLDEN = Path.of("src/test/resources/metrics/local.prom");

  /// The expressions of cc-exporter's dashboard.
  private static final String PEERS_PANELS =
      """
      sum(claude_model_input_tokens_total)
      sum(claude_model_output_tokens_total)
      sum(claude_model_cache_read_tokens_total)
      claude_messages_total
      claude_sessions_total
      claude_live_sessions
      claude_live_messages
      sum(rate(claude_model_input_tokens_total[5m])) * 60
      sum(rate(claude_model_output_tokens_total[5m])) * 60
      claude_today_messages
      claude_today_sessions
      claude_today_tool_calls
      sum by (model)(increase(claude_model_output_tokens_total[5m]))
      claude_turn_duration_seconds_bucket
      claude_live_tool_use_total
      claude_live_api_errors_total
      claude_live_api_retries_total
      claude_live_stop_reason_total
      claude_live_compact_events_total
      claude_compact_pre_tokens_sum / claude_compact_pre_tokens_count
      claude_live_web_search_total
      claude_live_web_fetch_total
      sum by (model)(claude_today_tokens)
      sum by (date, model)(claude_daily_tokens)
      claude_daily_messages
      claude_daily_sessions
      claude_daily_tool_calls
      claude_hour_sessions
      """;

  private Path directory;
  private Path home;
  private Path transcript;
  private Instant now = Instant.parse("2026-11-20T10:20:00Z");
  private RunningExporter exporter;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void start(@TempDir Path place) throws IOException {
    directory = place;
    home = place.resolve("home/.claude");
    Path project = Files.createDirectories(home.resolve("projects/-home-me-x-y"));
    transcript = project.resolve("session-1.jsonl");
    write(
        transcript,
        Lines.answer("msg_1", 40),
        Lines.answer("msg_1", 40),
        Lines.answer("msg_2", "req_2", "session-1", "2026-11-20T10:05:00.000Z", 500)
            .replace(
                "{\"type\":\"text\",\"text\":\"CANARY-7f3a\"}",
                "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"Bash\",\"input\":{}}"),
        Lines.system("u1", "turn_duration", ",\"durationMs\":20106"),
        Lines.system(
            "u2",
            "compact_boundary",
            ",\"compactMetadata\":{\"trigger\":\"auto\",\"preTokens\":120000}"));
    write(
        project.resolve("session-2.jsonl"),
        Lines.answer("msg_3", "req_3", "session-2", "2026-11-18T23:30:00.000Z", 7)
            .replace("claude-opus-5", "claude-nova-9"));
    exporter = open();
  }

  /// The transcripts begin on 19 November in Berlin and on 18 November in UTC: the 18th is
  /// nobody's. Of 3 + 2 + 1 told sessions the first 5 are added to the 2 stored ones.
  @Test
  void daysWhoseTranscriptsAreGoneAddTheirSessionsAndNotTheirTokens() throws Exception {
    exporter.close();
    write(
        home.resolve("stats-cache.json"),
        "{\"version\":5,\"dailyModelTokensVersion\":5,\"lastComputedDate\":\"2026-11-19\","
            + "\"dailyActivity\":[{\"date\":\"2026-09-01\",\"messageCount\":9,\"sessionCount\":3,"
            + "\"toolCallCount\":4},{\"date\":\"2026-11-17\",\"messageCount\":8,\"sessionCount\":2,"
            + "\"toolCallCount\":6},{\"date\":\"2026-11-18\",\"messageCount\":2,\"sessionCount\":1,"
            + "\"toolCallCount\":0}],\"dailyModelTokens\":[{\"date\":\"2026-11-17\",\"tokensByModel\":"
            + "{\"claude-opus-5\":1000}},{\"date\":\"2026-11-18\",\"tokensByModel\":{\"claude-opus-5\":"
            + "7}}],\"hourCounts\":{\"0\":1,\"9\":5}}");
    exporter = open();
    assertThat(await("claude_total_sessions 7"))
        .contains("claude_sessions_total 7\n")
        .contains("claude_hour_sessions{hour=\"09\"} 5\n")
        .contains("claude_hour_sessions{hour=\"00\"} 1\n")
        .contains("claude_daily_sessions{date=\"2026-11-17\"} 2\n")
        .contains("claude_daily_tool_calls{date=\"2026-11-17\"} 6\n")
        .contains("claude_history_tokens{model=\"claude-opus-5\",date=\"2026-11-17\"} 1000\n")
        .contains("last_computed_date=\"2026-11-19\",first_session_date=\"2026-09-01\"")
        .contains("stats_file=\"" + home.resolve("stats-cache.json") + "\"")
        .contains("claude_messages_total 3\n")
        .doesNotContain("2026-11-18\"} 7")
        .doesNotContain("{date=\"2026-09-01\"");
  }

  private static void write(Path file, String... lines) throws IOException {
    Files.writeString(
        file,
        Stream.of(lines).collect(Collectors.joining("\n", "", "\n")),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private RunningExporter open() {
    var surroundings =
        new Surroundings(
            Map.of("XDG_STATE_HOME", directory.resolve("state").toString(), "HOSTNAME", "laptop"),
            directory,
            InputStream.nullInputStream(),
            new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
            System.err,
            (InstantSource) () -> now,
            ZoneId.of("UTC"),
            0,
            false);
    return RunningExporter.start(
        surroundings,
        new RunningExporter.Configuration(
            List.of(home),
            InetAddress.getLoopbackAddress(),
            0,
            ZoneId.of("Europe/Berlin"),
            NO_PUSH));
  }

  @AfterEach
  void stop() {
    client.close();
    exporter.close();
  }

  private String scrape() throws Exception {
    return get("/metrics").body();
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://localhost:" + exporter.port() + path));
    return client.send(
        (headers.length == 0 ? request : request.headers(headers)).build(),
        BodyHandlers.ofString());
  }

  private String await(String line) throws Exception {
    String scrape = "";
    for (int i = 0; i < 1_200; i++) {
      scrape = scrape();
      if (scrape.contains(line)) {
        return scrape;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("never: " + line + "\n" + scrape);
  }

  /// `-Ddocs.write` writes the golden anew; then read what has changed.
  @Test
  void scrapeIsTheGoldenOne() throws Exception {
    await("claudometer_sync_age_seconds{");
    String scrape =
        scrape()
            .replace(home.toString(), "HOME")
            .lines()
            .filter(
                line ->
                    !line.matches(
                        "claudometer_(scrape_duration|database_bytes|parsed_bytes|build_info).*[0-9]"))
            .collect(Collectors.joining("\n", "", "\n"));
    if (System.getProperty("docs.write") != null) {
      Files.writeString(GOLDEN, scrape);
    }
    assertThat(scrape).isEqualTo(Files.readString(GOLDEN, UTF_8));
  }

  @Test
  void everyValueHasBothNamesOfThePeer() throws Exception {
    String scrape = await("claude_messages_total 3\n");
    for (var pair : List.of(Local.INPUT_TOKENS, Local.OUTPUT_TOKENS, Local.CACHE_READ_TOKENS)) {
      assertThat(values(scrape, pair.getFirst().name()))
          .isEqualTo(values(scrape, pair.getLast().name()))
          .isNotEmpty();
    }
    assertThat(scrape).contains("claude_total_messages 3\n", "claude_total_sessions 2\n");
  }

  private static List<String> values(String scrape, String name) {
    return scrape
        .lines()
        .filter(line -> line.startsWith(name + "{"))
        .map(line -> line.substring(name.length()))
        .toList();
  }

  @Test
  void scrapingOrStartingAgainObservesNothingAgain() throws Exception {
    String turns = "claude_turn_duration_seconds_count 1\n";
    await(turns);
    assertThat(scrape())
        .contains(turns, "claude_turn_duration_seconds_sum 20.106\n")
        .contains("claude_compact_pre_tokens_count 1\n", "claude_api_errors_total 0\n");
    exporter.close();
    exporter = open();
    assertThat(await("claudometer_sync_age_seconds{")).contains(turns, "claude_messages_total 3\n");
  }

  @Test
  void linesThatAreWrittenAreThereWithTheNextScrapes() throws Exception {
    await("claude_messages_total 3\n");
    write(transcript, Lines.answer("msg_4", "req_4", "session-1", "2026-11-20T10:19:00.000Z", 60));
    assertThat(await("claude_messages_total 4\n"))
        .contains("claude_today_messages 3\n", "claude_live_messages 3\n");
  }

  @Test
  void sessionsThatEndAreNoLongerLive() throws Exception {
    assertThat(await("claude_messages_total 3\n")).contains("claude_live_sessions 1\n");
    now = now.plusSeconds(1800);
    assertThat(scrape())
        .contains("claude_live_sessions 0\n", "claude_live_messages 0\n")
        .doesNotContain("claude_live_input_tokens{", "claude_live_tool_use_total{");
  }

  @Test
  void runningClientsSayWhichSessionsAreLive() throws Exception {
    await("claude_messages_total 3\n");
    Path sessions = Files.createDirectories(home.resolve("sessions"));
    assertThat(scrape()).contains("claude_live_sessions 0\n");
    Files.writeString(
        sessions.resolve(ProcessHandle.current().pid() + ".json"),
        "{\"pid\":"
            + ProcessHandle.current().pid()
            + ",\"sessionId\":\"session-2\",\"updatedAt\":1}");
    Files.writeString(sessions.resolve("1.abc.key"), "a secret");
    Files.writeString(sessions.resolve("99999999.json"), "{\"pid\":99999999,\"sessionId\":\"x\"}");
    Files.writeString(sessions.resolve("7.json"), "{half");
    assertThat(scrape()).contains("claude_live_sessions 1\n", "claude_live_messages 1\n");
  }

  @Test
  void nonsenseGetsAClearAnswer() throws Exception {
    assertThat(get("/metrics?name%5B%5D=%7B%7D").statusCode()).isEqualTo(422);
    assertThat(get("/metrics?name%5B%5D=claude_live_sessions").body().lines()).hasSize(3);
    assertThat(get("/metrics", "Accept", ";;q=").statusCode()).isEqualTo(200);
    assertThat(get("/nothing").statusCode()).isEqualTo(404);
    assertThat(get("/healthz").body()).isEqualTo("ok\n");
    assertThat(get("/metrics", "Accept", "application/openmetrics-text").body())
        .endsWith("# EOF\n");
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), exporter.port())) {
      socket
          .getOutputStream()
          .write(
              "GET /metrics HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                  .getBytes(UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 421");
    }
    assertThatThrownBy(
            () ->
                RunningExporter.start(
                    new Surroundings(
                        Map.of("XDG_STATE_HOME", directory.resolve("other").toString()),
                        directory,
                        InputStream.nullInputStream(),
                        System.out,
                        System.err,
                        InstantSource.system(),
                        ZoneId.of("UTC"),
                        0,
                        false),
                    new RunningExporter.Configuration(
                        List.of(home),
                        InetAddress.getLoopbackAddress(),
                        exporter.port(),
                        ZoneId.of("UTC"),
                        NO_PUSH)))
        .isInstanceOf(Failed.class)
        .hasMessageContaining("another exporter");
  }

  @Test
  void thousandScrapesAtOnceAreAnswered() throws Exception {
    await("claude_messages_total 3\n");
    try (var pool = Executors.newFixedThreadPool(50)) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        answers.add(pool.submit(this::scrape));
      }
      for (Future<String> answer : answers) {
        assertThat(answer.get()).contains("claude_messages_total 3\n");
      }
    }
  }

  @Test
  @Tag("process")
  void promtoolHasNothingToObjectToOurFamilies() throws Exception {
    String scrape = await("claude_messages_total 3\n");
    String ours =
        Own.ALL.stream()
            .map(family -> "name%5B%5D=" + family.name())
            .collect(Collectors.joining("&"));
    assertThat(RealPrometheus.objections(get("/metrics?" + ours).body())).isEmpty();
    assertThat(RealPrometheus.objections(scrape))
        .allSatisfy(
            objection ->
                assertThat(objection).contains("non-counter metrics should not have \"_total\""));
  }

  @Test
  @Tag("process")
  void everyPanelOfThePeersDashboardHasData(@TempDir Path place) throws Exception {
    await("claude_messages_total 3\n");
    try (var prometheus = RealPrometheus.start(place)) {
      prometheus.target(exporter.port(), "/metrics");
      for (String expression : PEERS_PANELS.split("\n", -1)) {
        if (!expression.isEmpty()) {
          assertThat(prometheus.await(expression)).as(expression).isNotEmpty();
        }
      }
      assertThat(prometheus.await("sum(claude_model_output_tokens_total)"))
          .extracting(RealPrometheus.Sample::value)
          .containsExactly(547.0);
    }
  }
}
