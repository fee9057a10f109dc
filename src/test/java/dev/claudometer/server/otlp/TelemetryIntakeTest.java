package dev.claudometer.server.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.claudometer.ingest.Gate;
import dev.claudometer.ingest.Intake;
import dev.claudometer.ingest.Overloaded;
import dev.claudometer.model.DeviceId;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.source.telemetry.JsonEvents;
import dev.claudometer.source.telemetry.Telemetry;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.quality.Gaps;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What bodies prove together, where they come at the same time or cannot be stored.
class TelemetryIntakeTest {

  private static final DeviceId LAPTOP = new DeviceId("laptop");

  @TempDir Path directory = Path.of("");

  private UsageStore store;
  private Sink sink = (_, _) -> {};
  private final TelemetryIntake intake =
      new TelemetryIntake(this::store, Onward.NOWHERE, Stamps.NONE);

  @BeforeEach
  void open() {
    store = SqliteStore.open(directory.resolve("store.db"), PriceBook::builtIn);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void store(DeviceId device, Intake come) throws InterruptedException {
    sink.store(device, come);
    var gate = new Gate(store, device);
    gate.accept(come);
    gate.flush();
  }

  /// While 5 … 9 are being stored, 10 … 14 come: nothing is lost.
  @Test
  void bodyThatComesWhileTheOneBeforeItIsStoredProvesNoGap() throws Exception {
    intake.take(LAPTOP, events(0, 4));
    Thread second = Thread.ofPlatform().unstarted(() -> take(events(10, 14)));
    sink =
        (_, _) -> {
          sink = (_, _) -> {};
          second.start();
          while (second.getState() != Thread.State.BLOCKED && second.isAlive()) {
            Thread.onSpinWait();
          }
        };
    intake.take(LAPTOP, events(5, 9));
    second.join();
    assertThat(lost()).isZero();
  }

  /// 5 … 9 cannot be stored and do not come again.
  @Test
  void whatCouldNotBeStoredIsLostUnlessItComesAgain() throws Exception {
    intake.take(LAPTOP, events(0, 4));
    sink =
        (_, _) -> {
          throw new Overloaded();
        };
    assertThatThrownBy(() -> intake.take(LAPTOP, events(5, 9))).isInstanceOf(Overloaded.class);
    sink = (_, _) -> {};
    intake.take(LAPTOP, events(10, 14));
    assertThat(lost()).isEqualTo(5);
    intake.take(LAPTOP, events(5, 9));
    assertThat(lost()).isZero();
  }

  private void take(Telemetry telemetry) {
    try {
      intake.take(LAPTOP, telemetry);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  private long lost() {
    return store.gaps().getOrDefault(LAPTOP, Gaps.NONE).eventsLost();
  }

  /// Decisions on tools, which are stored each.
  private static Telemetry events(long first, long last) {
    String records =
        LongStream.rangeClosed(first, last)
            .mapToObj(TelemetryIntakeTest::decision)
            .collect(Collectors.joining(","));
    String body = "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[" + records + "]}]}]}";
    try {
      return JsonEvents.read(new ByteArrayInputStream(body.getBytes(UTF_8)));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String decision(long number) {
    return """
    {"timeUnixNano":"%d","attributes":[{"key":"event.name","value":{"stringValue":"tool_decision"}},
      {"key":"session.id","value":{"stringValue":"s"}},{"key":"event.sequence","value":{"intValue":%d}},
      {"key":"decision","value":{"stringValue":"accept"}}]}\
    """
        .formatted(1_795_223_124_000_000_000L + number * 1_000_000_000, number);
  }
}
