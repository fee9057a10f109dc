package dev.claudometer.usage;

import static dev.claudometer.usage.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.usage.Tellers.Settled;
import dev.claudometer.usage.Tellers.Told;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TellersTest {

  private static final Told VICTIM = told("d_1", Events.event("m", "r", NOON, 100));

  @Test
  void largerNumbersOfAnotherMachineDoNotCount() {
    Told thief = told("d_2", Events.event("m", "r", NOON, 9_000_000));
    Settled settled = Tellers.settle(List.of(thief, VICTIM));
    assertThat(settled.event().usage().tokens().output()).isEqualTo(100);
    assertThat(settled.device()).isEqualTo(new DeviceId("d_1"));
    assertThat(Tellers.disputed(thief, List.of(thief, VICTIM))).isTrue();
    assertThat(Tellers.disputed(VICTIM, List.of(thief, VICTIM))).isFalse();
  }

  @Test
  void earlierTimeDoesNotTakeTheAttribution() {
    Told thief = told("d_2", Events.event("m", "r", NOON.minus(Duration.ofDays(3)), 100));
    Settled settled = Tellers.settle(List.of(VICTIM, thief));
    assertThat(settled.device()).isEqualTo(new DeviceId("d_1"));
    assertThat(settled.event().at()).isEqualTo(NOON);
    assertThat(Tellers.disputed(thief, List.of(VICTIM, thief))).isTrue();
  }

  @Test
  void equalCopiesOfACopiedHomeContradictNothing() {
    Told copy = told("d_2", Events.event("m", "r", NOON, 100));
    assertThat(Tellers.settle(List.of(copy, VICTIM)))
        .isEqualTo(Tellers.settle(List.of(VICTIM, copy)));
    assertThat(Tellers.disputed(copy, List.of(copy, VICTIM))).isFalse();
  }

  @Test
  void sidechainOfTheFirstMachineIsNotTheHomeOfAnothersConversation() {
    Told side = told("d_1", Events.event("m", "r", NOON, 100, "helper", true));
    Told own = told("d_2", Events.event("m", "r", NOON, 100, "talk", false));
    Settled settled = Tellers.settle(List.of(side, own));
    assertThat(settled.device()).isEqualTo(new DeviceId("d_2"));
    assertThat(settled.event().attribution().session().text()).isEqualTo("talk");
  }

  private static Told told(String device, UsageEvent event) {
    return new Told(new DeviceId(device), event);
  }
}
