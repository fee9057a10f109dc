package dev.claudometer.agent.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void waitsDoubleUpToFiveMinutesAndAreNeverTheSameForAll() {
    var backoff = new Backoff(new Random(1));
    for (long full : new long[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300}) {
      assertThat(backoff.failed(null))
          .isBetween(Duration.ofMillis(full * 500), Duration.ofSeconds(full));
    }
    assertThat(new Backoff(new Random(1)).failed(null))
        .isNotEqualTo(new Backoff(new Random(2)).failed(null));
  }

  @Test
  void serversWishIsTheLeast() {
    var backoff = new Backoff(new Random(1));
    assertThat(backoff.failed(Duration.ofSeconds(40)))
        .isBetween(Duration.ofSeconds(40), Duration.ofSeconds(44));
    assertThat(backoff.failures()).isEqualTo(1);
    for (int i = 0; i < 10; i++) {
      backoff.failed(null);
    }
    assertThat(backoff.failed(Duration.ofSeconds(1))).isGreaterThan(Duration.ofSeconds(100));
  }

  @Test
  void successStartsAnew() {
    var backoff = new Backoff(new Random(1));
    backoff.failed(null);
    backoff.failed(null);
    backoff.succeeded();
    assertThat(backoff.failures()).isZero();
    assertThat(backoff.failed(null)).isLessThanOrEqualTo(Duration.ofSeconds(1));
  }
}
