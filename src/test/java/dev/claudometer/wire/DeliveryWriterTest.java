package dev.claudometer.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.Activity;
import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class DeliveryWriterTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void whatIsWrittenIsReadBackEqual() throws IOException {
    var deliveries = new Deliveries(20261120);
    for (int i = 0; i < 2_000; i++) {
      Delivery delivery = deliveries.next();
      assertThat(DeliveryReader.read(new ByteArrayInputStream(written(delivery))))
          .isEqualTo(delivery);
    }
  }

  @Test
  void onlyAsciiIsWritten() throws IOException {
    byte[] bytes = written(Delivery.of("שלום \ud800 😀", List.of(), List.of()));

    assertThat(new String(bytes, StandardCharsets.UTF_8)).matches("\\p{ASCII}*");
  }

  @Test
  void defaultsAreLeftOut() throws IOException {
    var prompt =
        new Activity(
            ActivityKind.API_ERROR, "k", NOON, new SessionId("s"), new ProjectName("p"), "", 0);

    assertThat(written(Delivery.of("a", List.of(prompt), List.of())))
        .asString()
        .isEqualTo(
            """
            {"protocol":1,"agent":"a","observations":[{"type":"activity","kind":"api_error",\
            "key":"k","at":"2026-11-20T12:00:00Z","session":"s","project":"p"}]}\
            """);
  }

  @Test
  void textOfTenThousandCharactersIsRejectedAloneByTheReader() throws IOException {
    var plain =
        new Activity(ActivityKind.TURN, "k", NOON, new SessionId("s"), new ProjectName("p"), "", 5);
    var hostile =
        new Activity(
            ActivityKind.TURN,
            "k",
            NOON,
            new SessionId("\ud800".repeat(10_000)),
            new ProjectName("p"),
            "",
            5);

    Delivery read =
        DeliveryReader.read(
            new ByteArrayInputStream(
                written(Delivery.of("a", List.of(plain, hostile, plain), List.of()))));

    assertThat(read.entries()).extracting(DeliveryEntry::index).containsExactly(0, 2);
    assertThat(read.rejected())
        .containsExactly(new Rejected(1, "'session' is longer than 1000 characters"));
  }

  @Test
  void streamIsFlushedAndStaysOpen() throws IOException {
    var closed = new AtomicBoolean();
    var out =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            closed.set(true);
          }
        };

    DeliveryWriter.write(Delivery.of("a", List.of(), List.of()), out);

    assertThat(out.size()).isPositive();
    assertThat(closed).isFalse();
  }

  private static byte[] written(Delivery delivery) throws IOException {
    var out = new ByteArrayOutputStream();
    DeliveryWriter.write(delivery, out);
    return out.toByteArray();
  }
}
