package dev.claudometer.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The process ends, or the power goes, within any of SQLite's writes: what was acknowledged is
/// there, nothing is half done, and the same work done again brings everything.
@Tag("long")
@EnabledOnOs(OS.LINUX)
class WritesEndTest {

  /// So many moments are tried of each work and each end; `-Pnightly` tries more.
  private static final int ENDS = Integer.getInteger("ends", 20);

  @TempDir private Path directory;

  /// How it ends.
  enum End {
    KILL,
    POWER_CUT;

    Disk after(WriteLog log, int moment, Random random) {
      return this == KILL
          ? Disk.afterKill(log, moment, random)
          : Disk.afterPowerCut(log, moment, random);
    }
  }

  static Stream<Arguments> ends() {
    return Stream.of(
            new StoreWork.Deliveries(Durability.POWER_CUT),
            new StoreWork.Deliveries(Durability.PROCESS),
            new StoreWork.Moving(),
            new StoreWork.Retention(),
            new StoreWork.Backup(),
            new StoreWork.Update(),
            new CommandWork.Backup(),
            new CommandWork.Restore())
        .flatMap(work -> Stream.of(End.values()).map(end -> Arguments.of(work, end)));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void nothingIsLostAndNothingIsHalfDone(StoreWork work, End end) throws Exception {
    Path here = Files.createDirectories(directory.resolve("here"));
    work.prepare(here);
    List<Integer> acknowledged = new ArrayList<>();
    var log = new WriteLog(here);
    try (log) {
      work.run(here, () -> acknowledged.add(log.length()));
    }
    assertThat(acknowledged).hasSize(work.all());
    assertThat(log.length()).isGreaterThan(20);
    Path there = Files.createDirectories(directory.resolve("there"));
    var random = new Random(18);
    for (int i = 0; i < ENDS; i++) {
      // also right after everything was said to be done
      int moment = i == 0 ? log.length() : random.nextInt(log.length() + 1);
      end.after(log, moment, random).into(there);
      long done = acknowledged.stream().filter(each -> each <= moment).count();
      assertThatCode(() -> check(work, there, (int) done))
          .as("ended at %d of %d", moment, log.length())
          .doesNotThrowAnyException();
    }
  }

  private static void check(StoreWork work, Path there, int done) throws Exception {
    work.check(there, done);
    work.run(there, () -> {});
    work.check(there, work.all());
  }
}
