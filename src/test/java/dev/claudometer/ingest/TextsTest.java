package dev.claudometer.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.Attribution;
import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.Completion;
import dev.claudometer.model.EventKey;
import dev.claudometer.model.Origin;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.ToolUse;
import dev.claudometer.model.Usage;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Work;
import dev.claudometer.usage.Events;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextsTest {

  @Test
  void usualEventIsLeftAsItIs() {
    UsageEvent event = Events.random(new Random(1), new EventKey("msg_1", "req_1"));
    assertThat(Texts.storable(event, Texts.BLANK)).isSameAs(event);
    assertThat(Texts.storable(event, event)).isSameAs(event);
  }

  @Test
  void everyTextOfAnEventIsLookedAt() {
    for (int which = 0; which < TEXTS; which++) {
      UsageEvent event = told(which);
      for (UsageEvent good : List.of(Texts.BLANK, told(-1))) {
        assertThat(Texts.storable(event, good).toString())
            .as("text %d", which)
            .contains("a\uFFFDb")
            .doesNotContain("\0");
      }
    }
  }

  private static final int TEXTS = 17;

  /// One of whose texts no database takes.
  private static UsageEvent told(int bad) {
    String[] texts = new String[TEXTS];
    Arrays.setAll(texts, i -> i == bad ? "a\0b" : "text " + i);
    return new UsageEvent(
        new EventKey(texts[0], texts[1]),
        new Completion(Events.NOON, 1),
        new Usage(
            texts[2],
            new TokenCounts(1, 1, 0, 0, 0),
            0,
            0,
            new BillingTerms(texts[3], texts[4], texts[5]),
            texts[6],
            null),
        new Attribution(
            new SessionId(texts[7]),
            new ProjectName(texts[8]),
            texts[9],
            texts[10],
            false,
            false,
            Events.NOON,
            new Origin.Line(texts[11], 0),
            new Work(texts[12], texts[13], texts[14])),
        false,
        new Origin.Line(texts[15], 0),
        List.of(new ToolUse("id", texts[16])));
  }

  @Test
  void whatDatabasesRefuseIsReplaced() {
    assertThat(StorableText.of("a\0b")).isEqualTo("a\uFFFDb");
    assertThat(StorableText.of("a\uD800b\uDC00")).isEqualTo("a\uFFFDb\uFFFD");
    assertThat(StorableText.of("grüße 😀 שלום")).isEqualTo("grüße 😀 שלום");
  }

  @Test
  void longTextsAreCutAndStayDifferent() {
    String one = "x".repeat(10_000) + "1";
    String other = "x".repeat(10_000) + "2";
    assertThat(StorableText.of(one)).hasSizeLessThan(850).startsWith("xxx");
    assertThat(StorableText.of(one))
        .isNotEqualTo(StorableText.of(other))
        .isEqualTo(StorableText.of(one));
    assertThat(
            StorableText.of("😀".repeat(2_000))
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
      String mended = StorableText.of(text.toString());
      assertThat(StorableText.of(mended)).isEqualTo(mended);
    }
  }
}
