package dev.claudometer.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
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
