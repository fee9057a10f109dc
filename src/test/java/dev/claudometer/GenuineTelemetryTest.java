package dev.claudometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.claudometer.agent.LocalSync;
import dev.claudometer.ingest.Gate;
import dev.claudometer.ingest.Intake;
import dev.claudometer.json.JsonTree;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import dev.claudometer.source.claudecode.place.TranscriptTree;
import dev.claudometer.source.telemetry.JsonEvents;
import dev.claudometer.source.telemetry.ProtobufEvents;
import dev.claudometer.source.telemetry.Telemetry;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Slice;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.quality.Told;
import dev.claudometer.store.sqlite.SqliteStore;
import dev.claudometer.usage.SessionRemainder;
import dev.claudometer.usage.Totals;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The real client's transcripts and its telemetry together are what it really used, in whatever
/// order they come. Skipped where the recordings do not lie beside the project.
@Tag("long")
class GenuineTelemetryTest {

  static final Path RECORDED = Path.of("../shared/genuine");

  /// What no witness tells, or what was asked for and did not end.
  static final Map<String, String> NAMED =
      Map.of(
          // the web search's own call, whose payload was not recorded
          "1cfafc59-36ba-5fc2-8c77-51ffaa513d18", "29911 for 44870",
          // the helper of a background fork: neither transcript nor event
          "388120e3-e0f1-447b-b6db-986eb1d76a57", "63554 for 191115",
          // an answer that was interrupted with Esc is on the transcript
          "6cc6f73a-b7a9-5d39-a001-54ebc54fb451", "970663 for 939984");

  /// What Claude Code has booked for a session beyond what is counted.
  private static final Map<String, Long> BOOKED =
      Map.of(
          // the web search's own call, as above
          "1cfafc59-36ba-5fc2-8c77-51ffaa513d18", 14_959L,
          // an answer that was interrupted, and two streams that were dropped and repeated: what
          // came of them, estimated
          "6cc6f73a-b7a9-5d39-a001-54ebc54fb451", 665L,
          "6bb0cbfc-c79a-5d01-84ff-d18ef95b51a4", 21_260L,
          "e7306bd8-980b-5f85-8976-e8964b2a4bd3", 21_026L);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void unionIsWhatWasUsed(int seed) throws Exception {
    assumeTrue(Files.isDirectory(RECORDED), "no recordings beside the project");
    try (UsageStore store = SqliteStore.open(directory.resolve("store"), PriceBook::builtIn)) {
      var random = new Random(seed);
      List<Step> steps = new ArrayList<>();
      homes().forEach(home -> steps.add(() -> sync(store, home)));
      bodies().forEach(body -> steps.add(() -> receive(store, body)));
      if (seed > 0) {
        steps.addAll(steps.subList(0, steps.size() / 3));
        Collections.shuffle(steps, random);
      }
      for (Step step : steps) {
        step.run();
      }
      var differences = new TreeMap<String, String>();
      Map<String, Long> used = used(store);
      truth()
          .forEach(
              (session, tokens) -> {
                long counted = used.getOrDefault(session, 0L);
                if (counted != tokens) {
                  differences.put(session, counted + " for " + tokens);
                }
              });
      assertThat(differences).isEqualTo(NAMED);
      assertThat(store.told(TimeRange.ALL))
          .containsOnly(Map.entry(DeviceId.THIS, new Told(104, 28, 1)));
      assertThat(store.verify()).isEmpty();
    }
  }

  /// Two thirds of the bodies come, in any order and some twice: each session counts what it counts
  /// where they come once and in order, and never more than with all of them.
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whatIsLostIsLostInAnyOrder(int seed) throws Exception {
    assumeTrue(Files.isDirectory(RECORDED), "no recordings beside the project");
    var random = new Random(seed);
    List<Path> some = new ArrayList<>(bodies());
    Collections.shuffle(some, random);
    some = some.subList(0, some.size() * 2 / 3);
    try (UsageStore apart = SqliteStore.open(directory.resolve("apart"), PriceBook::builtIn);
        UsageStore together = SqliteStore.open(directory.resolve("together"), PriceBook::builtIn);
        UsageStore whole = SqliteStore.open(directory.resolve("whole"), PriceBook::builtIn)) {
      List<Step> steps = new ArrayList<>();
      homes().forEach(home -> steps.add(() -> sync(apart, home)));
      some.forEach(body -> steps.add(() -> receive(apart, body)));
      steps.addAll(steps.subList(0, steps.size() / 3));
      Collections.shuffle(steps, random);
      for (Step step : steps) {
        step.run();
      }
      for (Path home : homes()) {
        sync(together, home);
        sync(whole, home);
      }
      for (Path body : bodies()) {
        receive(whole, body);
        if (some.contains(body)) {
          receive(together, body);
        }
      }
      assertThat(used(apart)).isEqualTo(used(together));
      assertThat(apart.told(TimeRange.ALL)).isEqualTo(together.told(TimeRange.ALL));
      Map<String, Long> all = used(whole);
      used(apart)
          .forEach((session, tokens) -> assertThat(tokens).isLessThanOrEqualTo(all.get(session)));
    }
  }

  @Test
  void remainderOfASessionIsWhatNoWitnessTells() throws Exception {
    assumeTrue(Files.isDirectory(RECORDED), "no recordings beside the project");
    try (UsageStore store = SqliteStore.open(directory.resolve("store"), PriceBook::builtIn)) {
      for (Path home : homes()) {
        sync(store, home);
      }
      assertThat(remainders(store)).as("of transcripts alone").hasSizeGreaterThan(BOOKED.size());
      for (Path body : bodies()) {
        receive(store, body);
      }
      assertThat(remainders(store)).isEqualTo(BOOKED);
    }
  }

  private static Map<String, Long> remainders(UsageStore store) throws IOException {
    var remainders = new TreeMap<String, Long>();
    for (String id : truth().keySet()) {
      var session = new SessionId(id);
      Map<String, Totals> counted = new TreeMap<>();
      for (Slice slice : store.sums(TimeRange.ALL, Set.of(Dimension.SESSION, Dimension.MODEL))) {
        if (slice.session().equals(session)) {
          counted.merge(slice.model(), slice.totals(), Totals::plus);
        }
      }
      SessionRemainder remainder =
          SessionRemainder.of(session, store.sessionTotals(session), Map.of(session, counted));
      if (remainder != null && !remainder.byModel().isEmpty()) {
        remainders.put(
            id, remainder.byModel().values().stream().mapToLong(TokenCounts::total).sum());
      }
    }
    return remainders;
  }

  private interface Step {
    void run() throws Exception;
  }

  static List<Path> homes() throws IOException {
    try (var all = Files.list(RECORDED.resolve("homes"))) {
      return all.sorted().map(home -> home.resolve(".claude")).toList();
    }
  }

  static List<Path> bodies() throws IOException {
    try (var all = Files.walk(RECORDED.resolve("otlp"))) {
      return all.filter(path -> path.getFileName().toString().contains("-logs.")).sorted().toList();
    }
  }

  static void sync(UsageStore store, Path home) throws Exception {
    new LocalSync(store, DeviceId.THIS, 1, (_, _) -> {})
        .sync(TranscriptTree.below(List.of(new ClaudeHome(home.resolve("projects")))));
  }

  private static void receive(UsageStore store, Path body) throws IOException {
    Telemetry telemetry;
    if (body.toString().endsWith(".json")) {
      try (InputStream in = Files.newInputStream(body)) {
        telemetry = JsonEvents.read(in);
      }
    } else {
      telemetry = ProtobufEvents.read(Files.readAllBytes(body));
    }
    assertThat(telemetry.unreadable()).isZero();
    var gate = new Gate(store, DeviceId.THIS);
    var intake = new Intake();
    telemetry.calls().forEach(intake);
    gate.accept(intake);
    gate.flush();
  }

  static Map<String, Long> used(UsageStore store) {
    var used = new TreeMap<String, Long>();
    for (Slice slice : store.sums(TimeRange.ALL, Set.of(Dimension.SESSION))) {
      used.merge(slice.session().text(), slice.totals().tokens().total(), Long::sum);
    }
    return used;
  }

  static Map<String, Long> truth() throws IOException {
    var truth = new TreeMap<String, Long>();
    try (InputStream in = Files.newInputStream(RECORDED.resolve("truth/expected.json"))) {
      var sessions = (Map<?, ?>) JsonTree.read(in);
      sessions.forEach(
          (session, told) ->
              truth.put((String) session, sum(((Map<?, ?>) told).get("truth_completed"))));
    }
    return truth;
  }

  private static long sum(Object value) {
    return switch (value) {
      case Map<?, ?> map -> map.values().stream().mapToLong(GenuineTelemetryTest::sum).sum();
      case BigDecimal number -> number.longValueExact();
      default -> 0;
    };
  }
}
