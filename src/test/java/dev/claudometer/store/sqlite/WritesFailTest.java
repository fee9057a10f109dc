package dev.claudometer.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.claudometer.store.sqlite.FailingWrites.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// One of SQLite's writes fails, or the disk is full from then on: what was acknowledged is there,
/// nothing is half done, and the same work done again brings everything.
@Tag("long")
@EnabledOnOs(OS.LINUX)
class WritesFailTest {

  /// So many moments are tried of each work and each failure; `-Pnightly` tries more.
  private static final int ENDS = Integer.getInteger("ends", 6);

  @TempDir private Path directory;

  static Stream<Arguments> failures() {
    return Stream.of(
            new StoreWork.Deliveries(Durability.POWER_CUT),
            new StoreWork.Retention(),
            new StoreWork.Update(),
            new CommandWork.Backup(),
            new CommandWork.Restore())
        .flatMap(work -> Stream.of(Failure.values()).map(each -> Arguments.of(work, each)));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void nothingIsLostAndNothingIsHalfDone(StoreWork work, Failure failure) throws Exception {
    Path before = Files.createDirectories(directory.resolve("before"));
    work.prepare(before);
    int calls = calls(work, copy(before, "counted"));
    assertThat(calls).isGreaterThan(10);
    var random = new Random(46);
    for (int i = 0; i < ENDS; i++) {
      int at = random.nextInt(calls);
      Path here = copy(before, "here" + i);
      assertThatCode(() -> fail(work, failure, here, at))
          .as("failed at %d of %d", at, calls)
          .doesNotThrowAnyException();
    }
  }

  private static int calls(StoreWork work, Path here) throws Exception {
    try (var writes = new FailingWrites(here, Failure.ERROR, Integer.MAX_VALUE)) {
      work.run(here, () -> {});
      return writes.calls();
    }
  }

  private static void fail(StoreWork work, Failure failure, Path here, int at) throws Exception {
    var done = new AtomicInteger();
    try (var _ = new FailingWrites(here, failure, at)) {
      work.run(here, done::incrementAndGet);
    } catch (RuntimeException | IOException said) {
      assertThat(said).hasMessageNotContaining("Exception");
    }
    work.check(here, done.get());
    work.run(here, () -> {});
    work.check(here, work.all());
  }

  private Path copy(Path from, String name) throws IOException {
    Path to = Files.createDirectories(directory.resolve(name));
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return to;
  }
}
