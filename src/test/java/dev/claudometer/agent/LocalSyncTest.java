package dev.claudometer.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.ingest.Admission;
import dev.claudometer.model.DeviceId;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.source.claudecode.Lines;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import dev.claudometer.source.claudecode.place.TranscriptTree;
import dev.claudometer.store.EventFilter;
import dev.claudometer.store.Receipt;
import dev.claudometer.store.StoredEvent;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sqlite.SqliteStore;
import dev.claudometer.usage.Totals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("long")
class LocalSyncTest {

  private Path projects;
  private Path project;
  private UsageStore store;

  @BeforeEach
  void in(@TempDir Path directory) throws IOException {
    projects = directory.resolve("projects");
    project = Files.createDirectories(projects.resolve("-home-me-x-y"));
    store = SqliteStore.open(directory.resolve("store.db"), PriceBook::builtIn);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void emptyHomeBringsNothing() throws Exception {
    assertThat(sync()).isEqualTo(new SyncReport(0, 0, 0, nothing(), List.of()));
  }

  @Test
  void syncStoresWhatTheTranscriptsSay() throws Exception {
    write("s1", Lines.answer("msg_1", 5) + "\n" + Lines.answer("msg_2", 6) + "\n");
    write("s2", Lines.answer("msg_3", 7) + "\n");
    SyncReport report = sync();
    assertThat(report.filesSeen()).isEqualTo(2);
    assertThat(report.filesRead()).isEqualTo(2);
    assertThat(report.bytesRead()).isEqualTo(size("s1") + size("s2"));
    assertThat(report.admission().stored().added()).isEqualTo(3);
    assertThat(outputs()).isEqualTo(Map.of("msg_1", 5L, "msg_2", 6L, "msg_3", 7L));
  }

  @Test
  void secondSyncReadsNothing() throws Exception {
    write("s1", Lines.answer("msg_1", 5) + "\n");
    sync();
    SyncReport second = sync();
    assertThat(second.filesSeen()).isEqualTo(1);
    assertThat(second.filesRead()).isZero();
    assertThat(second.bytesRead()).isZero();
    assertThat(second.admission()).isEqualTo(nothing());
  }

  @Test
  void onlyAnAppendedLineIsRead() throws Exception {
    write("s1", Lines.answer("msg_1", 5) + "\n");
    write("s2", Lines.answer("msg_2", 6) + "\n");
    sync();
    String line = Lines.answer("msg_3", 7) + "\n";
    append("s1", line);
    SyncReport report = sync();
    assertThat(report.filesRead()).isEqualTo(1);
    assertThat(report.bytesRead()).isEqualTo(line.length());
    assertThat(report.admission().received()).isEqualTo(1);
    assertThat(outputs()).isEqualTo(Map.of("msg_1", 5L, "msg_2", 6L, "msg_3", 7L));
  }

  @Test
  void deletedTranscriptKeepsItsUsage() throws Exception {
    write("s1", Lines.answer("msg_1", 5) + "\n");
    sync();
    Files.delete(file("s1"));
    assertThat(sync().filesSeen()).isZero();
    assertThat(outputs()).isEqualTo(Map.of("msg_1", 5L));
  }

  @Test
  void renamedTranscriptDoesNotDouble() throws Exception {
    write("s1", Lines.answer("msg_1", 5) + "\n");
    sync();
    Files.move(file("s1"), file("s9"));
    SyncReport report = sync();
    assertThat(report.filesRead()).isEqualTo(1);
    assertThat(report.admission().stored().added()).isZero();
    assertThat(total().responses()).isEqualTo(1);
  }

  @Test
  void movedTranscriptKeepsItsProject() throws Exception {
    write("s1", Lines.answer("msg_1", 5) + "\n");
    sync();
    Path elsewhere = Files.createDirectories(projects.resolve("-archive")).resolve("s1.jsonl");
    Files.copy(project.resolve("s1.jsonl"), elsewhere);
    Files.delete(project.resolve("s1.jsonl"));
    assertThat(sync().bytesRead()).isZero();
    assertThat(outputs()).isEqualTo(Map.of("msg_1", 5L));
    assertThat(projectsOfAll()).containsExactly("-home-me-x-y");
    assertThat(sync().filesRead()).isZero();
  }

  @Test
  void otherTranscriptOfAGoneOnesNameIsReadWhole() throws Exception {
    write("s1", Lines.answer("msg_1", 5) + "\n");
    sync();
    Files.delete(project.resolve("s1.jsonl"));
    Path other = Files.createDirectories(projects.resolve("-other")).resolve("s1.jsonl");
    Files.writeString(other, Lines.answer("msg_2", 6) + "\n" + Lines.answer("msg_3", 7) + "\n");
    sync();
    assertThat(outputs()).isEqualTo(Map.of("msg_1", 5L, "msg_2", 6L, "msg_3", 7L));
  }

  @Test
  void copiedTranscriptDoesNotDouble() throws Exception {
    write("s1", Lines.answer("msg_1", 5) + "\n" + Lines.answer("msg_2", 6) + "\n");
    Files.copy(file("s1"), file("s2"));
    sync();
    assertThat(outputs()).isEqualTo(Map.of("msg_1", 5L, "msg_2", 6L));
    Files.copy(file("s1"), file("s3"));
    sync();
    assertThat(total().responses()).isEqualTo(2);
  }

  @Test
  void lineThatIsStillBeingWrittenIsReadWhenItIsComplete() throws Exception {
    String line = Lines.answer("msg_1", 5) + "\n";
    write("s1", line.substring(0, 200));
    assertThat(sync().bytesRead()).isZero();
    assertThat(outputs()).isEmpty();
    append("s1", line.substring(200));
    assertThat(sync().bytesRead()).isEqualTo(line.length());
    assertThat(outputs()).isEqualTo(Map.of("msg_1", 5L));
    assertThat(store.holdings().files().getFirst().damages()).isEmpty();
  }

  @Test
  void usageOfALineWithoutItsNewlineIsCountedOnce() throws Exception {
    write("s1", Lines.answer("msg_1", 5));
    sync();
    assertThat(outputs()).isEqualTo(Map.of("msg_1", 5L));
    append("s1", "\n");
    SyncReport report = sync();
    assertThat(report.admission().stored().unchanged()).isEqualTo(1);
    assertThat(total().responses()).isEqualTo(1);
  }

  @Test
  void fileThatWasRewrittenInTheSameMomentIsReadWhenItsSizeDiffers() throws Exception {
    write("s1", Lines.answer("msg_1", 5) + "\n");
    FileTime moment = Files.getLastModifiedTime(file("s1"));
    sync();
    write("s1", Lines.answer("msg_10", 6) + "\n");
    Files.setLastModifiedTime(file("s1"), moment);
    sync();
    assertThat(outputs()).isEqualTo(Map.of("msg_1", 5L, "msg_10", 6L));
  }

  @Test
  void helperAgentsReplayDoesNotCount() throws Exception {
    write("s1", Lines.answer("msg_1", "req_1", "session-1", "2026-11-20T10:00:01.000Z", 5) + "\n");
    Path agent = project.resolve("session-1/subagents/agent-aside_question-1.jsonl");
    Files.createDirectories(agent.getParent());
    String replay = Lines.answer("msg_1", "req_2", "session-1", "2026-11-20T10:00:01.000Z", 5);
    String own = Lines.answer("msg_2", "req_3", "session-1", "2026-11-20T10:00:02.000Z", 9);
    Files.writeString(
        agent,
        (replay + "\n" + own + "\n").replace("\"isSidechain\":false", "\"isSidechain\":true"));
    sync();
    assertThat(total().responses()).isEqualTo(2);
    assertThat(total().tokens().output()).isEqualTo(14);
    assertThat(store.holdings().replays()).isEqualTo(1);
  }

  @Test
  void whatCannotBeTrueIsRejectedAndNamed() throws Exception {
    write(
        "s1",
        Lines.answer("msg_1", "r", "s", "1999-01-01T00:00:00.000Z", 5)
            + "\n"
            + Lines.answer("msg_2", 2_000_000_000L)
            + "\n"
            + Lines.answer("msg_3", 7)
            + "\n");
    Admission admission = sync().admission();
    assertThat(admission.rejections()).hasSize(2);
    assertThat(admission.rejections().getFirst().origin().place()).startsWith(file("s1") + ":");
    assertThat(outputs()).isEqualTo(Map.of("msg_3", 7L));
  }

  @Test
  void fileThatVanishesBeforeItIsReadIsNamedAndTheRestIsStored() throws Exception {
    write("s1", Lines.answer("msg_1", 5) + "\n");
    write("s2", Lines.answer("msg_2", 6) + "\n");
    TranscriptTree tree = tree();
    Files.delete(file("s1"));
    SyncReport report = new LocalSync(store, DeviceId.THIS, 2, (_, _) -> {}).sync(tree);
    assertThat(report.unreadable()).containsExactly(file("s1") + ": no such file");
    assertThat(outputs()).isEqualTo(Map.of("msg_2", 6L));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void numberOfThreadsDoesNotMatter(int threads) throws Exception {
    var expected = new HashMap<String, Long>();
    for (int i = 0; i < 30; i++) {
      var lines = new StringBuilder();
      for (int j = 0; j < 20; j++) {
        int message = (i * 7 + j * 3) % 100;
        lines.append(Lines.answer("msg_" + message, i + j)).append('\n');
        expected.merge("msg_" + message, (long) i + j, Math::max);
      }
      write("s" + i, lines.toString());
    }
    Admission admission =
        new LocalSync(store, DeviceId.THIS, threads, (_, _) -> {}).sync(tree()).admission();
    assertThat(outputs()).isEqualTo(expected);
    assertThat(admission.received()).isEqualTo(600);
    assertThat(admission.joined() + admission.stored().added() + admission.stored().replaced())
        .isEqualTo(600 - admission.stored().unchanged());
    assertThat(store.verify()).isEmpty();
  }

  @Test
  void progressEndsAtTheWhole() throws Exception {
    write("s1", Lines.answer("msg_1", 5) + "\n");
    write("s2", Lines.answer("msg_2", 6) + "\n");
    List<List<Long>> told = new ArrayList<>();
    new LocalSync(store, DeviceId.THIS, 2, (done, total) -> told.add(List.of(done, total)))
        .sync(tree());
    long all = size("s1") + size("s2");
    assertThat(told.getLast()).isEqualTo(List.of(all, all));
  }

  /// Whatever happens to the files, the store holds of every complete line that a sync could see
  /// the highest output, and never loses or doubles one.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void anyFateOfTheFilesGivesTheSumOfAllLinesEverSynced(long seed) throws Exception {
    var fate = new Fate(new Random(seed));
    for (int round = 0; round < 40; round++) {
      fate.act();
      if (fate.random.nextInt(3) > 0) {
        fate.settle();
        sync();
        assertThat(outputs()).as("seed %d, round %d", seed, round).isEqualTo(fate.synced);
      }
    }
    fate.settle();
    sync();
    assertThat(outputs()).isEqualTo(fate.synced);
    assertThat(total().responses()).isEqualTo(fate.synced.size());
    assertThat(store.verify()).isEmpty();
    assertThat(sync().bytesRead()).isZero();
  }

  /// Files as they stand, beside what a plain reading of them all would have seen.
  private final class Fate {

    private final Random random;
    private final Map<String, String> files = new TreeMap<>();
    private final Map<String, Long> synced = new HashMap<>();
    private long clock = Instant.parse("2026-11-20T10:00:00Z").toEpochMilli();
    private int messages;

    Fate(Random random) {
      this.random = random;
    }

    void act() throws IOException {
      String name = files.isEmpty() ? "s0" : any();
      String content = files.getOrDefault(name, "");
      switch (random.nextInt(9)) {
        case 0, 1 -> put(name, content + line());
        case 2 -> put(name, content + torn());
        case 3 -> put("s" + random.nextInt(6), lines());
        case 4 -> put(name, content.substring(0, random.nextInt(content.length() + 1)));
        case 5 -> replace(name, lines());
        case 6 -> move(name, "s" + random.nextInt(6));
        case 7 -> copy(name, "s" + random.nextInt(6));
        default -> {
          delete(name);
          if (random.nextBoolean()) {
            put(name, lines());
          }
        }
      }
    }

    /// Remembers what the sync that follows has to find.
    void settle() {
      for (String content : files.values()) {
        for (String line : content.split("\n", -1)) {
          if (line.endsWith("Z\"}")) {
            String message = line.replaceFirst("(?s).*\"id\":\"(msg_\\d+)\".*", "$1");
            String output = line.replaceFirst("(?s).*17083},\"output_tokens\":(\\d+),.*", "$1");
            synced.merge(message, Long.parseLong(output), Math::max);
          }
        }
      }
    }

    private String any() {
      return List.copyOf(files.keySet()).get(random.nextInt(files.size()));
    }

    private String line() {
      int message = random.nextInt(3) == 0 && messages > 0 ? random.nextInt(messages) : messages++;
      return Lines.answer("msg_" + message, random.nextInt(1000)) + "\n";
    }

    private String lines() {
      var lines = new StringBuilder();
      for (int i = random.nextInt(5); i >= 0; i--) {
        lines.append(line());
      }
      return lines.toString();
    }

    /// The beginning of a line that another act may go on from: with a newline it is damage.
    private String torn() {
      String line = line();
      return line.substring(0, random.nextInt(line.length())) + (random.nextBoolean() ? "\n" : "");
    }

    private void put(String name, String content) throws IOException {
      String before = files.put(name, content);
      if (before != null && content.startsWith(before)) {
        append(name, content.substring(before.length()));
      } else {
        write(name, content);
      }
      touch(name);
    }

    private void replace(String name, String content) throws IOException {
      files.put(name, content);
      Path fresh = Files.writeString(project.resolve("fresh.tmp"), content);
      Files.move(fresh, file(name), StandardCopyOption.REPLACE_EXISTING);
      touch(name);
    }

    private void move(String from, String to) throws IOException {
      if (!from.equals(to) && files.containsKey(from)) {
        files.put(to, files.remove(from));
        Files.move(file(from), file(to), StandardCopyOption.REPLACE_EXISTING);
      }
    }

    private void copy(String from, String to) throws IOException {
      if (!from.equals(to) && files.containsKey(from)) {
        files.put(to, files.get(from));
        Files.copy(file(from), file(to), StandardCopyOption.REPLACE_EXISTING);
        touch(to);
      }
    }

    private void delete(String name) throws IOException {
      files.remove(name);
      Files.deleteIfExists(file(name));
    }

    /// Each act is a moment of its own, as it is for people.
    private void touch(String name) throws IOException {
      clock += 1000;
      Files.setLastModifiedTime(file(name), FileTime.fromMillis(clock));
    }
  }

  private Set<String> projectsOfAll() {
    return store.events(new EventFilter.Within(TimeRange.ALL)).stream()
        .map(stored -> stored.event().attribution().project().text())
        .collect(Collectors.toSet());
  }

  private SyncReport sync() throws IOException, InterruptedException {
    return new LocalSync(store, DeviceId.THIS, 2, (_, _) -> {}).sync(tree());
  }

  private TranscriptTree tree() throws IOException {
    return TranscriptTree.below(List.of(new ClaudeHome(projects)));
  }

  private static Admission nothing() {
    return new Admission(0, 0, Receipt.EMPTY, List.of());
  }

  private Map<String, Long> outputs() {
    return store.events(new EventFilter.Within(TimeRange.ALL)).stream()
        .map(StoredEvent::event)
        .collect(
            Collectors.toMap(
                event -> event.key().messageId(), event -> event.usage().tokens().output()));
  }

  private Totals total() {
    return store.sums(TimeRange.ALL, Set.of()).getFirst().totals();
  }

  private Path file(String name) {
    return project.resolve(name + ".jsonl");
  }

  private long size(String name) throws IOException {
    return Files.size(file(name));
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(file(name), content);
  }

  private void append(String name, String content) throws IOException {
    Files.writeString(file(name), content, StandardOpenOption.APPEND);
  }
}
