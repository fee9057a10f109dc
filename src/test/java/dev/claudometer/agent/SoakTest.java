package dev.claudometer.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// For as long as somebody wants: transcripts grow, agents are killed and stopped, the network
/// loses requests and answers, somebody looks at metrics. In the end everything is there, once, and
/// the server and an agent that ran all the time have taken no more memory, threads and handles.
///
/// `./test -Dtest=SoakTest -Dsoak.minutes=30`; `target/soak.csv` has what was measured.
@Tag("process")
@EnabledIfSystemProperty(named = "soak.minutes", matches = "[1-9][0-9]*")
class SoakTest {

  private static final int AGENTS = 4;
  private static final int SAMPLES = 60;

  /// What may be more in the last quarter than in the second one: KiB of heap and memory, threads,
  /// handles. The first quarter warms up.
  private static final List<Long> SLACK = List.of(6_000L, 24_000L, 4L, 12L);

  private static final List<String> NAMES = List.of("heap", "memory", "threads", "handles");

  @TempDir private Path directory;
  private final Random random = new Random(15);
  private final Map<String, List<Vitals>> measured = new TreeMap<>();

  @Test
  void everythingIsThereOnceAndNothingHasGrown() throws Exception {
    Duration length = Duration.ofMinutes(Long.getLong("soak.minutes", 30));
    try (var fleet =
        new Fleet(directory, AGENTS, Program.thisBuild(), Program.thisBuild(), random)) {
      for (int sample = 0; sample < SAMPLES; sample++) {
        live(fleet, Instant.now().plus(length.dividedBy(SAMPLES)));
        measure("server", fleet.server());
        measure("agent", fleet.machines().getFirst().agent());
      }
      fleet.settle();
      fleet.check();
    } finally {
      write();
    }
    measured.forEach(SoakTest::assertFlat);
  }

  private void live(Fleet fleet, Instant end) throws Exception {
    while (Instant.now().isBefore(end)) {
      for (int i = 0; i < 25; i++) {
        fleet.machines().get(random.nextInt(AGENTS)).write();
        Thread.sleep(random.nextInt(200));
      }
      assertThat(fleet.metrics()).contains("claudometer_");
      Program agent = fleet.machines().get(1 + random.nextInt(AGENTS - 1)).agent();
      if (random.nextBoolean()) {
        agent.kill();
        agent.start();
      } else {
        agent.pause(Duration.ofMillis(random.nextInt(3_000)));
      }
    }
  }

  private void measure(String name, Program program) throws IOException {
    assertThat(program.alive()).as(name).isTrue();
    measured.computeIfAbsent(name, _ -> new ArrayList<>()).add(Vitals.of(program.pid()));
  }

  private static void assertFlat(String name, List<Vitals> samples) {
    List<Long> before = most(samples.subList(SAMPLES / 4, SAMPLES / 2));
    List<Long> after = most(samples.subList(SAMPLES * 3 / 4, SAMPLES));
    assertSoftly(
        softly -> {
          for (int i = 0; i < NAMES.size(); i++) {
            softly
                .assertThat(after.get(i))
                .as(name + " " + NAMES.get(i))
                .isLessThanOrEqualTo(before.get(i) + SLACK.get(i));
          }
        });
  }

  private static List<Long> most(List<Vitals> samples) {
    List<Long> most = new ArrayList<>();
    for (int i = 0; i < NAMES.size(); i++) {
      int column = i;
      most.add(
          samples.stream()
              .map(sample -> sample.all().get(column))
              .max(Comparator.naturalOrder())
              .orElseThrow());
    }
    return most;
  }

  private void write() throws IOException {
    var lines = new StringBuilder("process,heap_kib,memory_kib,threads,handles\n");
    measured.forEach(
        (name, samples) ->
            samples.forEach(
                sample ->
                    lines
                        .append(name)
                        .append(',')
                        .append(sample.all().toString().replaceAll("[\\[\\] ]", ""))
                        .append('\n')));
    Files.writeString(Files.createDirectories(Path.of("target")).resolve("soak.csv"), lines);
  }
}
