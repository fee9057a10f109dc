package dev.claudometer.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.DeviceId;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.source.claudecode.Lines;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import dev.claudometer.source.claudecode.place.TranscriptTree;
import dev.claudometer.store.EventFilter;
import dev.claudometer.store.StoreException;
import dev.claudometer.store.StoredEvent;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Transcripts change under the agent's eyes in every way that files can.
@Tag("long")
class FollowingTest {

  /// So long nothing more may come.
  private static final long PATIENCE_NANOS = 240_000_000_000L;

  @TempDir private Path directory;
  private Path projects;
  private Path project;
  private UsageStore store;
  private @Nullable ContinuousSync sync;

  @BeforeEach
  void home() throws IOException {
    projects = directory.resolve("home/projects");
    project = Files.createDirectories(projects.resolve("-home-me-x-y"));
    store = SqliteStore.open(directory.resolve("store.db"), PriceBook::builtIn);
  }

  @AfterEach
  void stop() {
    if (sync != null) {
      sync.close();
    }
    store.close();
  }

  private void follow() {
    sync =
        new ContinuousSync(
            new LocalSync(store, DeviceId.THIS, 1, (_, _) -> {}),
            () -> Files.isDirectory(projects) ? List.of(new ClaudeHome(projects)) : List.of(),
            (_, _) -> {});
  }

  @Test
  void appendedLinesAreSeenWithoutLookingAround() throws Exception {
    append("s1", line("msg_1", 1));
    follow();
    await(Map.of("msg_1", 1L));
    append("s1", line("msg_2", 2));
    await(Map.of("msg_1", 1L, "msg_2", 2L));
    append("s2", line("msg_3", 3));
    await(Map.of("msg_1", 1L, "msg_2", 2L, "msg_3", 3L));
  }

  @Test
  void lineThatIsWrittenByteByByteCountsOnce() throws Exception {
    follow();
    byte[] line = line("msg_1", 77).getBytes(UTF_8);
    Path file = project.resolve("s1.jsonl");
    for (int i = 0; i < line.length; i++) {
      Files.write(file, new byte[] {line[i]}, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      if (i % 100 == 0) {
        Thread.sleep(20);
      }
    }
    await(Map.of("msg_1", 77L));
  }

  @Test
  void directoriesThatComeLateAreFoundAtAnyDepth() throws Exception {
    follow();
    append("s0", line("msg_0", 1));
    await(Map.of("msg_0", 1L));
    Path deep = Files.createDirectories(projects.resolve("-late/session-9/subagents"));
    Files.writeString(deep.resolve("agent-a1.jsonl"), line("msg_1", 1));
    await(Map.of("msg_0", 1L, "msg_1", 1L));
    Files.writeString(deep.resolve("agent-a2.jsonl"), line("msg_2", 1));
    await(Map.of("msg_0", 1L, "msg_1", 1L, "msg_2", 1L));
  }

  @Test
  void twentyThousandNewFilesAtOnceAreAllFound() throws Exception {
    follow();
    findTwentyThousand();
  }

  /// As where `fs.inotify.max_user_watches` is reached: of a hundred directories three are watched.
  @Test
  void theyAreFoundTooWhereTheLimitOfWatchesIsReached() throws Exception {
    var left = new AtomicInteger(3);
    sync =
        new ContinuousSync(
            new LocalSync(store, DeviceId.THIS, 1, (_, _) -> {}),
            () -> List.of(new ClaudeHome(projects)),
            (_, _) -> {},
            () ->
                new DirectoryWatch(
                    FileSystems.getDefault().newWatchService(),
                    (place, service) -> {
                      if (left.decrementAndGet() < 0) {
                        throw new IOException("User limit of inotify watches reached");
                      }
                      return place.register(service, ENTRY_CREATE, ENTRY_MODIFY);
                    }));
    findTwentyThousand();
  }

  /// As with many files on a slow drive: resting a hundred times as long would be longer than is
  /// waited here.
  @Test
  void whereLookingIsSlowUsageIsFoundSoonWhileItComes() throws Exception {
    sync =
        new ContinuousSync(
            new LocalSync(store, DeviceId.THIS, 1, (_, _) -> {}),
            this::findSlowly,
            (_, _) -> {},
            () -> {
              throw new IOException("User limit of inotify instances reached");
            });
    append("s1", line("msg_1", 1));
    await(Map.of("msg_1", 1L));
    append("s2", line("msg_2", 1));
    await(Map.of("msg_1", 1L, "msg_2", 1L));
  }

  private List<ClaudeHome> findSlowly() {
    try {
      Thread.sleep(3_000);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
    return List.of(new ClaudeHome(projects));
  }

  private void findTwentyThousand() throws Exception {
    Map<String, Long> wanted = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      String message = "msg_" + i;
      Path place = i % 2 == 0 ? project : projects.resolve("-p" + i % 100);
      Files.createDirectories(place);
      Files.writeString(place.resolve("s" + i + ".jsonl"), line(message, i));
      wanted.put(message, (long) i);
    }
    await(wanted);
  }

  @Test
  @Tag("process")
  void loopsPipesAndForeignFilesDisturbNobody() throws Exception {
    Files.createSymbolicLink(project.resolve("loop"), projects);
    Files.createSymbolicLink(project.resolve("self.jsonl"), project.resolve("self.jsonl"));
    Files.createSymbolicLink(project.resolve("gone.jsonl"), directory.resolve("nowhere"));
    Path pipe = project.resolve("pipe.jsonl");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Files.createDirectory(project.resolve("directory.jsonl"));
    Files.write(project.resolve("noise.jsonl"), new byte[] {0, 1, 2, '\n', (byte) 0xff, '{', '\n'});
    Path elsewhere = Files.writeString(directory.resolve("target"), line("msg_0", 5));
    Files.createSymbolicLink(project.resolve("linked.jsonl"), elsewhere);
    follow();
    append("s1", line("msg_1", 1));
    await(Map.of("msg_0", 5L, "msg_1", 1L));
  }

  @Test
  void whereDirectoriesCannotBeWatchedTheyAreLookedInto() throws Exception {
    sync =
        new ContinuousSync(
            new LocalSync(store, DeviceId.THIS, 1, (_, _) -> {}),
            () -> List.of(new ClaudeHome(projects)),
            (_, _) -> {},
            () -> {
              throw new IOException("User limit of inotify instances reached");
            });
    append("s1", line("msg_1", 1));
    await(Map.of("msg_1", 1L));
    append("s2", line("msg_2", 1));
    await(Map.of("msg_1", 1L, "msg_2", 1L));
  }

  /// SQLite's own limit answers as a full disk does.
  @Test
  void fullDiskStopsNothingAndLosesNothing() throws Exception {
    store.close();
    store = SqliteStore.open(directory.resolve("store.db?max_page_count=70"), PriceBook::builtIn);
    follow();
    Map<String, Long> wanted = new HashMap<>();
    for (int i = 0; i < 2_000; i++) {
      wanted.put("msg_" + i, (long) i);
      append("s" + i % 7, line("msg_" + i, i));
    }
    Thread.sleep(3_000);
    assertThat(outputs().size()).isLessThan(2_000);
    stop();
    store = SqliteStore.open(directory.resolve("store.db"), PriceBook::builtIn);
    follow();
    await(wanted);
    assertThat(store.verify()).isEmpty();
  }

  /// The same process goes on, and says before that what is at risk.
  @Test
  void agentWhoseDiskWasFullGoesOnByItself() throws Exception {
    var full = new AtomicBoolean(true);
    Map<String, Long> wanted = new HashMap<>();
    for (int i = 0; i < 200; i++) {
      wanted.put("msg_" + i, (long) i);
      append("s" + i % 7, line("msg_" + i, i));
    }
    List<String> failures = Collections.synchronizedList(new ArrayList<>());
    var local = new LocalSync(storeOn(full), DeviceId.THIS, 1, (_, _) -> {});
    List<ClaudeHome> homes = List.of(new ClaudeHome(projects));
    sync =
        new ContinuousSync(
            local,
            () -> homes,
            new ContinuousSync.Listener() {
              @Override
              public void synced(SyncReport report, boolean everything) {}

              @Override
              public void failed(String why) {
                failures.add(why);
              }
            });
    while (failures.isEmpty()) {
      Thread.sleep(50);
    }
    assertThat(failures.getFirst()).isEqualTo("No space left");
    assertThat(local.unstoredBytes(TranscriptTree.below(homes))).isPositive();
    full.set(false);
    await(wanted);
    assertThat(local.unstoredBytes(TranscriptTree.below(homes))).isZero();
  }

  /// The store, on a disk that is full for a while.
  private UsageStore storeOn(AtomicBoolean full) {
    return (UsageStore)
        Proxy.newProxyInstance(
            UsageStore.class.getClassLoader(),
            new Class<?>[] {UsageStore.class},
            (_, method, arguments) -> {
              if (method.getName().equals("append") && full.get()) {
                throw new StoreException(
                    StoreException.Kind.FULL, "No space left", new IOException("full"));
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            });
  }

  /// A response belongs to the time that its line tells, however the machine's clock went.
  @Test
  void clockThatJumpsMovesNoResponseToAnotherDay() throws Exception {
    follow();
    String[] times = {
      "2026-03-29T00:59:59.999Z", "2026-03-28T00:30:00.000Z", "2026-03-29T01:00:00.000Z",
      "2026-10-25T00:30:00.000Z", "2026-10-25T01:30:00.000Z", "2025-12-31T23:59:59.999Z"
    };
    Map<String, Long> wanted = new HashMap<>();
    for (int i = 0; i < times.length; i++) {
      append("s1", Lines.answer("msg_" + i, "req", "session-1", times[i], i) + "\n");
      wanted.put("msg_" + i, (long) i);
    }
    await(wanted);
    assertThat(store.events(new EventFilter.Within(TimeRange.ALL)))
        .extracting(event -> event.event().at().toString().substring(0, 10))
        .containsExactly(
            "2025-12-31", "2026-03-28", "2026-03-29", "2026-03-29", "2026-10-25", "2026-10-25");
  }

  /// What was stored once stays; what was destroyed before anybody could read it may be missing.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void whateverHappensToFilesEachResponseCountsOnce(long seed) throws Exception {
    var files = new FileActions(project, new Random(seed));
    follow();
    Map<String, Long> seen = new HashMap<>();
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 6; j++) {
        files.act();
      }
      if (i == 2) {
        stop();
        store = SqliteStore.open(directory.resolve("store.db"), PriceBook::builtIn);
        follow();
      }
      seen.putAll(files.present());
      await(seen, files.written());
    }
    assertThat(store.verify()).isEmpty();
  }

  /// Writes, tears, truncates, renames, copies, deletes and makes anew.
  private static final class FileActions {
    private final Path project;
    private final Random random;
    private final Map<String, Long> written = new HashMap<>();
    private int next;

    FileActions(Path project, Random random) {
      this.project = project;
      this.random = random;
    }

    /// Everything that was ever written.
    Map<String, Long> written() {
      return written;
    }

    /// What can be read now, in whole lines.
    Map<String, Long> present() throws IOException {
      Map<String, Long> present = new HashMap<>();
      for (Path file : files()) {
        String text = Files.readString(file);
        text.substring(0, text.lastIndexOf('\n') + 1)
            .lines()
            .map(line -> line.replaceFirst(".*\"id\":\"(msg_\\d+)\".*", "$1"))
            .filter(written::containsKey)
            .forEach(message -> present.put(message, written.get(message)));
      }
      return present;
    }

    void act() throws IOException {
      Path file = pick();
      switch (random.nextInt(10)) {
        case 0 -> Files.writeString(file, "", StandardOpenOption.TRUNCATE_EXISTING);
        case 1 -> cut(file);
        case 2 -> Files.move(file, fresh());
        case 3 -> Files.copy(file, fresh(), StandardCopyOption.COPY_ATTRIBUTES);
        case 4 -> {
          Files.delete(file);
          append(file, lines());
        }
        case 5 -> Files.createLink(fresh(), file);
        case 6 -> {
          String line = lines();
          append(file, line.substring(0, line.length() / 2));
          append(file, line.substring(line.length() / 2));
        }
        case 7 -> Files.writeString(file, lines());
        default -> append(file, lines());
      }
    }

    private void cut(Path file) throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
    }

    private String lines() {
      var lines = new StringBuilder();
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        String message = "msg_" + next++;
        written.put(message, (long) next);
        lines.append(line(message, next));
      }
      return lines.toString();
    }

    private Path pick() throws IOException {
      List<Path> files = files();
      if (files.isEmpty() || random.nextInt(4) == 0) {
        Path file = fresh();
        append(file, lines());
        return file;
      }
      return files.get(random.nextInt(files.size()));
    }

    private Path fresh() {
      return project.resolve("s" + next++ + ".jsonl");
    }

    private static void append(Path file, String text) throws IOException {
      Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private List<Path> files() throws IOException {
      try (Stream<Path> files = Files.list(project)) {
        return new ArrayList<>(files.sorted().toList());
      }
    }
  }

  private static String line(String message, long output) {
    return Lines.answer(message, output) + "\n";
  }

  private void append(String session, String text) throws IOException {
    Files.writeString(
        project.resolve(session + ".jsonl"),
        text,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private void await(Map<String, Long> wanted) throws InterruptedException {
    await(wanted, wanted);
  }

  /// Waits until the store holds at least something, and checks that it holds at most something.
  private void await(Map<String, Long> least, Map<String, Long> most) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    Map<String, Long> stored = outputs();
    while (!stored.entrySet().containsAll(least.entrySet()) && System.nanoTime() - end < 0) {
      Thread.sleep(200);
      Map<String, Long> now = outputs();
      if (now.size() > stored.size()) {
        end = System.nanoTime() + PATIENCE_NANOS;
      }
      stored = now;
    }
    Set<String> missing = new HashSet<>(least.keySet());
    missing.removeAll(stored.keySet());
    assertThat(missing).as("never read").isEmpty();
    assertThat(stored).containsAllEntriesOf(least);
    assertThat(most).containsAllEntriesOf(stored);
  }

  private Map<String, Long> outputs() {
    return store.events(new EventFilter.Within(TimeRange.ALL)).stream()
        .map(StoredEvent::event)
        .collect(
            Collectors.toMap(
                event -> event.key().messageId(), event -> event.usage().tokens().output()));
  }
}
