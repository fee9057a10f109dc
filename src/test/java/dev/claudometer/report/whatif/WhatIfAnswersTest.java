package dev.claudometer.report.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.Completion;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.EventKey;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.Batch;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.Where;
import dev.claudometer.store.sqlite.SqliteStore;
import dev.claudometer.usage.Events;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhatIfAnswersTest {

  private static final PriceBook BOOK = PriceBook.builtIn();
  private static final List<Rule> RULES =
      List.of(
          new Rule.ShortPrompts(),
          new Rule.CacheLifetime(true),
          new Rule.OtherModel("opus", false, "claude-haiku-5-5"));

  @TempDir private Path directory;

  /// Responses come, change, move to other days and are deleted between the questions.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void rememberedDaysTellWhatPricingEverythingAgainTells(long seed) {
    var random = new Random(seed);
    try (UsageStore store = SqliteStore.open(directory.resolve("store.db"), () -> BOOK)) {
      var remembering = new WhatIfAnswers(store, () -> BOOK);
      for (int change = 1; change <= 8; change++) {
        store.append(
            new Batch(
                DeviceId.THIS, some(random, change), List.of(), List.of(), List.of(), List.of()));
        if (random.nextInt(4) == 0) {
          store.forget(Events.NOON.plus(Duration.ofHours(random.nextInt(30))));
        }
        for (TimeRange range : List.of(TimeRange.ALL, range(random))) {
          for (Where where : List.of(Where.ANY, Where.of(Dimension.SESSION, "session-1"))) {
            for (Rule rule : RULES) {
              assertThat(remembering.replay(range, where, rule))
                  .isEqualTo(new WhatIfAnswers(store, () -> BOOK).replay(range, where, rule));
            }
          }
        }
      }
    }
  }

  private static TimeRange range(Random random) {
    Instant from = Events.NOON.plus(Duration.ofHours(random.nextInt(60) - 10));
    return new TimeRange(from, from.plus(Duration.ofHours(1 + random.nextInt(100))));
  }

  /// Copies of what there is, at other times too, and some that are new.
  private static List<UsageEvent> some(Random random, int change) {
    List<UsageEvent> events = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      var key = new EventKey("msg_" + random.nextInt(20 * change), "req");
      UsageEvent event = Events.random(random, key);
      Completion completion = event.completion();
      Instant at = completion.at().plus(Duration.ofHours(random.nextInt(5 * 24)));
      events.add(
          new UsageEvent(
              key,
              new Completion(at, completion.output()),
              event.usage(),
              event.attribution(),
              event.progress(),
              event.origin(),
              event.tools()));
    }
    return events;
  }
}
