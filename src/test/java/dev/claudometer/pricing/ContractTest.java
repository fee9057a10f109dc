package dev.claudometer.pricing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usage;
import dev.claudometer.model.Usd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContractTest {

  private static final Instant NOVEMBER = Instant.parse("2026-11-20T12:00:00Z");
  private static final TokenCounts MILLIONS =
      new TokenCounts(1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000);
  private static final String SONNET =
      """
      {"permissions": {"deny": ["WebFetch"]}, "modelPricing": {%s "overrides": {
        "claude-sonnet-4-6": {"input": 2.4, "output": 12, "cacheRead": 0.24, "cacheWrite": 3},
        "claude-haiku-4-5": {"input": 0.5, "output": 2, "cacheRead": 0.05, "cacheWrite": 0.6},
        "our-gateway-model": {"input": 1, "output": 1, "cacheRead": 1, "cacheWrite": 1},
        "us.anthropic.claude-opus-5": {"input": 9, "output": 9, "cacheRead": 9, "cacheWrite": 9}}}}
      """;

  private final PriceBook book = PriceBook.builtIn();

  /// 2.4 + 12 + 2 × 3 + 0.24 = 20.64.
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "claude-sonnet-4-6, 20.64",
    "claude-sonnet-4-6[1m], 20.64",
    "us.anthropic.claude-sonnet-4-6, 20.64",
    "claude-haiku-4-5-20251001, 3.75",
    "anthropic/claude-haiku-4.5, 3.75",
    "our-gateway-model, 5",
    "our-gateway-model-2, ",
    "us.anthropic.claude-opus-5, 45",
    "claude-nova-9, "
  })
  void rowHoldsForItsModelInEverySpellingAndForItsOwnId(String model, @Nullable String expected)
      throws IOException {
    assertThat(price(SONNET.formatted(""), model, BillingTerms.UNSTATED, 0)).isEqualTo(expected);
  }

  /// 5 + 25 + 6.25 + 10 + 0.5 = 46.75, of it 85 %.
  @Test
  void multiplierScalesWhatHasNoRow() throws IOException {
    assertThat(price(SONNET.formatted("\"multiplier\": 0.85,"), "claude-opus-4-6", fast(""), 0))
        .isEqualTo("39.7375");
  }

  @Test
  void multiplierScalesRowsAndSearchesToo() throws IOException {
    assertThat(price(SONNET.formatted("\"multiplier\": 0.85,"), "claude-sonnet-4-6", fast(""), 100))
        .isEqualTo("18.394");
  }

  @Test
  void rowHasNoPremiumOfFastModeOrPlace() throws IOException {
    assertThat(price(SONNET.formatted(""), "claude-sonnet-4-6", fast("us"), 0)).isEqualTo("20.64");
  }

  @Test
  void listPriceIsScaledWithItsPremiums() throws IOException {
    String half = "{\"modelPricing\": {\"multiplier\": 0.5}}";
    assertThat(price(half, "claude-opus-5", fast("us"), 0)).isEqualTo("51.425");
  }

  @Test
  void whatCannotBeReadIsNamedAndTheRestHolds() throws IOException {
    Contract contract =
        contract(
            """
            {"modelPricing": {"multiplier": -1, "overrides": {
              "claude-opus-5": {"input": 1, "output": 1, "cacheRead": 1},
              "claude-opus-4-6": {"input": "1", "output": 1, "cacheRead": 1, "cacheWrite": 1},
              "claude-sonnet-5": {"input": 1, "output": 1, "cacheRead": 1, "cacheWrite": 20000},
              "claude-haiku-5-5": {"input": 1, "output": 1, "cacheRead": 1, "cacheWrite": 1}}}}
            """);
    assertThat(contract).isNotNull();
    assertThat(contract.rejected())
        .containsExactly("multiplier", "claude-opus-5", "claude-opus-4-6", "claude-sonnet-5");
    assertThat(contract.overrides()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"model\": \"opus\"}",
        "{\"modelPricing\": {}}",
        "{\"modelPricing\": {\"overrides\": {}}}",
        "{\"modelPricing\": null}"
      })
  void settingsWithoutOtherPricesAreNoContract(String settings) throws IOException {
    assertThat(contract(settings)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          {"modelPricing": 5}                    | modelPricing
          {"modelPricing": [{"multiplier": 1}]}  | modelPricing
          {"modelPricing": {"overrides": [1]}}   | overrides
          """,
      delimiter = '|')
  void contractOfAnotherShapeIsNamed(String settings, String named) throws IOException {
    Contract contract = contract(settings);
    assertThat(contract).isNotNull();
    assertThat(contract.rejected()).containsExactly(named);
  }

  private static BillingTerms fast(String geo) {
    return new BillingTerms("standard", geo.isEmpty() ? "standard" : "fast", geo);
  }

  private @Nullable String price(String settings, String model, BillingTerms terms, int searches)
      throws IOException {
    var usage = new Usage(model, MILLIONS, searches, 0, terms, "end_turn", null);
    Usd price = book.under(contract(settings)).contractPrice(usage, NOVEMBER);
    return price == null ? null : price.dollars().toPlainString();
  }

  private static @Nullable Contract contract(String settings) throws IOException {
    return Contract.read(new ByteArrayInputStream(settings.getBytes(UTF_8)));
  }
}
