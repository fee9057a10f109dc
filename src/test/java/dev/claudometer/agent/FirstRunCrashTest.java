package dev.claudometer.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.agent.Processes.Started;
import dev.claudometer.model.DeviceId;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.source.claudecode.Lines;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import dev.claudometer.source.claudecode.place.TranscriptTree;
import dev.claudometer.store.EventFilter;
import dev.claudometer.store.StoredEvent;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The first run over a history of several batches ends again and again, and each next one goes on
/// where it was: the sums are those of the transcripts.
@Tag("process")
class FirstRunCrashTest {

  private static final int FILES = 24;
  private static final int LINES = 1_000;

  /// Fewer than lines: many responses are told of in two files.
  private static final int RESPONSES = 17_000;

  /// The first of the first batch, the last of it, the first of the second; then, of the run that
  /// has to go on, the same.
  private static final int[] ENDS = {1, 5_250, 7_125, 1, 3_750};

  @TempDir private Path directory;
  private final Map<String, Long> truth = new HashMap<>();

  @Test
  void sumsAreExactWhereverItEnds() throws Exception {
    Path home = home();
    Path file = directory.resolve("store.db");
    for (int end : ENDS) {
      Started run =
          Processes.start(
              CrashingFirstRun.class.getName(),
              home.toString(),
              file.toString(),
              Integer.toString(end));
      assertThat(run.process().waitFor()).as("ended while pricing the " + end).isEqualTo(137);
    }
    try (UsageStore store = SqliteStore.open(file, PriceBook::builtIn)) {
      assertThat(store.verify()).isEmpty();
      var tree = TranscriptTree.below(List.of(new ClaudeHome(home.resolve("projects"))));
      new LocalSync(store, DeviceId.THIS, 2, (_, _) -> {}).sync(tree);
      assertThat(outputs(store)).isEqualTo(truth);
      assertThat(store.holdings().files()).hasSize(FILES);
      assertThat(store.verify()).isEmpty();
    }
  }

  private Path home() throws IOException {
    Path home = directory.resolve("home");
    for (int file = 0; file < FILES; file++) {
      var lines = new StringBuilder();
      for (int line = 0; line < LINES; line++) {
        int number = file * LINES + line;
        String message = "msg_" + number % RESPONSES;
        long output = 1 + number % 997;
        truth.merge(message, output, Math::max);
        lines
            .append(
                Lines.answer(
                    message,
                    "req_" + message,
                    "session-" + file,
                    "2026-11-20T10:%02d:%02d.000Z".formatted(line / 60, line % 60),
                    output))
            .append('\n');
      }
      Path folder = Files.createDirectories(home.resolve("projects/-p" + file % 3));
      Files.writeString(folder.resolve("session-" + file + ".jsonl"), lines);
    }
    return home;
  }

  private static Map<String, Long> outputs(UsageStore store) {
    return store.events(new EventFilter.Within(TimeRange.ALL)).stream()
        .map(StoredEvent::event)
        .collect(
            Collectors.toMap(
                event -> event.key().messageId(), event -> event.usage().tokens().output()));
  }
}
