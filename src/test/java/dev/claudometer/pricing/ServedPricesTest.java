package dev.claudometer.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServedPricesTest {

  private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);
  private static final LocalDate FRIDAY = LocalDate.of(2026, 11, 27);
  private static final String NOVA =
      """
      {"inputTokens": 4, "outputTokens": 20, "promptCacheWriteTokens": 5,
       "promptCacheWrite1hTokens": 8, "promptCacheReadTokens": 0.2, "webSearchRequests": 0.01%s}
      """;

  @TempDir private Path directory = Path.of("");

  @Test
  void pricesOfTheClientsFileAreDollarsPerMillionTokens() throws IOException {
    ModelPrice nova = served(NOVA.formatted("")).rows().getFirst();
    assertThat(nova.id()).isEqualTo("claude-nova-9");
    assertThat(nova.source()).isEqualTo("served by Anthropic to Claude Code, seen on 2026-11-23");
    assertThat(nova.periods().getLast().standard().rates())
        .isEqualTo(new Rates(4_000_000, 20_000_000, 5_000_000, 8_000_000, 200_000));
  }

  @Test
  void sizeOfAContextIsNoPartOfAModelsName() throws IOException {
    Path file = directory.resolve(".claude.json");
    Files.writeString(
        file,
        "{\"additionalModelCostsCache\": {\"claude-nova-9[1m]\": " + NOVA.formatted("") + "}}");
    assertThat(ServedPrices.in(file, MONDAY).rows())
        .extracting(ModelPrice::id)
        .containsExactly("claude-nova-9");
  }

  @Test
  void missingRateIsUnknownAndNotZero() throws IOException {
    ModelPrice nova = served("{\"inputTokens\": 4, \"outputTokens\": 20}").rows().getFirst();
    assertThat(nova.periods().getLast().standard().rates())
        .isEqualTo(new Rates(4_000_000, 20_000_000, Rates.UNKNOWN, Rates.UNKNOWN, Rates.UNKNOWN));
  }

  @Test
  void longPromptsAndFastModeHaveTheirOwnPrices() throws IOException {
    PricePeriod period =
        served(
                NOVA.formatted(
                    ", \"longPrompt\": {\"abovePromptTokens\": 100000, \"inputTokens\": 8,"
                        + " \"outputTokens\": 40},"
                        + " \"fast\": {\"inputTokens\": 16, \"outputTokens\": 80}"))
            .rows()
            .getFirst()
            .periods()
            .getLast();
    assertThat(period.standard().forPrompt(100_000).input()).isEqualTo(4_000_000);
    assertThat(period.standard().forPrompt(100_001).input()).isEqualTo(8_000_000);
    assertThat(period.tariff(true).rates().output()).isEqualTo(80_000_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "7",
        "null",
        "{\"inputTokens\": 4}",
        "{\"inputTokens\": 0, \"outputTokens\": 0}",
        "{\"inputTokens\": -4, \"outputTokens\": 20}",
        "{\"inputTokens\": \"4\", \"outputTokens\": 20}",
        "{\"inputTokens\": 4, \"outputTokens\": 1e9}",
        "{\"inputTokens\": 4, \"outputTokens\": 20, \"webSearchRequests\": 0.02}",
        "{\"inputTokens\": 4, \"outputTokens\": 20, \"longPrompt\": {\"inputTokens\": 8}}",
        "{\"inputTokens\": 4, \"outputTokens\": 20, \"longPrompt\": true}",
        "{\"inputTokens\": 4, \"outputTokens\": 20, \"fast\": {}}"
      })
  void whatIsNoPriceIsNamedAndNotUsed(String costs) throws IOException {
    ServedPrices served = served(costs);
    assertThat(served.rows()).isEmpty();
    assertThat(served.rejected()).containsExactly("claude-nova-9");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"numStartups\": 7}",
        "{\"additionalModelCostsCache\": null}",
        "{\"additionalModelCostsCache\": {}}"
      })
  void fileWithoutPricesHasNone(String content) throws IOException {
    Path file = Files.writeString(directory.resolve(".claude.json"), content);
    assertThat(ServedPrices.in(file, MONDAY).rows()).isEmpty();
    assertThat(ServedPrices.in(directory.resolve("absent"), MONDAY).rows()).isEmpty();
  }

  @Test
  void halfAFileIsAFailure() throws IOException {
    Path file = Files.writeString(directory.resolve(".claude.json"), "{\"projects\": {\"/a");
    assertThatThrownBy(() -> ServedPrices.in(file, MONDAY)).isInstanceOf(IOException.class);
  }

  @Test
  void changedPriceHoldsFromTheDayThatItWasSeen() {
    List<ModelPrice> first = ServedPrices.remembered(List.of(), List.of(row(4, MONDAY)), MONDAY);
    List<ModelPrice> same = ServedPrices.remembered(first, List.of(row(4, FRIDAY)), FRIDAY);
    assertThat(same).isEqualTo(first);
    List<ModelPrice> changed = ServedPrices.remembered(first, List.of(row(3, FRIDAY)), FRIDAY);
    assertThat(input(changed, "2020-01-01T00:00:00Z")).isEqualTo(4_000_000);
    assertThat(input(changed, "2026-11-26T23:59:59Z")).isEqualTo(4_000_000);
    assertThat(input(changed, "2026-11-27T00:00:00Z")).isEqualTo(3_000_000);
    assertThat(changed.getFirst().source()).endsWith("2026-11-27");
  }

  @Test
  void whatIsNoLongerServedIsRemembered() {
    List<ModelPrice> first = ServedPrices.remembered(List.of(), List.of(row(4, MONDAY)), MONDAY);
    assertThat(ServedPrices.remembered(first, List.of(), FRIDAY)).isEqualTo(first);
  }

  @Test
  void bookWinsWhereItKnowsTheModel() {
    PriceBook builtIn = PriceBook.builtIn();
    var opus = new ModelPrice("claude-opus-5", List.of(), "seen", row(1, MONDAY).periods());
    PriceBook both = builtIn.with(List.of(opus, row(4, MONDAY)));
    assertThat(both.row("claude-opus-5")).isEqualTo(builtIn.row("claude-opus-5"));
    assertThat(both.row("claude-nova-9")).contains(row(4, MONDAY));
    assertThat(builtIn.with(List.of(opus))).isSameAs(builtIn);
  }

  private static long input(List<ModelPrice> rows, String at) {
    return rows.getFirst().at(Instant.parse(at)).standard().rates().input();
  }

  private static ModelPrice row(long dollars, LocalDate day) {
    var rates = new Rates(dollars * 1_000_000, 20_000_000, 5_000_000, 8_000_000, 200_000);
    return new ModelPrice(
        "claude-nova-9",
        List.of(),
        "served by Anthropic to Claude Code, seen on " + day,
        List.of(new PricePeriod(null, new Tariff(rates, 0, null), null)));
  }

  private ServedPrices served(String costs) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve(".claude.json"),
            "{\"projects\": {\"/home/dev/loom\": {\"lastCost\": 1}},"
                + " \"additionalModelCostsCache\": {\"claude-nova-9\": "
                + costs
                + "}, \"numStartups\": 3}");
    return ServedPrices.in(file, MONDAY);
  }
}
