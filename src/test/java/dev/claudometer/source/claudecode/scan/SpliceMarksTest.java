package dev.claudometer.source.claudecode.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpliceMarksTest {

  private static final List<String> MARKS =
      List.of("{\"parentUuid\":\"", "{\"parentUuid\":n", "\"input_tokens\":");

  @Test
  void markIsFoundAtEveryPlace() {
    for (String mark : MARKS) {
      for (int before = 0; before < 40; before++) {
        for (int after = 0; after < 20; after++) {
          byte[] bytes = ("x".repeat(before) + mark + "x".repeat(after)).getBytes(UTF_8);
          assertThat(marked(bytes, 0, bytes.length)).isTrue();
          assertThat(marked(bytes, before, before + mark.length())).isTrue();
          assertThat(marked(bytes, before + 1, bytes.length)).isFalse();
          assertThat(marked(bytes, 0, before + mark.length() - 1)).isFalse();
        }
      }
    }
  }

  @Test
  void escapedMarkIsNone() {
    byte[] bytes = "{\\\"parentUuid\\\":1,\\\"input_tokens\\\":2".getBytes(UTF_8);
    assertThat(marked(bytes, 0, bytes.length)).isFalse();
  }

  @Test
  void emptyRangeHoldsNone() {
    assertThat(marked(new byte[0], 0, 0)).isFalse();
    assertThat(marked("{\"parentUuid\":n".getBytes(UTF_8), 5, 5)).isFalse();
  }

  @Test
  void agreesWithANaiveSearchOverRandomBytes() {
    for (long seed = 0; seed < 20_000; seed++) {
      var random = new Random(seed);
      byte[] bytes = bytes(random);
      int from = random.nextInt(bytes.length + 1);
      int to = from + random.nextInt(bytes.length - from + 1);
      assertThat(marked(bytes, from, to)).as("seed %d", seed).isEqualTo(naive(bytes, from, to));
    }
  }

  private static boolean marked(byte[] bytes, int from, int to) {
    return SpliceMarks.within(bytes, from, to);
  }

  /// Any bytes, or bytes of the marks' own letters, with whole marks and parts of them between.
  private static byte[] bytes(Random random) {
    String letters = "{\"parentUuid\":n_kos";
    byte[] bytes = new byte[random.nextInt(200) + 1];
    random.nextBytes(bytes);
    if (random.nextBoolean()) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) letters.charAt(random.nextInt(letters.length()));
      }
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      byte[] mark = MARKS.get(random.nextInt(3)).getBytes(UTF_8);
      int from = random.nextInt(4) == 0 ? random.nextInt(mark.length) : 0;
      int to = random.nextInt(3) == 0 ? from + random.nextInt(mark.length - from) : mark.length;
      int at = random.nextInt(bytes.length);
      System.arraycopy(mark, from, bytes, at, Math.min(to - from, bytes.length - at));
    }
    return bytes;
  }

  private static boolean naive(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, ISO_8859_1);
    return MARKS.stream().anyMatch(text::contains);
  }
}
