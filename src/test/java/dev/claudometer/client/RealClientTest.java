package dev.claudometer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.claudometer.agent.LocalSync;
import dev.claudometer.client.InstalledClient.Run;
import dev.claudometer.client.ScriptedApi.Answered;
import dev.claudometer.ingest.Gate;
import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.ApiCall;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usd;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.server.otlp.Onward;
import dev.claudometer.server.otlp.Ports;
import dev.claudometer.server.otlp.Receiver;
import dev.claudometer.server.otlp.Stamps;
import dev.claudometer.server.otlp.TelemetryIntake;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import dev.claudometer.source.claudecode.place.TranscriptTree;
import dev.claudometer.store.EventFilter;
import dev.claudometer.store.StoredEvent;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.Where;
import dev.claudometer.store.WorkQueries.ClientSum;
import dev.claudometer.store.quality.Gaps;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Claude Code itself sends to our receiver what it used of an API whose every answer is known:
/// each call is counted once, with its tokens and its price, whichever witnesses tell of it. Both
/// are on this machine; the client reaches nothing else. Skipped where it cannot be had.
@Tag("process")
class RealClientTest {

  /// By its price list: $1 a million for input, $5 for output, $1.25 and $2 for what is written to
  /// the cache for five minutes and for an hour, $0.10 for what is read from it.
  private static final String MODEL = "claude-haiku-4-5-20251001";

  @TempDir Path directory = Path.of("");
  private InstalledClient client;
  private ScriptedApi api;
  private UsageStore store;
  private Receiver receiver;
  private Path home;
  private final Map<String, Counted> expected = new TreeMap<>();

  private enum Transport {
    JSON("http/json"),
    PROTOBUF("http/protobuf"),
    GRPC("grpc");

    private final String protocol;

    Transport(String protocol) {
      this.protocol = protocol;
    }
  }

  private enum Witness {
    TRANSCRIPT,
    TELEMETRY,
    BOTH
  }

  /// What is counted for a call.
  ///
  /// @param source what telemetry says that it was for; null where it says nothing
  /// @param client what telemetry says that it cost
  private record Counted(
      String model,
      TokenCounts tokens,
      Usd cost,
      Witness witness,
      @Nullable String source,
      @Nullable Usd client) {}

  @BeforeEach
  void start() throws Exception {
    client = InstalledClient.get();
    api = new ScriptedApi();
    store = SqliteStore.open(directory.resolve("store.db"), PriceBook::builtIn);
    var intake =
        new TelemetryIntake(
            (device, come) -> {
              var gate = new Gate(store, device);
              gate.accept(come);
              gate.flush();
            },
            Onward.NOWHERE,
            Stamps.NONE);
    receiver = Receiver.ofThisMachine(new Ports(0, 0), intake, (_, _) -> DeviceId.THIS);
    home = Files.createDirectories(directory.resolve("home"));
  }

  @AfterEach
  void end() {
    if (receiver != null) {
      receiver.close();
      store.close();
      api.close();
    }
  }

  /// A conversation, its continuation, and one that leaves no transcript.
  @ParameterizedTest
  @EnumSource(Transport.class)
  void eachCallIsCountedOnceWhicheverWitnessTellsOfIt(Transport transport) throws Exception {
    run(sending(transport), Witness.BOTH, "sdk");
    run(sending(transport), Witness.BOTH, "sdk", "--continue");
    run(sending(transport), Witness.TELEMETRY, "sdk", "--no-session-persistence");
    sync();
    assertThat(counted()).isEqualTo(expected);
    assertThat(store.gaps().getOrDefault(DeviceId.THIS, Gaps.NONE))
        .as("the call without a transcript, and no lost event")
        .isEqualTo(new Gaps(0, 0, 1, 0));
    assertThat(store.verify()).isEmpty();
  }

  /// The transcript is read before telemetry of its session comes.
  @Test
  void whatTelemetryDoesNotTellTheTranscriptDoes() throws Exception {
    run(Map.of("OTEL_LOGS_EXPORTER", "none"), Witness.TRANSCRIPT, null);
    sync();
    run(sending(Transport.PROTOBUF), Witness.BOTH, "sdk", "--continue");
    sync();
    assertThat(counted()).isEqualTo(expected);
    assertThat(store.verify()).isEmpty();
  }

  /// A compaction, which may take several calls, has no line in a transcript: it is told by
  /// telemetry, as what it is.
  @Test
  void compactionIsTheCallThatNoTranscriptHas() throws Exception {
    run(sending(Transport.GRPC), Witness.BOTH, "sdk");
    ask(sending(Transport.GRPC), Witness.TELEMETRY, "compact", "--continue", "/compact");
    sync();
    assertThat(counted()).hasSizeGreaterThan(1).isEqualTo(expected);
    assertThat(store.gaps().getOrDefault(DeviceId.THIS, Gaps.NONE)).isEqualTo(Gaps.NONE);
  }

  /// The client tells the repository with its sums, and no branch: that is its transcript's.
  @Test
  void commitIsOfItsRepositoryAndOfItsSessionsBranch() throws Exception {
    Path work = Files.createDirectories(directory.resolve("work"));
    for (String command :
        List.of(
            "init -q -b fix",
            "config user.email ada@example.com",
            "config user.name Ada",
            "remote add origin https://git.example.com/acme/rocket.git")) {
      git(work, command);
    }
    api.asksToRun("git commit --allow-empty -m told");
    Map<String, String> more = new HashMap<>(sending(Transport.JSON));
    more.put("OTEL_METRICS_INCLUDE_REPOSITORY", "1");
    run(more, Witness.BOTH, "sdk", "--allowedTools=Bash");
    sync();
    assertThat(counted()).hasSize(2).isEqualTo(expected);
    assertThat(store.clientSums(TimeRange.ALL, Where.ANY))
        .filteredOn(sum -> sum.kind() == ActivityKind.COMMIT)
        .extracting(ClientSum::name, ClientSum::branch, ClientSum::value)
        .containsExactly(tuple("|acme/rocket", "fix", 1L));
  }

  private static void git(Path work, String command) throws Exception {
    List<String> words = new ArrayList<>(List.of("git"));
    words.addAll(List.of(command.split(" ", -1)));
    try {
      Process git = new ProcessBuilder(words).directory(work.toFile()).start();
      assertThat(git.waitFor()).as(command).isZero();
    } catch (IOException noGit) {
      abort("git is not installed: " + noGit.getMessage());
    }
  }

  private static Map<String, String> sending(Transport transport) {
    return Map.of("OTEL_EXPORTER_OTLP_PROTOCOL", transport.protocol);
  }

  private void run(
      Map<String, String> more, Witness witness, @Nullable String source, String... options)
      throws Exception {
    List<String> words = new ArrayList<>(List.of(options));
    words.add("Say that it is done.");
    ask(more, witness, source, words.toArray(String[]::new));
  }

  /// Lets the client ask something, and notes what the API has answered.
  ///
  /// @param words options and a prompt
  private void ask(
      Map<String, String> more, Witness witness, @Nullable String source, String... words)
      throws Exception {
    Map<String, Answered> before = api.answered();
    var arguments = new ArrayList<>(List.of("-p", "--model", MODEL));
    arguments.addAll(List.of(words));
    Run run =
        client.run(
            Files.createDirectories(directory.resolve("work")), environment(more), arguments);
    Map<String, Answered> answered = new TreeMap<>(api.answered());
    before.keySet().forEach(answered::remove);
    assumeFalse(answered.isEmpty(), "Claude Code asks nothing here: " + run.said());
    assertThat(run.code()).as(run.said()).isZero();
    answered.forEach((request, call) -> expected.put(request, counted(call, witness, source)));
  }

  private static Counted counted(Answered call, Witness witness, @Nullable String source) {
    assertThat(call.model()).isEqualTo(MODEL);
    TokenCounts tokens = call.tokens();
    var cost =
        new Usd(
            1_000 * tokens.input()
                + 5_000 * tokens.output()
                + 1_250 * tokens.cacheWrite5m()
                + 2_000 * tokens.cacheWrite1h()
                + 100 * tokens.cacheRead());
    return new Counted(MODEL, tokens, cost, witness, source, source == null ? null : cost);
  }

  private Map<String, String> environment(Map<String, String> more) {
    Map<String, String> variables = new HashMap<>();
    variables.put("HOME", home.toString());
    variables.put("ANTHROPIC_BASE_URL", "http://127.0.0.1:" + api.port());
    variables.put("ANTHROPIC_API_KEY", "sk-ant-made-up");
    variables.put("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1");
    variables.put("DISABLE_AUTOUPDATER", "1");
    // whatever it asks for elsewhere it does not get
    variables.put("HTTPS_PROXY", "http://127.0.0.1:1");
    variables.put("NO_PROXY", "127.0.0.1");
    variables.put("CLAUDE_CODE_ENABLE_TELEMETRY", "1");
    variables.put("OTEL_LOGS_EXPORTER", "otlp");
    variables.put("OTEL_METRICS_EXPORTER", "otlp");
    variables.put("CLAUDE_CODE_OTEL_SHUTDOWN_TIMEOUT_MS", "60000");
    boolean grpc = "grpc".equals(more.get("OTEL_EXPORTER_OTLP_PROTOCOL"));
    variables.put(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "http://127.0.0.1:" + (grpc ? receiver.grpcPort() : receiver.httpPort()));
    variables.putAll(more);
    return variables;
  }

  private void sync() throws Exception {
    new LocalSync(store, DeviceId.THIS, 1, (_, _) -> {})
        .sync(TranscriptTree.below(List.of(new ClaudeHome(home.resolve(".claude/projects")))));
  }

  /// What is counted for each request.
  private Map<String, Counted> counted() {
    Map<String, ApiCall> told =
        store.outbox().telemetry(0, 1_000).observations().stream()
            .filter(ApiCall.class::isInstance)
            .map(ApiCall.class::cast)
            .collect(Collectors.toMap(ApiCall::requestId, Function.identity()));
    Map<String, Counted> counted = new TreeMap<>();
    for (StoredEvent stored : store.events(new EventFilter.Within(TimeRange.ALL))) {
      String request = stored.event().key().requestId();
      ApiCall call = told.get(request);
      Witness witness =
          call == null
              ? Witness.TRANSCRIPT
              : stored.event().key().isCall() ? Witness.TELEMETRY : Witness.BOTH;
      Counted before =
          counted.put(
              request,
              new Counted(
                  stored.event().usage().model(),
                  stored.event().usage().tokens(),
                  stored.booked(),
                  witness,
                  call == null ? null : call.source(),
                  call == null ? null : call.cost()));
      assertThat(before).as("counted twice: " + request).isNull();
    }
    return counted;
  }
}
