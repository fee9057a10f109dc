package dev.claudometer.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How many bodies are on their way at a time.
class ArrivalsTest {

  private final Arrivals arrivals = new Arrivals();

  /// Who gave way was interrupted: here all are read by one thread.
  @AfterEach
  void forget() {
    Thread.interrupted();
  }

  @Test
  void ofOneCallerTheSeventeenthMakesTheFirstGiveWay() {
    List<Arrivals.Arrival> bodies = begun("laptop", 18, false);
    assertThat(waiting(bodies)).containsExactlyElementsOf(bodies.subList(2, 18));
  }

  @Test
  void ofStrangersThereAre256HoweverManyAddressesTheyHave() {
    List<Arrivals.Arrival> bodies = new ArrayList<>();
    for (int address = 0; address < 1_000; address++) {
      bodies.addAll(begun("10.0.0." + address, 1, true));
    }
    assertThat(waiting(bodies)).containsExactlyElementsOf(bodies.subList(744, 1_000));
  }

  @Test
  void strangersTakeNoPlaceOfADevice() {
    Arrivals.Arrival device = arrivals.begin("laptop", false);
    for (int address = 0; address < 1_000; address++) {
      arrivals.begin("10.0.0." + address, true);
    }
    assertThat(device.gaveWay()).isFalse();
  }

  @Test
  void placeOfABodyThatHasArrivedIsFreeAgain() {
    for (int i = 0; i < 1_000; i++) {
      try (Arrivals.Arrival body = arrivals.begin("laptop", false)) {
        assertThat(body.gaveWay()).isFalse();
      }
    }
    assertThat(waiting(begun("laptop", 16, false))).hasSize(16);
  }

  private List<Arrivals.Arrival> begun(String caller, int count, boolean stranger) {
    List<Arrivals.Arrival> begun = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      begun.add(arrivals.begin(caller, stranger));
    }
    return begun;
  }

  private static List<Arrivals.Arrival> waiting(List<Arrivals.Arrival> bodies) {
    return bodies.stream().filter(body -> !body.gaveWay()).toList();
  }
}
