package dev.claudometer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usage;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.meter.Meter;
import dev.claudometer.store.meter.MeterReading;
import dev.claudometer.usage.Events;
import dev.claudometer.usage.Totals;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every store promises about what the cache has saved, and about thinking.
public abstract class SavingsContract {

  private static final Instant SATURDAY = Instant.parse("2026-11-28T12:00:00Z");
  private static final Instant SUNDAY = Instant.parse("2026-11-22T12:00:00Z");
  private static final BillingTerms FAST = new BillingTerms("", "fast", "");

  private Path place;

  /// Opens the store at a place, and makes it where there is none.
  protected abstract UsageStore open(Path place, PriceBook prices);

  @BeforeEach
  void in(@TempDir Path directory) {
    place = directory.resolve("savings");
  }

  private UsageStore open() {
    return open(place, PriceBook.builtIn());
  }

  /// Fable 5.2 in fast mode: 1,000,000 reads. Haiku 5.5 on two days: 500,000 reads each, beyond
  /// 100,000 tokens of prompt.
  @Test
  void savingsAreThoseOfEachResponsesSpeedPromptAndDay() {
    var usages =
        List.of(
            event("msg_1", SATURDAY, usage("claude-fable-5-2", 1_000_000, FAST)),
            event("msg_2", SATURDAY, usage("claude-haiku-5-5", 500_000, BillingTerms.UNSTATED)),
            event("msg_3", SUNDAY, usage("claude-haiku-5-5", 0, BillingTerms.UNSTATED)));
    try (var store = open()) {
      store.append(batch(usages));
      assertThat(total(store, TimeRange.ALL).saved()).isEqualTo(new Usd(15_825_000_000L));
      assertThat(store.meters(-1).readings())
          .filteredOn(reading -> reading.meter() == Meter.SAVED)
          .extracting(MeterReading::amount)
          .satisfies(
              amounts ->
                  assertThat(amounts.stream().mapToLong(Long::longValue).sum())
                      .isEqualTo(15_825_000_000L));
      var saturday = new TimeRange(SATURDAY, SATURDAY.plusSeconds(900));
      var sunday = new TimeRange(SUNDAY, SUNDAY.plusSeconds(900));
      assertThat(total(store, saturday).saved()).isEqualTo(new Usd(15_825_000_000L));
      assertThat(total(store, sunday).saved()).isEqualTo(Usd.ZERO);
      assertThat(store.verify()).isEmpty();
    }
  }

  @Test
  void modelWithoutAPriceSavesNothingKnown() {
    try (var store = open()) {
      store.append(batch(List.of(event("msg_1", SATURDAY, usage("claude-nova-9", 9, FAST)))));
      assertThat(total(store, TimeRange.ALL).saved()).isEqualTo(Usd.ZERO);
      assertThat(total(store, TimeRange.ALL).unpriced()).isEqualTo(1);
    }
  }

  @Test
  void savingsOfAReplacedCopyGoWithIt() {
    try (var store = open()) {
      store.append(
          batch(List.of(event("msg_1", SATURDAY, usage("claude-haiku-5-5", 80_000, FAST)))));
      Usd first = total(store, TimeRange.ALL).saved();
      store.append(
          batch(List.of(event("msg_1", SATURDAY, usage("claude-haiku-5-5", 90_000, FAST)))));
      assertThat(first.nanos()).isPositive();
      assertThat(total(store, TimeRange.ALL).saved().nanos() * 8).isEqualTo(first.nanos() * 9);
      assertThat(store.verify()).isEmpty();
    }
  }

  @Test
  void thinkingIsTheSumOfWhatIsToldAndUnknownWhereNobodyTells() {
    try (var store = open()) {
      store.append(batch(List.of(event("msg_1", SATURDAY, thought(Usage.UNTOLD)))));
      assertThat(total(store, TimeRange.ALL).thinking()).isNull();
      store.append(batch(List.of(event("msg_2", SATURDAY, thought(0)))));
      assertThat(total(store, TimeRange.ALL).thinking()).isZero();
      store.append(batch(List.of(event("msg_3", SUNDAY, thought(15)))));
      assertThat(total(store, TimeRange.ALL))
          .extracting(Totals::thinking, sum -> sum.tokens().output(), Totals::responses)
          .containsExactly(15L, 300L, 3L);
      assertThat(store.events(new EventFilter.Within(TimeRange.ALL)))
          .extracting(
              stored -> stored.event().key().messageId(),
              stored -> stored.event().usage().thinking())
          .containsExactlyInAnyOrder(
              tuple("msg_1", Usage.UNTOLD), tuple("msg_2", 0L), tuple("msg_3", 15L));
      assertThat(store.verify()).isEmpty();
    }
  }

  private static Usage usage(String model, long cacheRead, BillingTerms terms) {
    return new Usage(model, new TokenCounts(0, 0, 0, 0, cacheRead), 0, 0, terms, "end_turn", null);
  }

  private static Usage thought(long thinking) {
    var tokens = new TokenCounts(0, 100, 0, 0, 0);
    return new Usage(
        "claude-opus-5",
        tokens,
        0,
        0,
        thinking,
        BillingTerms.UNSTATED,
        "end_turn",
        null,
        List.of());
  }

  private static UsageEvent event(String message, Instant at, Usage usage) {
    UsageEvent event = Events.event(message, "req", at, usage.tokens().output());
    return new UsageEvent(
        event.key(),
        event.completion(),
        usage,
        event.attribution(),
        false,
        event.origin(),
        List.of());
  }

  private static Totals total(UsageStore store, TimeRange range) {
    return store.sums(range, Set.of()).getFirst().totals();
  }

  private static Batch batch(List<UsageEvent> events) {
    return new Batch(DeviceId.THIS, events, List.of(), List.of(), List.of(), List.of());
  }
}
