package dev.claudometer.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.Mutations;
import dev.claudometer.model.DeviceId;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.source.claudecode.Lines;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import dev.claudometer.source.claudecode.place.TranscriptTree;
import dev.claudometer.store.EventFilter;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Transcripts whose every second line is almost right: the lines between count, each once, and
/// nothing ends.
@Tag("long")
class TranscriptFuzzTest {

  /// `-Pnightly` has more.
  private static final int MUTATIONS = Integer.getInteger("mutations", 4_000);

  private static final int LINES_OF_A_FILE = 500;

  private static final List<String> SEEDS =
      List.of(
          Lines.answer("msg_mutated", 7),
          Lines.answer("msg_mutated2", "req", "session-2", "2026-11-21T10:00:01.000Z", 70_000),
          Lines.user("u1", "\"please\"", ",\"isMeta\":true"),
          Lines.system("u2", "compact_boundary", ",\"compactMetadata\":{\"trigger\":\"auto\"}"),
          "{\"type\":\"summary\",\"summary\":\"s\",\"leafUuid\":\"u\"}",
          "{\"type\":\"pr-link\",\"prNumber\":1,\"prRepository\":\"a/b\",\"sessionId\":\"s\"}");

  @Test
  void linesBetweenThemCountOnce(@TempDir Path directory) throws Exception {
    Path project = Files.createDirectories(directory.resolve("projects/-p"));
    var random = new Random(25);
    var truth = new HashMap<String, Long>();
    try (var store = SqliteStore.open(directory.resolve("store.db"), PriceBook::builtIn)) {
      for (int line = 0; line < MUTATIONS; ) {
        var file = new ByteArrayOutputStream();
        for (int end = line + LINES_OF_A_FILE; line < end; line++) {
          String seed = SEEDS.get(random.nextInt(SEEDS.size()));
          file.write(Mutations.of(seed.getBytes(UTF_8), random));
          String sound = "sound_" + line;
          file.write(("\n" + Lines.answer(sound, line + 1L) + "\n").getBytes(UTF_8));
          truth.put(sound, line + 1L);
        }
        Files.write(project.resolve("s" + line + ".jsonl"), file.toByteArray());
        new LocalSync(store, DeviceId.THIS, 1, (_, _) -> {})
            .sync(TranscriptTree.below(List.of(new ClaudeHome(directory.resolve("projects")))));
      }
      Map<String, Long> found = new HashMap<>();
      store
          .events(new EventFilter.Within(TimeRange.ALL))
          .forEach(
              row ->
                  found.merge(
                      row.event().key().messageId(),
                      row.event().usage().tokens().output(),
                      Long::sum));
      assertThat(found).containsAllEntriesOf(truth);
      assertThat(store.verify()).isEmpty();
    }
  }
}
