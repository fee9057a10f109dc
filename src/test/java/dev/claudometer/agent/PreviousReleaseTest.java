package dev.claudometer.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The jar of an earlier release with this build: programs are brought up to date one after the
/// other, with the files that they have, while transcripts grow and programs are killed.
///
/// `./test -Dtest=PreviousReleaseTest -Dprevious.jar=…/claudometer.jar`
@Tag("process")
@EnabledIfSystemProperty(named = "previous.jar", matches = ".+")
class PreviousReleaseTest {

  private static final int AGENTS = 2;

  @TempDir private Path directory;
  private final Random random = new Random(24);

  /// S: the server; A: an agent.
  @ParameterizedTest
  @ValueSource(strings = {"SAA", "AAS", "ASA"})
  void nothingIsLostOrDoubledInWhateverOrderTheyAreUpdated(String order) throws Exception {
    String previous = Path.of(System.getProperty("previous.jar")).toAbsolutePath().toString();
    assertThat(Files.isRegularFile(Path.of(previous))).as(previous).isTrue();
    try (var fleet = new Fleet(directory, AGENTS, previous, previous, random)) {
      List<Program> agents =
          new ArrayList<>(fleet.machines().stream().map(Machine::agent).toList());
      live(fleet);
      fleet.settle();
      for (char what : order.toCharArray()) {
        Program program = what == 'S' ? fleet.server() : agents.removeFirst();
        program.kill();
        program.install(Program.thisBuild());
        program.start();
        live(fleet);
        fleet.settle();
      }
      fleet.check();
    }
  }

  private void live(Fleet fleet) throws Exception {
    for (int i = 0; i < 20; i++) {
      fleet.machines().get(random.nextInt(AGENTS)).write();
      Thread.sleep(random.nextInt(100));
    }
    Program killed = fleet.machines().get(random.nextInt(AGENTS)).agent();
    killed.kill();
    killed.start();
  }
}
