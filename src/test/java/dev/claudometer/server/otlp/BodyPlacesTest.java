package dev.claudometer.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.DeviceId;
import dev.claudometer.server.otlp.BodyPlaces.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BodyPlacesTest {

  private final BodyPlaces places = new BodyPlaces(4, 3);
  private final List<String> gaveWay = new ArrayList<>();

  private @Nullable Place take(String machine, String name) {
    return places.take(new DeviceId(machine), () -> gaveWay.add(name));
  }

  @Test
  void bodyThatHasBeenOnItsWayLongestGivesWayToTheMachinesNext() {
    Place first = take("a", "first");
    take("a", "second");
    take("a", "third");
    assertThat(gaveWay).isEmpty();
    assertThat(take("a", "fourth")).isNotNull();
    assertThat(gaveWay).containsExactly("first");
    assertThat(first.arrived()).isFalse();
  }

  @Test
  void otherMachinesGiveWayOnlyWhereAllPlacesAreTaken() {
    take("a", "a1");
    take("a", "a2");
    take("a", "a3");
    take("b", "b1");
    assertThat(gaveWay).isEmpty();
    assertThat(take("c", "c1")).isNotNull();
    assertThat(gaveWay).containsExactly("a1");
    assertThat(take("b", "b2")).isNotNull();
    assertThat(gaveWay).containsExactly("a1", "b1");
  }

  @Test
  void bodyThatHasArrivedKeepsItsPlaceUntilItIsAnswered() {
    List<Place> arrived =
        List.of(take("a", "a1"), take("a", "a2"), take("b", "b1"), take("b", "b2"));
    assertThat(arrived).allMatch(Place::arrived);
    assertThat(take("c", "c1")).isNull();
    arrived.getFirst().close();
    assertThat(take("c", "c1")).isNotNull();
    assertThat(gaveWay).isEmpty();
  }

  @Test
  void machineWithAllItsBodiesHereIsRefusedWhileOthersAreNot() {
    List<Place> arrived = List.of(take("a", "a1"), take("a", "a2"), take("a", "a3"));
    assertThat(arrived).allMatch(Place::arrived);
    assertThat(take("a", "a4")).isNull();
    assertThat(take("b", "b1")).isNotNull();
  }
}
