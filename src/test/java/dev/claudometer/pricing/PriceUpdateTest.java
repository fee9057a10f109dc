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
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
            read -> assertThat(read).startsWith("claude-nova-3: a cache read that costs more"),
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
    assertThatThrownBy(() -> PriceUpdate.fromLiteLlm(stream(content), "the download", false))
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

  @Test
  void whatIsLeftOutIsCountedByItsReason() throws IOException {
    assertThat(sample().leftOut())
        .containsExactly(
            Map.entry(LeftOut.OTHER_MAKER, 1),
            Map.entry(LeftOut.NOT_FOR_CHAT, 1),
            Map.entry(LeftOut.OTHER_PLACE, 1));
  }

  @Test
  void everyEntryIsAddedKeptRejectedOrCounted() {
    for (boolean allMakers : new boolean[] {false, true}) {
      PriceUpdate update = list(MANY_MAKERS, allMakers);
      int leftOut = update.leftOut().values().stream().mapToInt(Integer::intValue).sum();
      assertThat(update.added().size() + update.kept().size() + update.rejected().size() + leftOut)
          .isEqualTo(13);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "gpt-5, 1.25",
    "openai/gpt-5, 1.25",
    "zai/glm-4.6, 0.6",
    "glm-4.6, 0.6",
    "z-ai/glm-4.6, 0.4",
    "openrouter/z-ai/glm-4.6, 0.4",
    "openrouter/z-ai/glm-4.6:nitro, 0.4",
    "kimi-k2, 0.5",
    "qwen3-coder, ",
    "one/qwen3-coder, 0.2",
    "text-embedding-9, ",
    "free-model, "
  })
  void otherMakersModelsHaveThePriceOfTheirPlaceOrNone(String spelled, @Nullable String input) {
    PriceBook book = new PriceBook(list(MANY_MAKERS, true).rows());
    assertThat(
            book.row(spelled)
                .map(row -> PriceBook.perMillion(row.at(NOW).standard().rates().input()))
                .map(BigDecimal::toPlainString)
                .orElse(null))
        .isEqualTo(input);
  }

  @Test
  void claudeBehindAProxyKeepsItsOwnPrice() {
    PriceBook book = new PriceBook(list(MANY_MAKERS, true).rows());
    assertThat(book.row("openrouter/anthropic/claude-opus-4.6").map(ModelPrice::id))
        .contains("claude-opus-4-6");
  }

  @Test
  void fastModeAndThePromptSizeOfTheListAreTaken() {
    PriceUpdate update =
        list(
            """
            {"claude-nova-6": {
              "input_cost_per_token": 1e-07, "output_cost_per_token": 5e-07,
              "input_cost_per_token_above_100k_tokens": 5e-07,
              "output_cost_per_token_above_100k_tokens": 2.5e-06,
              "provider_specific_entry": {"fast": 2, "us": 1.1}}}
            """,
            false);
    PricePeriod price =
        new PriceBook(update.rows()).row("claude-nova-6").orElseThrow().periods().getLast();
    assertThat(price.standard().promptOver()).isEqualTo(100_000);
    assertThat(price.fast()).isNotNull();
    assertThat(price.fast().forPrompt(100_001).output()).isEqualTo(5_000_000);
  }

  @Test
  void modelWithAPriceInARegionOnlyIsRejectedWithThatReason() {
    PriceUpdate update =
        list(
            """
            {"claude-opus-5": {"input_cost_per_token": 1e-06, "output_cost_per_token": 5e-06},
             "us.anthropic.claude-nova-7": {
               "input_cost_per_token": 1.1e-06, "output_cost_per_token": 5.5e-06}}
            """,
            false);
    assertThat(update.rejected())
        .containsExactly("us.anthropic.claude-nova-7: the list has its price in a region only");
  }

  private static final String MANY_MAKERS =
      """
      {"claude-opus-5": {"input_cost_per_token": 5e-06, "output_cost_per_token": 2.5e-05},
       "openrouter/anthropic/claude-opus-4.6":
         {"input_cost_per_token": 7e-06, "output_cost_per_token": 3e-05},
       "gpt-5": {"input_cost_per_token": 1.25e-06, "output_cost_per_token": 1e-05,
         "litellm_provider": "openai", "mode": "responses"},
       "zai/glm-4.6": {"input_cost_per_token": 6e-07, "output_cost_per_token": 2.2e-06,
         "litellm_provider": "zai", "mode": "chat"},
       "openrouter/z-ai/glm-4.6": {"input_cost_per_token": 4e-07, "output_cost_per_token": 1.75e-06,
         "litellm_provider": "openrouter", "mode": "chat"},
       "one/kimi-k2": {"input_cost_per_token": 5e-07, "output_cost_per_token": 2e-06},
       "two/kimi-k2": {"input_cost_per_token": 5e-07, "output_cost_per_token": 2e-06},
       "one/qwen3-coder": {"input_cost_per_token": 2e-07, "output_cost_per_token": 2e-06},
       "two/qwen3-coder": {"input_cost_per_token": 3e-07, "output_cost_per_token": 2e-06},
       "text-embedding-9": {"input_cost_per_token": 1e-08, "mode": "embedding"},
       "free-model": {"input_cost_per_token": 0, "output_cost_per_token": 0},
       "per-second": {"output_cost_per_second": 1},
       "picture": {"input_cost_per_token": 5e-06, "output_cost_per_token": 4e-05,
         "mode": "image_generation"}}
      """;

  private static PriceUpdate list(String content, boolean allMakers) {
    return PriceUpdate.fromLiteLlm(stream(content), "the list", allMakers);
  }

  private static PriceUpdate sample() throws IOException {
    try (InputStream in = PriceUpdateTest.class.getResourceAsStream("litellm.json")) {
      return PriceUpdate.fromLiteLlm(in, "the sample", false);
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
