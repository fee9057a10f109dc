package dev.claudometer.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.Usd;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What is written digit by digit is what the JDK's formatters write.
class PlainNumbersTest {

  private static final Style ENGLISH = new Style(0, false, false, Locale.ENGLISH);
  private static final Style PLAIN = new Style(0, false, false, null);
  private static final int TRIES = 20_000;

  private final Random random = new Random(1);

  @Test
  void numbersAreGroupedAsTheFormatterGroupsThem() {
    for (long number : new long[] {0, 9, 999, 1000, -999, -1000, Long.MAX_VALUE, Long.MIN_VALUE}) {
      assertThat(PLAIN.number(number)).isEqualTo(ENGLISH.number(number));
    }
    for (int i = 0; i < TRIES; i++) {
      long number = anyLength();
      assertThat(PLAIN.number(number)).isEqualTo(ENGLISH.number(number));
    }
  }

  @Test
  void dollarsAreRoundedAndGroupedAsTheFormatterDoes() {
    for (long nanos :
        new long[] {
          0,
          1,
          50_000,
          50_001,
          150_000,
          9_999_999,
          10_000_000,
          15_000_000,
          25_000_000,
          999_995_000_000L
        }) {
      assertSameDollars(nanos);
      assertSameDollars(-nanos);
      assertSameDollars(5_000_000 * nanos);
    }
    assertSameDollars(Long.MAX_VALUE);
    assertSameDollars(Long.MIN_VALUE);
    for (int i = 0; i < TRIES; i++) {
      assertSameDollars(anyLength());
      assertSameDollars(anyLength() / 5_000_000 * 5_000_000);
    }
  }

  private static void assertSameDollars(long nanos) {
    assertThat(PLAIN.dollars(new Usd(nanos)))
        .as("%d", nanos)
        .isEqualTo(ENGLISH.dollars(new Usd(nanos)));
  }

  private long anyLength() {
    return random.nextLong() >> random.nextInt(64);
  }

  @Test
  void minutesAreThoseOfAPattern() {
    var pattern = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    for (int i = 0; i < TRIES; i++) {
      var at = LocalDateTime.ofEpochSecond(random.nextLong(400_000_000_000L), 0, ZoneOffset.UTC);
      assertThat(PlainNumbers.minute(at)).isEqualTo(pattern.format(at));
    }
    var longAgo = LocalDateTime.of(-44, 3, 15, 12, 0);
    assertThat(PlainNumbers.minute(longAgo)).isEqualTo(pattern.format(longAgo));
  }

  @Test
  void aModelsDateIsLeftOut() {
    assertThat(Printable.model("claude-opus-4-5-20251101")).isEqualTo("opus-4-5");
    assertThat(Printable.model("claude-opus-4-5-2025110")).isEqualTo("opus-4-5-2025110");
    assertThat(Printable.model("claude-opus-4-5-2025110x")).isEqualTo("opus-4-5-2025110x");
    assertThat(Printable.model("gpt-5-30251101")).isEqualTo("gpt-5-30251101");
    assertThat(Printable.model("")).isEqualTo("unknown");
  }
}
