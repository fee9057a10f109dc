package dev.claudometer.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.DeviceId;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.source.claudecode.Lines;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever waits until the store is in step finds everything in it that was written before.
@Tag("long")
class InStepTest {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir private Path directory;
  private Path projects;
  private List<ClaudeHome> homes;
  private UsageStore store;
  private ContinuousSync sync;
  private final AtomicInteger written = new AtomicInteger();
  private final AtomicInteger syncs = new AtomicInteger();

  @BeforeEach
  void follow() throws Exception {
    projects = Files.createDirectories(directory.resolve("home/projects"));
    homes = List.of(new ClaudeHome(projects));
    store = SqliteStore.open(directory.resolve("store.db"), PriceBook::builtIn);
    sync =
        new ContinuousSync(
            new LocalSync(store, DeviceId.THIS, 1, (_, _) -> {}),
            () -> homes,
            (_, _) -> syncs.incrementAndGet(),
            Files.createDirectory(directory.resolve("marks")));
    while (sync.inStep(homes, false, PATIENCE) == null) {
      Thread.sleep(10);
    }
  }

  @AfterEach
  void stop() {
    sync.close();
    store.close();
  }

  private void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    int n = written.incrementAndGet();
    Files.writeString(
        file,
        Lines.answer("msg_" + n, 1) + '\n',
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private long stored() {
    return store.sums(TimeRange.ALL, Set.of()).stream()
        .mapToLong(slice -> slice.totals().responses())
        .sum();
  }

  @Test
  void nothingThatWasWrittenBeforeIsMissing() throws Exception {
    var random = new Random(7);
    for (int i = 0; i < 150; i++) {
      int some = random.nextInt(3);
      for (int j = 0; j <= some; j++) {
        write(
            projects.resolve(
                switch (random.nextInt(4)) {
                  case 0 -> "-a/s" + random.nextInt(5) + ".jsonl";
                  case 1 -> "-a/new-" + i + "-" + j + ".jsonl";
                  case 2 -> "-new-" + i + "/s/subagents/agent-" + j + ".jsonl";
                  default -> "-b/s.jsonl";
                }));
      }
      SyncReport report = sync.inStep(homes, i % 10 == 9, PATIENCE);
      assertThat(report).as("attempt " + i).isNotNull();
      assertThat(stored()).as("attempt " + i).isEqualTo(written.get());
    }
  }

  @Test
  void changeOfAFileThatALinkLeadsToIsNotMissing() throws Exception {
    Path elsewhere = directory.resolve("elsewhere.jsonl");
    write(elsewhere);
    Files.createSymbolicLink(projects.resolve("s.jsonl"), elsewhere);
    write(projects.resolve("-new/s.jsonl"));
    for (int i = 0; i < 5; i++) {
      assertThat(sync.inStep(homes, false, PATIENCE)).isNotNull();
      assertThat(stored()).isEqualTo(written.get());
      write(elsewhere);
    }
  }

  @Test
  void reportOnEverythingTellsOfAllFiles() throws Exception {
    write(projects.resolve("-a/s1.jsonl"));
    write(projects.resolve("-a/s2.jsonl"));
    SyncReport report = sync.inStep(homes, true, PATIENCE);
    assertThat(report).isNotNull();
    assertThat(report.filesSeen()).isEqualTo(2);
  }

  @Test
  void othersHomesAreNotAnswered() throws Exception {
    var other = new ClaudeHome(directory.resolve("other/projects"));
    assertThat(sync.inStep(List.of(other), false, PATIENCE)).isNull();
  }

  @Test
  void manyWhoWaitShareFewSyncs() throws Exception {
    write(projects.resolve("-a/s.jsonl"));
    assertThat(sync.inStep(homes, false, PATIENCE)).isNotNull();
    int before = syncs.get();
    try (var threads = Executors.newFixedThreadPool(16)) {
      Callable<Boolean> wait =
          () -> {
            write(projects.resolve("-a/s" + Thread.currentThread().threadId() + ".jsonl"));
            long seen = written.get();
            return sync.inStep(homes, false, PATIENCE) != null && stored() >= seen - 16;
          };
      List<Future<Boolean>> waiting = new ArrayList<>();
      for (int i = 0; i < 160; i++) {
        waiting.add(threads.submit(wait));
      }
      for (Future<Boolean> each : waiting) {
        assertThat(each.get()).isTrue();
      }
    }
    assertThat(syncs.get() - before).isLessThan(160);
    assertThat(stored()).isEqualTo(written.get());
  }
}
