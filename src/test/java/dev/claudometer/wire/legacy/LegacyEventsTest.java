package dev.claudometer.wire.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LegacyEventsTest {

  private static final Instant NOON = Instant.parse("2026-02-20T12:00:00Z");
  private static final LegacyEntry PLAIN =
      new LegacyEntry("s", "p", NOON, "assistant", null, 3, 5, 7, 11, new BigDecimal("0.25"));

  @Test
  void entryIsAFinishedAnswer() {
    UsageEvent event = LegacyEvents.toEvent(PLAIN);

    assertThat(event.key().messageId()).matches("peer:[0-9a-f]{32}");
    assertThat(event.key().requestId()).isEmpty();
    assertThat(event.at()).isEqualTo(NOON);
    assertThat(event.usage().model()).isEqualTo("unknown");
    assertThat(event.usage().tokens()).isEqualTo(new TokenCounts(3, 5, 7, 0, 11));
    assertThat(event.usage().finalised()).isTrue();
    assertThat(event.usage().reportedCost()).isEqualTo(new Usd(250_000_000));
    assertThat(event.attribution().session()).isEqualTo(new SessionId("s"));
    assertThat(event.attribution().project()).isEqualTo(new ProjectName("p"));
  }

  @Test
  void entryDeliveredAgainIsTheSameEvent() {
    assertThat(LegacyEvents.toEvent(PLAIN)).isEqualTo(LegacyEvents.toEvent(PLAIN));
    assertThat(LegacyEvents.toEvent(PLAIN).key().messageId())
        .isEqualTo("peer:8adce22b054cce98e79131e186ef773c");
  }

  @Test
  void everyPartOfTheIdentityMakesAnotherEvent() {
    Stream<LegacyEntry> others =
        Stream.of(
            PLAIN,
            new LegacyEntry("t", "p", NOON, "assistant", null, 3, 5, 7, 11, null),
            new LegacyEntry("s", "p", NOON.plusNanos(1), "assistant", null, 3, 5, 7, 11, null),
            new LegacyEntry("s", "p", NOON, "assistant", "m", 3, 5, 7, 11, null),
            new LegacyEntry("s", "p", NOON, "assistant", null, 4, 5, 7, 11, null),
            new LegacyEntry("s", "p", NOON, "assistant", null, 3, 6, 7, 11, null),
            new LegacyEntry("s", "p", NOON, "assistant", null, 3, 5, 8, 11, null),
            new LegacyEntry("s", "p", NOON, "assistant", null, 3, 5, 7, 12, null),
            new LegacyEntry("\ud800", "p", NOON, "assistant", null, 3, 5, 7, 11, null),
            new LegacyEntry("\ud801", "p", NOON, "assistant", null, 3, 5, 7, 11, null));

    assertThat(others.map(entry -> LegacyEvents.toEvent(entry).key())).doesNotHaveDuplicates();
  }

  @Test
  void otherTypesAreUsageWhereTheyTellOfTokens() {
    assertThat(
            LegacyEvents.toEvent(new LegacyEntry("s", "p", NOON, "user", null, 0, 0, 0, 0, null)))
        .isNull();
    assertThat(
            LegacyEvents.toEvent(new LegacyEntry("s", "p", NOON, "user", null, 0, 0, 0, 1, null)))
        .isNotNull();
    assertThat(
            LegacyEvents.toEvent(
                new LegacyEntry("s", "p", NOON, "assistant", null, 0, 0, 0, 0, null)))
        .isNotNull();
  }

  @Test
  void likeEntriesWithinTenSecondsAreSuspected() {
    List<LegacyEntry> entries =
        List.of(at(15_000), at(0), at(9_000), at(25_001), at(25_001), other(0), at(40_000));

    assertThat(LegacyDuplicates.suspects(entries)).containsExactly(0, 2, 4);
  }

  private static LegacyEntry at(long millis) {
    return new LegacyEntry("s", "p", NOON.plusMillis(millis), "assistant", null, 3, 5, 7, 11, null);
  }

  private static LegacyEntry other(long millis) {
    return new LegacyEntry("s", "p", NOON.plusMillis(millis), "assistant", null, 3, 6, 7, 11, null);
  }
}
