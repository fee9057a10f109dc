package dev.claudometer.store.sql.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class EscapesTest {

  private static final String LETTERS = "ab%2057C0A \n|ü";

  @Test
  void everyTextComesBackAndHoldsNoSeparatorMeanwhile() {
    var random = new Random(1);
    for (int i = 0; i < 5_000; i++) {
      var text = new StringBuilder();
      for (int length = random.nextInt(6); length > 0; length--) {
        text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
      String escaped = Escapes.escape(text.toString());
      assertThat(escaped).doesNotContain(" ", "\n", "|");
      assertThat(Escapes.unescape(escaped)).isEqualTo(text.toString());
    }
  }
}
