package dev.claudometer;

import static dev.claudometer.GenuineTelemetryTest.RECORDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.claudometer.ingest.Gate;
import dev.claudometer.ingest.Intake;
import dev.claudometer.model.DeviceId;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.source.telemetry.ProtobufEvents;
import dev.claudometer.source.telemetry.Telemetry;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sqlite.SqliteStore;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The recorded clients' events as other clients, settings and collectors send them: beside the
/// recorded transcripts they come to the same usage. Skipped where the recordings do not lie beside
/// the project.
@Tag("long")
class VariedTelemetryTest {

  private static final Duration YEARS = Duration.ofDays(1_096);
  private static final DeviceId ANOTHER = new DeviceId("another");

  @TempDir Path directory = Path.of("");

  /// One way in which the same may be said otherwise.
  private enum Variation {
    AS_RECORDED(record -> record),
    NUMBERS_AS_TEXTS(
        record -> each(record, (_, value) -> value.hasIntValue() ? text(value) : value)),
    WITHOUT_A_PURPOSE_BUT_OF_HELPERS(
        record -> helpers(record) ? record : without(record, "query_source")),
    WITHOUT_A_SUBAGENTS_ID(record -> without(record, "agent_id")),
    WITHOUT_A_SPLIT(
        record -> without(without(record, "cache_creation_5m_tokens"), "cache_creation_1h_tokens")),
    WITHOUT_A_TIMESTAMP(record -> without(record, "event.timestamp")),
    WITHOUT_A_DURATION_OF_NAMED_CALLS(
        record -> named(record) ? without(record, "duration_ms") : record),
    CLOCK_OF_NAMED_CALLS_YEARS_AHEAD(record -> named(record) ? ahead(record) : record),
    A_SESSION_OF_ITS_OWN_BEFORE_THE_FIRST_CALL(VariedTelemetryTest::beginning);

    private final UnaryOperator<LogRecord> how;

    Variation(UnaryOperator<LogRecord> how) {
      this.how = how;
    }
  }

  @ParameterizedTest
  @EnumSource(Variation.class)
  void sameIsUsedHoweverItIsSaid(Variation variation) throws Exception {
    assumeRecordings();
    List<ExportLogsServiceRequest> bodies = bodies();
    assertThat(used(varied(bodies, variation.how), DeviceId.THIS))
        .isEqualTo(used(bodies, DeviceId.THIS));
  }

  /// A machine without an agent, whose telemetry comes under the key of its own.
  @Test
  void otherDeviceTellsOfTheSameCalls() throws Exception {
    assumeRecordings();
    List<ExportLogsServiceRequest> bodies = bodies();
    assertThat(used(bodies, ANOTHER)).isEqualTo(used(bodies, DeviceId.THIS));
  }

  /// As a collector does: all in one body, and each record in a body of its own.
  @Test
  void bodiesMayBeCutAndJoined() throws Exception {
    assumeRecordings();
    List<ExportLogsServiceRequest> bodies = bodies();
    Map<String, Long> used = used(bodies, DeviceId.THIS);
    var all = ExportLogsServiceRequest.newBuilder();
    bodies.forEach(body -> all.addAllResourceLogs(body.getResourceLogsList()));
    assertThat(used(List.of(all.build()), DeviceId.THIS)).isEqualTo(used);
    List<ExportLogsServiceRequest> single =
        bodies.stream().flatMap(body -> records(body)).map(VariedTelemetryTest::alone).toList();
    assertThat(used(single, DeviceId.THIS)).isEqualTo(used);
  }

  /// As a gateway or another provider does: no call is named. Prompts join those of conversations;
  /// nothing counts that counted not before, and what is held back is told.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void withoutRequestIdsTheSameIsUsed(int seed) throws Exception {
    assumeRecordings();
    List<ExportLogsServiceRequest> bodies = bodies();
    List<ExportLogsServiceRequest> unnamed =
        new ArrayList<>(varied(bodies, record -> without(record, "request_id")));
    if (seed > 0) {
      unnamed.addAll(unnamed.subList(0, unnamed.size() / 2));
      Collections.shuffle(unnamed, new Random(seed));
    }
    assertThat(differences(used(unnamed, DeviceId.THIS), used(bodies, DeviceId.THIS))).isEmpty();
  }

  /// A client that keeps its sessions to itself: what it names is joined all the same, and in sum
  /// the same is used.
  @Test
  void withoutSessionsNamedCallsAreJoined() throws Exception {
    assumeRecordings();
    List<ExportLogsServiceRequest> bodies = named(bodies());
    assertThat(sum(used(varied(bodies, record -> without(record, "session.id")), DeviceId.THIS)))
        .isEqualTo(sum(used(bodies, DeviceId.THIS)));
  }

  /// Transcripts and telemetry of a machine whose clock is years ahead.
  @Test
  void clockThatIsYearsAheadChangesNoCount() throws Exception {
    assumeRecordings();
    List<ExportLogsServiceRequest> bodies = bodies();
    List<Path> later = new ArrayList<>();
    for (Path home : GenuineTelemetryTest.homes()) {
      later.add(yearsAhead(home));
    }
    assertThat(used(varied(bodies, VariedTelemetryTest::ahead), DeviceId.THIS, later))
        .isEqualTo(used(bodies, DeviceId.THIS));
  }

  private static void assumeRecordings() {
    assumeTrue(Files.isDirectory(RECORDED), "no recordings beside the project");
  }

  private static List<ExportLogsServiceRequest> bodies() throws IOException {
    List<ExportLogsServiceRequest> bodies = new ArrayList<>();
    for (Path body : GenuineTelemetryTest.bodies()) {
      byte[] bytes = Files.readAllBytes(body);
      bodies.add(
          ExportLogsServiceRequest.parseFrom(
              body.toString().endsWith(".json") ? OtlpBytes.logs(bytes) : bytes));
    }
    return bodies;
  }

  private Map<String, Long> used(List<ExportLogsServiceRequest> bodies, DeviceId device)
      throws Exception {
    return used(bodies, device, GenuineTelemetryTest.homes());
  }

  /// Tokens by session, of homes and bodies together.
  private Map<String, Long> used(
      List<ExportLogsServiceRequest> bodies, DeviceId device, List<Path> homes) throws Exception {
    Path place = Files.createTempDirectory(directory, "store");
    try (UsageStore store = SqliteStore.open(place.resolve("db"), PriceBook::builtIn)) {
      int half = homes.size() / 2;
      for (Path home : homes.subList(0, half)) {
        GenuineTelemetryTest.sync(store, home);
      }
      for (ExportLogsServiceRequest body : bodies) {
        receive(store, device, body);
      }
      for (Path home : homes.subList(half, homes.size())) {
        GenuineTelemetryTest.sync(store, home);
      }
      assertThat(store.verify()).isEmpty();
      return GenuineTelemetryTest.used(store);
    }
  }

  private static void receive(UsageStore store, DeviceId device, ExportLogsServiceRequest body) {
    Telemetry telemetry = ProtobufEvents.read(body);
    assertThat(telemetry.unreadable()).isZero();
    var intake = new Intake();
    telemetry.calls().forEach(intake);
    assertThat(intake.rejected()).isZero();
    var gate = new Gate(store, device);
    gate.accept(intake);
    gate.flush();
  }

  private static Map<String, String> differences(Map<String, Long> is, Map<String, Long> was) {
    var differences = new TreeMap<String, String>();
    was.forEach(
        (session, tokens) -> {
          if (!tokens.equals(is.get(session))) {
            differences.put(session, is.get(session) + " for " + tokens);
          }
        });
    is.forEach(
        (session, tokens) -> {
          if (!was.containsKey(session)) {
            differences.put(session, tokens + " for nothing");
          }
        });
    return differences;
  }

  private static long sum(Map<String, Long> used) {
    return used.values().stream().mapToLong(Long::longValue).sum();
  }

  /// A copy of a home, three years later.
  private Path yearsAhead(Path home) throws IOException {
    Path copy = Files.createTempDirectory(directory, "later");
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
        Path to = copy.resolve(home.relativize(file).toString());
        Files.createDirectories(to.getParent());
        Files.writeString(
            to,
            Files.readString(file).replaceAll("\"timestamp\":\"2026-", "\"timestamp\":\"2029-"));
      }
    }
    return copy;
  }

  private static List<ExportLogsServiceRequest> varied(
      List<ExportLogsServiceRequest> bodies, UnaryOperator<LogRecord> how) {
    return bodies.stream().map(body -> varied(body, how)).toList();
  }

  private static ExportLogsServiceRequest varied(
      ExportLogsServiceRequest body, UnaryOperator<LogRecord> how) {
    var request = ExportLogsServiceRequest.newBuilder();
    for (ResourceLogs resource : body.getResourceLogsList()) {
      var of = ResourceLogs.newBuilder().setResource(resource.getResource());
      for (ScopeLogs scope : resource.getScopeLogsList()) {
        var records = ScopeLogs.newBuilder();
        scope.getLogRecordsList().forEach(record -> records.addLogRecords(how.apply(record)));
        of.addScopeLogs(records);
      }
      request.addResourceLogs(of);
    }
    return request.build();
  }

  private static Stream<LogRecord> records(ExportLogsServiceRequest body) {
    return body.getResourceLogsList().stream()
        .flatMap(resource -> resource.getScopeLogsList().stream())
        .flatMap(scope -> scope.getLogRecordsList().stream());
  }

  private static ExportLogsServiceRequest alone(LogRecord record) {
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder().addScopeLogs(ScopeLogs.newBuilder().addLogRecords(record)))
        .build();
  }

  /// Those bodies whose calls are all named.
  private static List<ExportLogsServiceRequest> named(List<ExportLogsServiceRequest> bodies) {
    return bodies.stream()
        .filter(body -> records(body).filter(VariedTelemetryTest::call).allMatch(r -> named(r)))
        .toList();
  }

  private static boolean call(LogRecord record) {
    return record.getBody().getStringValue().endsWith("api_request");
  }

  private static boolean named(LogRecord record) {
    return record.getAttributesList().stream().anyMatch(a -> a.getKey().equals("request_id"));
  }

  private static boolean helpers(LogRecord record) {
    return record.getAttributesList().stream()
        .filter(a -> a.getKey().equals("query_source"))
        .map(a -> a.getValue().getStringValue())
        .anyMatch(
            source ->
                !source.equals("sdk")
                    && !source.startsWith("agent:")
                    && !source.startsWith("repl_main_thread"));
  }

  private interface Change {
    AnyValue of(String key, AnyValue value);
  }

  private static LogRecord each(LogRecord record, Change change) {
    var changed = record.toBuilder().clearAttributes();
    for (KeyValue attribute : record.getAttributesList()) {
      changed.addAttributes(
          attribute.toBuilder().setValue(change.of(attribute.getKey(), attribute.getValue())));
    }
    return changed.build();
  }

  private static LogRecord without(LogRecord record, String key) {
    var changed = record.toBuilder().clearAttributes();
    record.getAttributesList().stream()
        .filter(attribute -> !attribute.getKey().equals(key))
        .forEach(changed::addAttributes);
    return changed.build();
  }

  private static AnyValue text(AnyValue number) {
    return AnyValue.newBuilder().setStringValue(Long.toString(number.getIntValue())).build();
  }

  private static LogRecord ahead(LogRecord record) {
    LogRecord later =
        each(
            record,
            (key, value) ->
                key.equals("event.timestamp")
                    ? AnyValue.newBuilder()
                        .setStringValue(
                            Instant.parse(value.getStringValue()).plus(YEARS).toString())
                        .build()
                    : value);
    return later.toBuilder().setTimeUnixNano(record.getTimeUnixNano() + YEARS.toNanos()).build();
  }

  /// `--continue`: the first events of a process have a session that never comes again.
  private static LogRecord beginning(LogRecord record) {
    return call(record)
        ? record
        : each(
            record,
            (key, value) ->
                key.equals("session.id")
                    ? AnyValue.newBuilder().setStringValue("thrown away").build()
                    : value);
  }
}
