package dev.claudometer.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.Usage;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.Batch;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.Where;
import dev.claudometer.store.sqlite.SqliteStore;
import dev.claudometer.usage.Block;
import dev.claudometer.usage.Blocks;
import dev.claudometer.usage.Events;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Blocks that are cut from sums are those of the single responses.
class BlockAnswersTest {

  private static final Instant TEN = Instant.parse("2026-11-20T10:00:00Z");
  private static final Instant LONG_AFTER = Instant.parse("2027-01-01T00:00:00Z");
  private static final List<String> MODELS =
      List.of("claude-opus-5", "claude-haiku-4-5-20251001", "claude-aardvark-1");

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void areThoseOfSingleResponses(long seed) {
    var random = new Random(seed);
    try (UsageStore store = store(history(random))) {
      for (String length :
          List.of("PT5H", "PT1H", "PT1H15M", "PT6H30M", "PT24H", "PT20M", "PT5H7M")) {
        for (Where where : List.of(Where.ANY, Where.of(Dimension.SESSION, "session-1"))) {
          Duration each = Duration.parse(length);
          Instant now = TEN.plus(Duration.ofMinutes(random.nextInt(10_000)));
          assertThat(new BlockAnswers(store).all(where, each, now))
              .as(length + " of " + where)
              .isEqualTo(ofResponses(store, where, each, now));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25, 26})
  void areTheSameWhereThoseBeforeAreKnown(long seed) {
    var random = new Random(seed);
    List<UsageEvent> history = history(random);
    history.add(at(TEN.plus(Duration.ofDays(20)), 1_000));
    Collections.swap(history, 3, 390);
    CutBlocks known = null;
    try (UsageStore store = SqliteStore.open(directory.resolve("store.db"), PriceBook::builtIn)) {
      for (int from = 0, to; from < history.size(); from = to) {
        to = Math.min(history.size(), from + random.nextInt(60));
        append(store, history.subList(from, to));
        Instant now = history.get(to - 1 < 0 ? 0 : to - 1).at().plusSeconds(random.nextInt(9_000));
        var answers = new BlockAnswers(store, known);
        assertThat(answers.all(Where.ANY, BlockAnswers.USUAL, now))
            .isEqualTo(ofResponses(store, Where.ANY, BlockAnswers.USUAL, now));
        assertThat(
                new BlockAnswers(store, answers.known()).all(Where.ANY, Duration.ofHours(3), now))
            .isEqualTo(ofResponses(store, Where.ANY, Duration.ofHours(3), now));
        known = answers.known();
      }
    }
  }

  @Test
  void responseAtTheVeryEndBelongsToTheBlockAndTheNextMillisecondDoesNot() {
    Instant end = TEN.plus(BlockAnswers.USUAL);
    try (UsageStore store =
        store(
            List.of(at(TEN, 0), at(end, 1), at(end.plusMillis(1), 2), at(end.plusSeconds(9), 3)))) {
      List<Block> blocks = new BlockAnswers(store).all(Where.ANY, BlockAnswers.USUAL, LONG_AFTER);
      assertThat(blocks).extracting(Block::start).containsExactly(TEN, end);
      assertThat(blocks).extracting(block -> block.totals().responses()).containsExactly(2L, 2L);
      assertThat(blocks.getFirst().lastAt()).isEqualTo(end);
      assertThat(blocks.getLast().firstAt()).isEqualTo(end.plusMillis(1));
    }
  }

  @Test
  void modelsOfOneInstantStandInTheOrderOfItsResponses() {
    List<UsageEvent> atOnce = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      atOnce.add(at(TEN.plusSeconds(i / 10), i, MODELS.get(i * 7 % 3)));
    }
    try (UsageStore store = store(atOnce)) {
      assertThat(new BlockAnswers(store).all(Where.ANY, BlockAnswers.USUAL, LONG_AFTER))
          .isEqualTo(ofResponses(store, Where.ANY, BlockAnswers.USUAL, LONG_AFTER))
          .hasSize(1);
    }
  }

  @Test
  void tellOnlyOfWhatIsKeptWhereResponsesWereDeleted() {
    Instant late = TEN.plus(Duration.ofDays(3));
    try (UsageStore store = store(List.of(at(TEN, 0), at(late, 1)))) {
      store.forget(TEN.plus(Duration.ofDays(1)));
      assertThat(new BlockAnswers(store).all(Where.ANY, BlockAnswers.USUAL, LONG_AFTER))
          .extracting(Block::start)
          .containsExactly(late);
    }
  }

  private static List<Block> ofResponses(
      UsageStore store, Where where, Duration length, Instant now) {
    var blocks = new Blocks(length, now);
    store
        .entries(TimeRange.ALL, where)
        .forEach(entry -> blocks.add(entry.at(), entry.model(), entry.totals()));
    return blocks.finish();
  }

  /// Responses close to each other and far apart, many at the very beginnings and ends of quarter
  /// hours.
  private static List<UsageEvent> history(Random random) {
    List<UsageEvent> history = new ArrayList<>();
    long at = 0;
    for (int i = 0; i < 400; i++) {
      at +=
          switch (random.nextInt(12)) {
            case 0 -> Duration.ofHours(5).toMillis() + random.nextInt(3) - 1;
            case 1 -> Duration.ofMinutes(random.nextInt(1_200)).toMillis();
            case 2 -> 900_000 - at % 900_000 - random.nextInt(2);
            case 3 -> 3_600_000 - at % 3_600_000;
            case 4 -> 0;
            default -> random.nextInt(400_000);
          };
      history.add(at(TEN.plusMillis(at), i, MODELS.get(random.nextInt(8) / 6 * random.nextInt(3))));
    }
    return history;
  }

  private static UsageEvent at(Instant at, int number) {
    return at(at, number, MODELS.getFirst());
  }

  private static UsageEvent at(Instant at, int number, String model) {
    UsageEvent event =
        Events.event("msg_" + number, "req_1", at, 1 + number, "session-" + number % 3, false);
    Usage usage = event.usage();
    return new UsageEvent(
        event.key(),
        event.completion(),
        new Usage(
            model,
            usage.tokens(),
            usage.webSearches(),
            usage.webFetches(),
            usage.terms(),
            usage.stopReason(),
            usage.reportedCost()),
        event.attribution(),
        event.progress(),
        event.origin(),
        event.tools());
  }

  private UsageStore store(List<UsageEvent> events) {
    UsageStore store = SqliteStore.open(directory.resolve("store.db"), PriceBook::builtIn);
    append(store, events);
    return store;
  }

  private static void append(UsageStore store, List<UsageEvent> events) {
    store.append(new Batch(DeviceId.THIS, events, List.of(), List.of(), List.of(), List.of()));
  }
}
