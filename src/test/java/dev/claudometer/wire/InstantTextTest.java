package dev.claudometer.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-20T12:00:00Z",
        "2026-11-20T12:00:00.5Z",
        "2026-11-20T12:34:56.789Z",
        "1969-12-31T23:59:59.999999999Z",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z",
        "2024-02-29T00:00:00Z",
        "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-11-20T24:00:00Z",
        "2026-11-20T25:00:00Z",
        "2026-11-20T23:59:60Z",
        "2026-11-20T12:60:00Z",
        "2026-11-20T12:00:00.Z",
        "2026-11-20T12:00:00.1234567890Z",
        "2026-11-20T12:00:00.12x4Z",
        "2026-11-20T12:00:00",
        "2026-11-20T12:00Z",
        "2026-11-20t12:00:00z",
        "2026-11-20T12:00:00+01:00",
        "+12026-11-20T12:00:00Z",
        "-0001-11-20T12:00:00Z",
        "٢٠26-11-20T12:00:00Z",
        "",
        "Z"
      })
  void textIsReadAsTheJdkReadsIt(String text) {
    assertThat(orNull(() -> InstantText.of(text))).isEqualTo(orNull(() -> Instant.parse(text)));
  }

  @Test
  void everyInstantIsReadBack() {
    for (long second = -62_000_000_000L; second < 250_000_000_000L; second += 987_654_321L) {
      Instant instant = Instant.ofEpochSecond(second, Math.floorMod(second * 7, 1_000_000_000L));
      assertThat(InstantText.of(instant.toString())).isEqualTo(instant);
    }
  }

  private interface Reading {
    Instant read();
  }

  private static @Nullable Instant orNull(Reading reading) {
    try {
      return reading.read();
    } catch (DateTimeException none) {
      return null;
    }
  }
}
