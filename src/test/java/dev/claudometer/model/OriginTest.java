package dev.claudometer.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class OriginTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void linesComeBeforeWhatWasSent() {
    List<Origin> ordered =
        List.of(
            new Origin.Line("/a.jsonl", 7),
            new Origin.Line("/b.jsonl", 0),
            new Origin.Line("/b.jsonl", 9),
            new Origin.Sent("daemon", NOON),
            new Origin.Sent("otel", NOON),
            new Origin.Sent("otel", NOON.plusMillis(1)));
    List<Origin> sorted = new ArrayList<>(ordered.reversed());
    Collections.sort(sorted);
    assertThat(sorted).isEqualTo(ordered);
  }

  @Test
  void placeIsForPeople() {
    assertThat(new Origin.Line("/a.jsonl", 7).place()).isEqualTo("/a.jsonl:7");
    assertThat(new Origin.Sent("otel", NOON).place())
        .isEqualTo("sent by otel at 2026-11-20T12:00:00Z");
  }

  @Test
  void whatIsSentIsToldInMilliseconds() {
    assertThat(new Origin.Sent("otel", NOON.plusNanos(1))).isEqualTo(new Origin.Sent("otel", NOON));
  }
}
