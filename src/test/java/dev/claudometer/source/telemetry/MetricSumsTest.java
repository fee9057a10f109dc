package dev.claudometer.source.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.claudometer.model.Activity;
import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.DeviceId;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.ActivityCount;
import dev.claudometer.store.Batch;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What metrics come to, however they are sent.
class MetricSumsTest {

  private static final Path RECORDED = Path.of("../shared/genuine/otlp");

  @TempDir Path directory = Path.of("");

  /// The sums of the recorded JSON bodies, added up by another program.
  private static final Map<String, Long> TRUTH =
      Map.of(
          "ACTIVE_TIME cli", 18_808L,
          "ACTIVE_TIME user", 44_635L,
          "EDIT_DECISION accept|Edit|Plain text", 6L,
          "EDIT_DECISION accept|Write|Plain text", 6L,
          "LINES_OF_CODE added", 29L,
          "LINES_OF_CODE removed", 9L,
          "SESSION_START continue", 2L,
          "SESSION_START fresh", 17L,
          "SESSION_START resume", 9L);

  @Test
  void genuineBodiesShuffledAndDoubledComeToTheirSums() throws IOException {
    assumeTrue(Files.isDirectory(RECORDED), "no recordings beside the project");
    List<Activity> told = new ArrayList<>();
    for (Path body : bodies(".json")) {
      MetricSums sums = JsonSums.read(new ByteArrayInputStream(Files.readAllBytes(body)));
      assertThat(sums.unreadable()).isZero();
      told.addAll(sums.activities());
    }
    told.addAll(List.copyOf(told));
    Collections.shuffle(told, new Random(7));
    assertThat(stored(told)).isEqualTo(TRUTH);
  }

  @Test
  void genuineBinaryBodiesSayOneStartEach() throws IOException {
    assumeTrue(Files.isDirectory(RECORDED), "no recordings beside the project");
    List<Activity> told = new ArrayList<>();
    for (Path body : bodies(".pb")) {
      told.addAll(ProtobufSums.read(Files.readAllBytes(body)).activities());
    }
    assertThat(stored(told))
        .containsEntry("SESSION_START fresh", 2L)
        .containsKey("ACTIVE_TIME cli");
  }

  /// A process adds 5 lines, then 3 more; another of the same session, begun later, adds 2.
  @Test
  void cumulativePointsOfTwoProcessesAreTheirLastOnes() throws IOException {
    List<Activity> told = new ArrayList<>();
    for (String point : List.of("1 60 5", "1 120 8", "2 90 2", "1 60 5", "2 150 2")) {
      String[] part = point.split(" ", -1);
      told.addAll(
          JsonSums.read(new ByteArrayInputStream(lines(part[0], part[1], part[2]).getBytes(UTF_8)))
              .activities());
    }
    assertThat(stored(told)).isEqualTo(Map.of("LINES_OF_CODE added", 10L));
  }

  @Test
  void pointThatCannotBeIsSaid() throws IOException {
    for (String amount : List.of("-1", "1e30", "\"many\"", "null")) {
      MetricSums sums =
          JsonSums.read(new ByteArrayInputStream(lines("1", "60", amount).getBytes(UTF_8)));
      assertThat(sums.activities()).as(amount).isEmpty();
      assertThat(sums.unreadable()).as(amount).isEqualTo(1);
    }
  }

  @Test
  void attributesAreNotKept() throws IOException {
    MetricSums sums =
        JsonSums.read(new ByteArrayInputStream(lines("1", "60", "5").getBytes(UTF_8)));
    assertThat(sums.activities().toString()).doesNotContain("ada@example.com");
  }

  private Map<String, Long> stored(List<Activity> told) {
    var sums = new TreeMap<String, Long>();
    try (UsageStore store = SqliteStore.open(directory.resolve("store.db"), PriceBook::builtIn)) {
      for (int from = 0; from < told.size(); from += 10) {
        List<Activity> some = told.subList(from, Math.min(from + 10, told.size()));
        store.append(new Batch(DeviceId.THIS, List.of(), some, List.of(), List.of(), List.of()));
      }
      for (ActivityCount count : store.activities(TimeRange.ALL)) {
        ActivityKind kind = count.kind();
        sums.put(kind + " " + count.name(), count.sum());
      }
      var metered = new TreeMap<String, Long>();
      store.meters(-1).readings().stream()
          .filter(reading -> sums.containsKey(reading.name()))
          .forEach(reading -> metered.put(reading.name(), reading.most()));
      assertThat(metered).isEqualTo(sums);
      assertThat(store.verify()).isEmpty();
    }
    return sums;
  }

  private static List<Path> bodies(String form) throws IOException {
    try (var all = Files.walk(RECORDED)) {
      return all.filter(path -> path.toString().endsWith("-metrics" + form)).sorted().toList();
    }
  }

  private static String lines(String start, String time, String amount) {
    return """
    {"resourceMetrics":[{"resource":{},"scopeMetrics":[{"metrics":[
      {"name":"claude_code.token.usage","sum":{"dataPoints":[{"asDouble":7}]}},
      {"name":"claude_code.lines_of_code.count","sum":{"aggregationTemporality":2,"dataPoints":[
        {"attributes":[{"key":"session.id","value":{"stringValue":"s"}},
          {"key":"user.email","value":{"stringValue":"ada@example.com"}},
          {"key":"type","value":{"stringValue":"added"}}],
         "startTimeUnixNano":"179522355600000000%s","timeUnixNano":"1795223%s000000000",
         "asDouble":%s}]}}]}]}]}
    """
        .formatted(start, Long.parseLong(time) + 600, amount);
  }
}
