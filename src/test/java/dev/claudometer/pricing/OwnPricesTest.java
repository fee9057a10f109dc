package dev.claudometer.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usage;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OwnPricesTest {

  private static final Instant DAY = Instant.parse("2026-11-20T00:00:00Z");
  private static final Rates RATES = new Rates(1, 2, 3, 4, Rates.UNKNOWN);
  private static final Rates LATER = new Rates(5, 6, 7, 8, 9);
  private final PriceBook book = PriceBook.builtIn();

  private PriceBook with(PriceBook before, String model, Rates rates, Instant from) {
    List<ModelPrice> rows = OwnPrices.with(before, model, rates, from, OwnPrices.source("a", "b"));
    return PriceFile.read(new ByteArrayInputStream(PriceFileWriter.write(rows)), "the test");
  }

  @Test
  void knownModelKeepsItsPricesUpToTheDay() {
    ModelPrice before = book.row("claude-opus-5").orElseThrow();
    ModelPrice after = with(book, "claude-opus-5", RATES, DAY).row("claude-opus-5").orElseThrow();
    assertThat(OwnPrices.isOwn(after)).isTrue();
    Instant last = DAY.minusSeconds(1);
    assertThat(after.at(last).standard()).isEqualTo(before.at(last).standard());
    assertThat(after.at(DAY).standard().rates()).isEqualTo(RATES);
    assertThat(after.at(DAY).fast()).isEqualTo(before.at(DAY).fast());
  }

  @Test
  void secondPriceOfADayReplacesTheFirst() {
    PriceBook twice = with(with(book, "claude-opus-5", RATES, DAY), "claude-opus-5", LATER, DAY);
    ModelPrice row = twice.row("claude-opus-5").orElseThrow();
    assertThat(row.at(DAY).standard().rates()).isEqualTo(LATER);
    assertThat(row.periods())
        .hasSize(
            with(book, "claude-opus-5", RATES, DAY)
                .row("claude-opus-5")
                .orElseThrow()
                .periods()
                .size());
    Instant next = DAY.plus(1, ChronoUnit.DAYS);
    ModelPrice third = with(twice, "claude-opus-5", RATES, next).row("claude-opus-5").orElseThrow();
    assertThat(third.at(DAY).standard().rates()).isEqualTo(LATER);
    assertThat(third.at(next).standard().rates()).isEqualTo(RATES);
  }

  /// Own prices may ask more for reading from the cache than for input.
  @Test
  void savingsAreRoundedHalfToEvenOnBothSidesOfZero() {
    var random = new Random(1);
    for (int i = 0; i < 100; i++) {
      long input = random.nextInt(3_000);
      long cacheRead = random.nextInt(3_000);
      long tokens = random.nextInt(2_000);
      PriceBook own = with(book, "claude-nova-9", new Rates(input, 1, 1, 1, cacheRead), DAY);
      Usage usage =
          new Usage(
              "claude-nova-9",
              new TokenCounts(0, 1, 0, 0, tokens),
              0,
              0,
              BillingTerms.UNSTATED,
              "end_turn",
              null);
      BigDecimal exact = BigDecimal.valueOf((input - cacheRead) * tokens, 3);
      assertThat(own.saved(usage, DAY).nanos())
          .isEqualTo(exact.setScale(0, RoundingMode.HALF_EVEN).longValueExact());
    }
  }

  @Test
  void unknownModelHasItsPriceForAllTime() {
    PriceBook own = with(book, "claude-nova-9", RATES, DAY);
    assertThat(own.row("claude-nova-9").orElseThrow().at(Instant.EPOCH).standard().rates())
        .isEqualTo(RATES);
    assertThat(own.rows()).hasSize(book.rows().size() + 1);
  }

  @Test
  void freshListLeavesOwnPricesAlone() {
    PriceBook own = with(with(book, "claude-nova-9", RATES, DAY), "claude-opus-5", LATER, DAY);
    var kept = new PriceBook(OwnPrices.kept(book.rows(), own));
    assertThat(kept.row("claude-nova-9")).isPresent();
    assertThat(kept.row("claude-opus-5").orElseThrow().at(DAY).standard().rates()).isEqualTo(LATER);
    assertThat(kept.rows()).hasSize(own.rows().size());
  }
}
