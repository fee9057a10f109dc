package dev.claudometer.report.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.PricedUses.Stored;
import dev.claudometer.store.Where;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PricedDaysTest {

  private static final PriceBook BOOK = PriceBook.builtIn();
  private static final Rule RULE = new Rule.ShortPrompts();
  private static final Instant DAY = Instant.parse("2026-11-20T00:00:00Z");
  private static final PricedDays.Asked ASKED = new PricedDays.Asked("s0", RULE, Where.ANY, BOOK);

  private final PricedDays days = new PricedDays();
  private int priced;

  @Test
  void dayIsPricedOnceWhileItStaysAsItIs() {
    assertThat(of(ASKED, DAY, 10, 100)).isSameAs(of(ASKED, DAY, 10, 100));
    assertThat(priced).isEqualTo(1);
    of(ASKED, DAY, 10, 101);
    of(ASKED, DAY, 9, 101);
    of(ASKED, DAY, 9, 101);
    assertThat(priced).isEqualTo(3);
  }

  @Test
  void everythingElseThatIsAskedIsPricedForItself() {
    of(ASKED, DAY, 10, 100);
    of(ASKED, DAY.plus(Duration.ofDays(1)), 10, 100);
    of(new PricedDays.Asked("s1", RULE, Where.ANY, BOOK), DAY, 10, 100);
    of(new PricedDays.Asked("s0", new Rule.ByContract(), Where.ANY, BOOK), DAY, 10, 100);
    of(new PricedDays.Asked("s0", RULE, Where.of(Dimension.DEVICE, "a"), BOOK), DAY, 10, 100);
    of(new PricedDays.Asked("s0", RULE, Where.ANY, PriceBook.builtIn()), DAY, 10, 100);
    assertThat(priced).isEqualTo(6);
  }

  @Test
  void dayThatWasAskedForLongestAgoIsForgotten() {
    of(ASKED, DAY, 10, 100);
    for (int day = 1; day < 2_000; day++) {
      of(ASKED, DAY.plus(Duration.ofDays(day)), 10, 100);
    }
    of(ASKED, DAY, 10, 100);
    assertThat(priced).isEqualTo(2_000);
    of(ASKED, DAY.plus(Duration.ofDays(2_000)), 10, 100);
    of(ASKED, DAY.plus(Duration.ofDays(1)), 10, 100);
    assertThat(priced).isEqualTo(2_002);
  }

  private Replay of(PricedDays.Asked asked, Instant day, long events, long revision) {
    return days.of(
        asked,
        day,
        new Stored(events, revision),
        () -> {
          priced++;
          return new Replay(RULE, BOOK);
        });
  }
}
