package dev.claudometer.wire.legacy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Points out entries that look like copies. Claude Code writes an answer in several lines that
/// differ in their time only, and the daemon sends each as an entry.
///
/// It is a suspicion: two short answers can have equal counts. Nothing is left out for it.
public final class LegacyDuplicates {

  private static final Duration CLOSE = Duration.ofSeconds(10);

  private LegacyDuplicates() {}

  /// The indexes of entries that have session, model and all four counts in common with one that is
  /// earlier by 10 seconds at most; of equal instants, the later in the list. Ascending.
  public static List<Integer> suspects(List<LegacyEntry> entries) {
    Map<Alike, Instant> latest = new HashMap<>();
    List<Integer> suspects = new ArrayList<>();
    IntStream.range(0, entries.size())
        .boxed()
        .sorted(Comparator.comparing(index -> entries.get(index).timestamp()))
        .forEach(
            index -> {
              LegacyEntry entry = entries.get(index);
              Instant before = latest.put(Alike.of(entry), entry.timestamp());
              if (before != null && !entry.timestamp().isAfter(before.plus(CLOSE))) {
                suspects.add(index);
              }
            });
    return suspects.stream().sorted().toList();
  }

  /// What the lines of one answer have in common.
  private record Alike(
      String session,
      @Nullable String model,
      long input,
      long output,
      long cacheCreation,
      long cacheRead) {

    static Alike of(LegacyEntry entry) {
      return new Alike(
          entry.sessionId(),
          entry.model(),
          entry.inputTokens(),
          entry.outputTokens(),
          entry.cacheCreationTokens(),
          entry.cacheReadTokens());
    }
  }
}
