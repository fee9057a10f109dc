package dev.claudometer.pricing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usage;
import dev.claudometer.model.Usd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriceUpdateTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void modelsThatTheBookKnowsKeepItsPrices() throws IOException {
    PriceUpdate update = sample();
    assertThat(update.kept())
        .containsExactlyInAnyOrder("claude-3-haiku-20240307", "claude-opus-4-6-20260205");
    assertThat(update.rows()).containsAll(PriceBook.builtIn().rows());
    assertThat(new PriceBook(update.rows()).price(oneHourWrites("claude-3-haiku-20240307"), NOW))
        .isEqualTo(new Cost.Priced(Usd.of(new BigDecimal("0.5"))));
  }

  @Test
  void inventedDateNamesNoNewModel() throws IOException {
    assertThat(sample().rows())
        .extracting(ModelPrice::id)
        .doesNotContain("claude-opus-4-6-20260205");
  }

  @Test
  void pricesThatCannotBeRightAreRejectedWithTheReason() throws IOException {
    PriceUpdate update = sample();
    assertThat(update.rejected())
        .satisfiesExactlyInAnyOrder(
            free -> assertThat(free).startsWith("anthropic.claude-mythos-preview: no price above"),
            write -> assertThat(write).startsWith("claude-nova-2: an implausible one-hour"),
            read -> assertThat(read).startsWith("claude-nova-3: a cache read dearer"),
            dear -> assertThat(dear).startsWith("claude-nova-4: implausible prices"),
            half -> assertThat(half).startsWith("claude-nova-5: no price above zero"));
    assertThat(new PriceBook(update.rows()).row("claude-mythos-preview")).isEmpty();
  }

  @Test
  void newModelIsAddedWithItsTier() throws IOException {
    PriceUpdate update = sample();
    assertThat(update.added()).containsExactly("claude-nova-1");
    Tariff tariff =
        new PriceBook(update.rows())
            .row("claude-nova-1")
            .orElseThrow()
            .periods()
            .getLast()
            .standard();
    assertThat(tariff.rates())
        .isEqualTo(new Rates(1_000_000, 5_000_000, 1_250_000, 2_000_000, 100_000));
    assertThat(tariff.promptOver()).isEqualTo(200_000);
    assertThat(tariff.overRates())
        .isEqualTo(new Rates(2_000_000, 7_500_000, Rates.UNKNOWN, Rates.UNKNOWN, Rates.UNKNOWN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{}",
        "[]",
        "null",
        "<html>busy</html>",
        "{\"claude-opus-5\":",
        "{\"gpt\":{}}"
      })
  void whatIsNotTheListIsRefusedByName(String content) {
    assertThatThrownBy(() -> PriceUpdate.fromLiteLlm(stream(content), "the download"))
        .isInstanceOf(PriceFileException.class)
        .hasMessageStartingWith("the download ");
  }

  @Test
  void writtenBookReadsAsTheSameBook(@TempDir Path directory) throws IOException {
    PriceUpdate update = sample();
    Path file = directory.resolve("prices.json");
    Files.writeString(file, "the old one");
    update.write(file);
    assertThat(PriceBook.read(file).rows()).isEqualTo(update.rows());
    assertThat(directory.toFile().list()).containsExactly("prices.json");
  }

  @Test
  void writtenBookReadsAsAnUpdateAgain(@TempDir Path directory) throws IOException {
    PriceUpdate update = sample();
    Path file = directory.resolve("prices.json");
    update.write(file);
    try (InputStream in = Files.newInputStream(file)) {
      PriceUpdate again = PriceUpdate.fromFile(in, "the file");
      assertThat(again.rows()).isEqualTo(update.rows());
      assertThat(again.added()).containsExactly("claude-nova-1");
    }
  }

  @Test
  void builtInContentIsTheBuiltInBook() throws IOException {
    try (InputStream in = PriceBook.builtInContent()) {
      PriceUpdate update = PriceUpdate.fromFile(in, "built in");
      assertThat(update.rows()).isEqualTo(PriceBook.builtIn().rows());
      assertThat(update.added()).isEmpty();
    }
  }

  @Test
  void missingBookIsRefusedByName(@TempDir Path directory) {
    Path file = directory.resolve("absent.json");
    assertThatThrownBy(() -> PriceBook.read(file))
        .isInstanceOf(PriceFileException.class)
        .hasMessageContaining(file.toString());
  }

  private static PriceUpdate sample() throws IOException {
    try (InputStream in = PriceUpdateTest.class.getResourceAsStream("litellm.json")) {
      return PriceUpdate.fromLiteLlm(in, "the sample");
    }
  }

  private static InputStream stream(String content) {
    return new ByteArrayInputStream(content.getBytes(UTF_8));
  }

  private static Usage oneHourWrites(String model) {
    var tokens = new TokenCounts(0, 0, 0, 1_000_000, 0);
    return new Usage(model, tokens, 0, 0, BillingTerms.UNSTATED, "end_turn", null);
  }
}
