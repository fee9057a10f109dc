package dev.claudometer.export.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.export.otlp.SignalReceiver.Protocol;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What people hear of outages.
class DeliveriesTest {

  private static final SignalReceiver RECEIVER =
      new SignalReceiver(
          "http://o:4317", Protocol.GRPC, Map.of("k", "canary"), Duration.ofSeconds(1));

  private final List<String> said = new ArrayList<>();
  private final Deliveries deliveries =
      new Deliveries(InstantSource.fixed(Instant.EPOCH), said::add, said::add);

  @Test
  void outageOfAllSignalsIsHeardOfOnceAndSoIsItsEnd() {
    for (int i = 0; i < 3; i++) {
      deliveries.failed(Signal.METRICS, RECEIVER, "it cannot be reached");
      deliveries.failed(Signal.TRACES, RECEIVER, "it cannot be reached");
    }
    assertThat(said).hasSize(1);
    deliveries.taken(Signal.METRICS, RECEIVER);
    assertThat(said).hasSize(1);
    deliveries.taken(Signal.TRACES, RECEIVER);
    deliveries.taken(Signal.METRICS, RECEIVER);
    assertThat(said).hasSize(2).last().isEqualTo("http://o:4317 takes traces again");
  }

  @Test
  void signalThatIsNeverTakenHidesNoOutageOfAnother() {
    deliveries.failed(Signal.TRACES, RECEIVER, "it answers UNIMPLEMENTED");
    deliveries.failed(Signal.METRICS, RECEIVER, "it cannot be reached");
    deliveries.taken(Signal.METRICS, RECEIVER);
    assertThat(said)
        .containsExactly(
            "traces are not taken by http://o:4317: it answers UNIMPLEMENTED; it is tried again and"
                + " again, and nothing else waits",
            "metrics are not taken by http://o:4317: it cannot be reached; it is tried again and"
                + " again, and nothing else waits",
            "http://o:4317 takes metrics again");
    assertThat(deliveries.failure()).contains("traces").doesNotContain("metrics");
  }
}
