package dev.claudometer.usage;

import static dev.claudometer.usage.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.EventKey;
import dev.claudometer.model.UsageEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartsTest {

  private static final EventKey RESPONSE = new EventKey("msg_1", "req_1");

  @Test
  void partIsAtItsResponsesTimeAndAttributedAsItIs() {
    UsageEvent response = Events.event("msg_1", "req_1", NOON, 159, "asked", false);
    UsageEvent copied = Events.event("msg_1", "req_1", NOON.plusSeconds(60), 12, "fork", true);
    UsageEvent part = Parts.of(response, copied.part(1, copied.usage()));
    assertThat(part.at()).isEqualTo(NOON);
    assertThat(part.attribution()).isEqualTo(response.attribution());
    assertThat(part.key()).isEqualTo(RESPONSE.part(1));
  }

  @Test
  void partKeepsItsUsageAndWhereItWasRead() {
    UsageEvent response = Events.event("msg_1", "req_1", NOON, 159, "asked", false);
    UsageEvent other = Events.event("msg_1", "req_1", NOON.plusSeconds(60), 12, "fork", true);
    UsageEvent part = Parts.of(response, other.part(1, other.usage()));
    assertThat(part.usage()).isEqualTo(other.usage());
    assertThat(part.completion().output()).isEqualTo(12);
    assertThat(part.origin()).isEqualTo(other.origin());
  }

  @Test
  void partOfTheSameLineStaysAsItIs() {
    UsageEvent response = Events.event("msg_1", "req_1", NOON, 159);
    UsageEvent part = response.part(2, response.usage());
    assertThat(Parts.of(response, part)).isSameAs(part);
  }

  /// However copies of a response and of its part are mixed and repeated, and whenever the part is
  /// brought to its response.
  @Test
  void orderAndRepetitionDoNotMatter() {
    for (long seed = 0; seed < 500; seed++) {
      var random = new Random(seed);
      List<UsageEvent> copies = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        copies.add(Events.random(random, RESPONSE));
        copies.add(Events.random(random, RESPONSE.part(1)));
      }
      List<UsageEvent> expected = together(copies);
      copies.add(copies.get(random.nextInt(copies.size())));
      Collections.shuffle(copies, random);
      assertThat(together(copies)).as("seed %d", seed).isEqualTo(expected);
    }
  }

  private static List<UsageEvent> together(List<UsageEvent> copies) {
    UsageEvent response = null;
    UsageEvent part = null;
    for (UsageEvent copy : copies) {
      if (copy.key().isResponse()) {
        response = response == null ? copy : Copies.join(response, copy);
      } else {
        part = part == null ? copy : Copies.join(part, copy);
      }
      if (response != null && part != null) {
        part = Parts.of(response, part);
      }
    }
    return List.of(response, part);
  }
}
