package dev.claudometer.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.EventKey;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.usage.Events;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextsTest {

  @Test
  void usualEventIsLeftAsItIs() {
    UsageEvent event = Events.random(new Random(1), new EventKey("msg_1", "req_1"));
    assertThat(Texts.storable(event)).isSameAs(event);
  }

  @Test
  void whatDatabasesRefuseIsReplaced() {
    assertThat(Texts.mended("a\0b")).isEqualTo("a\uFFFDb");
    assertThat(Texts.mended("a\uD800b\uDC00")).isEqualTo("a\uFFFDb\uFFFD");
    assertThat(Texts.mended("grüße 😀 שלום")).isEqualTo("grüße 😀 שלום");
  }

  @Test
  void longTextsAreCutAndStayDifferent() {
    String one = "x".repeat(10_000) + "1";
    String other = "x".repeat(10_000) + "2";
    assertThat(Texts.mended(one)).hasSizeLessThan(850).startsWith("xxx");
    assertThat(Texts.mended(one)).isNotEqualTo(Texts.mended(other)).isEqualTo(Texts.mended(one));
    assertThat(
            Texts.mended("😀".repeat(2_000))
                .codePoints()
                .filter(c -> Character.getType(c) == Character.SURROGATE))
        .isEmpty();
  }

  @Test
  void mendingTwiceIsMendingOnce() {
    var random = new Random(3);
    for (int i = 0; i < 500; i++) {
      var text = new StringBuilder();
      for (int length = random.nextInt(2_000); length > 0; length--) {
        text.append((char) random.nextInt(0x10000));
      }
      String mended = Texts.mended(text.toString());
      assertThat(Texts.mended(mended)).isEqualTo(mended);
    }
  }
}
