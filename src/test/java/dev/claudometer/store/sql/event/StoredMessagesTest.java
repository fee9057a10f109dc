package dev.claudometer.store.sql.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StoredMessagesTest {

  private final StoredMessages messages = new StoredMessages();

  @Test
  void nothingIsKnownBeforeItBegins() {
    messages.add(new EventId(1, 0, 0));
    assertThat(messages.areAll()).isFalse();
  }

  @Test
  void hasWhatWasAddedAndNothingElse() {
    messages.begin();
    Set<Long> added = new HashSet<>(Set.of(0L, -1L, Long.MIN_VALUE));
    var random = new Random(3);
    while (added.size() < 50_000) {
      added.add(random.nextLong());
    }
    added.forEach(high -> messages.add(new EventId(high, 7, 1)));
    assertThat(messages.areAll()).isTrue();
    assertThat(added).allMatch(high -> messages.mayHave(new EventId(high, 9, 0)));
    long others = 0;
    for (int i = 0; i < 50_000; i++) {
      long high = random.nextLong();
      others += !added.contains(high) && messages.mayHave(new EventId(high, 7, 1)) ? 1 : 0;
    }
    assertThat(others).isZero();
  }

  @Test
  void aMessageThatIsAddedAgainTakesNoMoreRoom() {
    messages.begin();
    for (int i = 0; i < 1_000_000; i++) {
      messages.add(new EventId(i % 10, 0, 0));
    }
    assertThat(messages.areAll()).isTrue();
  }

  @Test
  void doesNotGrowWithoutEnd() {
    messages.begin();
    for (long i = 1; i <= 262_144; i++) {
      messages.add(new EventId(i * 0x9E3779B97F4A7C15L, 0, 0));
    }
    assertThat(messages.areAll()).isTrue();
    messages.add(new EventId(-5, 0, 0));
    assertThat(messages.areAll()).isFalse();
  }
}
