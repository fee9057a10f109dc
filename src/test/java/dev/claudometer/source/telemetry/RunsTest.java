package dev.claudometer.source.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.claudometer.source.telemetry.Runs.Gap;
import dev.claudometer.source.telemetry.Runs.Proof;
import dev.claudometer.source.telemetry.Telemetry.Place;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RunsTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private static final Path RECORDED = Path.of("../shared/genuine/otlp");

  private final Runs runs = new Runs();

  @Test
  void numbersThatGoOnAreWhole() {
    assertThat(missing(body("s", 0, 4, 0))).isEmpty();
    assertThat(missing(body("s", 5, 9, 5))).isEmpty();
  }

  /// 0 … 4, then 7 and 8: 5 and 6 are gone.
  @Test
  void lostBatchIsProvedByTheNextOne() {
    missing(body("s", 0, 4, 0));
    assertThat(missing(body("s", 7, 8, 10)))
        .containsExactly(new Gap("s", "s", NOON.plusSeconds(10), 5, 2));
    assertThat(missing(body("s", 9, 9, 15))).isEmpty();
  }

  @Test
  void repeatedBodyProvesNothing() {
    missing(body("s", 0, 4, 0));
    assertThat(missing(body("s", 0, 4, 0))).isEmpty();
    assertThat(missing(body("s", 5, 6, 5))).isEmpty();
  }

  @Test
  void twoProcessesOfOneSessionAreTwoRuns() {
    missing(body("s", 0, 9, 0));
    missing(body("s", 0, 3, 1));
    assertThat(missing(body("s", 10, 12, 5))).isEmpty();
    assertThat(missing(body("s", 4, 6, 6))).isEmpty();
    assertThat(missing(body("s", 8, 8, 7)))
        .containsExactly(new Gap("s", "s", NOON.plusSeconds(7), 7, 1));
  }

  /// `/clear` changes the session within a process.
  @Test
  void numbersGoOnInAnotherSession() {
    missing(body("one", 0, 4, 0));
    assertThat(missing(body("two", 5, 6, 5))).isEmpty();
    assertThat(missing(body("two", 8, 8, 9)))
        .containsExactly(new Gap("two", "two", NOON.plusSeconds(9), 7, 1));
  }

  @Test
  void whatBeganBeforeAnybodyListenedProvesNothing() {
    assertThat(missing(body("s", 40, 44, 0))).isEmpty();
    assertThat(missing(body("s", 46, 46, 5)))
        .containsExactly(new Gap("s", "s", NOON.plusSeconds(5), 45, 1));
  }

  /// The recorded clients' bodies in the order in which they came, as one machine's: nothing was
  /// lost, though sessions went on in other processes.
  @Test
  void genuineBodiesAreWhole() throws IOException {
    assumeTrue(Files.isDirectory(RECORDED), "no recordings beside the project");
    try (var all = Files.walk(RECORDED)) {
      for (Path body :
          all.filter(path -> path.toString().endsWith("-logs.json")).sorted().toList()) {
        List<List<Place>> places =
            JsonEvents.read(new ByteArrayInputStream(Files.readAllBytes(body))).places();
        assertThat(runs.proof(places).gaps()).as(body.toString()).isEmpty();
        runs.stored(places);
      }
    }
  }

  /// 5 and 6 come after 7 and 8, by way of a collector that sends several bodies at once.
  @Test
  void whatComesLateClosesItsGap() {
    missing(body("s", 0, 4, 0));
    missing(body("s", 7, 8, 10));
    List<List<Place>> late = List.of(body("s", 5, 6, 5));
    assertThat(runs.proof(late)).isEqualTo(new Proof(List.of(), 2));
    runs.stored(late);
    assertThat(runs.proof(late)).isEqualTo(new Proof(List.of(), 0));
    assertThat(missing(body("s", 9, 9, 15))).isEmpty();
  }

  /// Bodies of two processes, that a collector has put into one.
  @Test
  void bodyOfSeveralProcessesIsTakenApart() {
    missing(body("a", 0, 2, 0));
    missing(body("b", 0, 49, 0));
    List<List<Place>> together =
        List.of(body("a", 3, 4, 5), body("b", 50, 51, 5), body("a", 5, 6, 9));
    assertThat(runs.proof(together).gaps()).isEmpty();
    runs.stored(together);
    assertThat(missing(body("a", 8, 8, 12)))
        .containsExactly(new Gap("a", "a", NOON.plusSeconds(12), 7, 1));
  }

  /// Bodies in any order prove in the end what is missing, and nothing else.
  @Test
  void anyOrderProvesTheSame() {
    for (int seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      List<List<Place>> bodies = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        bodies.add(body("s", 3L * i, 3L * i + 2, i));
      }
      Collections.shuffle(bodies.subList(1, 12), random);
      var any = new Runs();
      long missing = 0;
      for (List<Place> body : bodies) {
        Proof proof = any.proof(List.of(body));
        any.stored(List.of(body));
        missing += proof.gaps().stream().mapToLong(Gap::count).sum() - proof.late();
      }
      assertThat(missing).as("seed " + seed).isZero();
    }
  }

  private List<Gap> missing(List<Place> body) {
    List<Gap> gaps = runs.proof(List.of(body)).gaps();
    runs.stored(List.of(body));
    return gaps;
  }

  private static List<Place> body(String session, long first, long last, long second) {
    return LongStream.rangeClosed(first, last)
        .mapToObj(number -> new Place(session, NOON.plusSeconds(second), number))
        .toList();
  }
}
