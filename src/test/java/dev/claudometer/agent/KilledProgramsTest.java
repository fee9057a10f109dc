package dev.claudometer.agent;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server and agents are killed at any moment, also while they start, while transcripts grow and
/// answers are lost: nothing is lost, nothing counts twice.
@Tag("process")
class KilledProgramsTest {

  /// `-Pnightly` kills more often.
  private static final int KILLS = Integer.getInteger("kills", 16);

  private static final int AGENTS = 2;
  private static final int LONGEST_MILLIS = 2_500;

  @TempDir private Path directory;

  @Test
  void nothingIsLostOrDoubledWheneverProgramsAreKilled() throws Exception {
    var random = new Random(23);
    try (var fleet =
        new Fleet(directory, AGENTS, Program.thisBuild(), Program.thisBuild(), random)) {
      for (int kill = 0; kill < KILLS; kill++) {
        for (int left = random.nextInt(LONGEST_MILLIS); left > 0; left -= 100) {
          fleet.machines().get(random.nextInt(AGENTS)).write();
          Thread.sleep(Math.min(left, 100));
        }
        int which = random.nextInt(AGENTS + 1);
        Program killed = which == AGENTS ? fleet.server() : fleet.machines().get(which).agent();
        killed.kill();
        killed.start();
      }
      fleet.settle();
      fleet.check();
    }
  }
}
