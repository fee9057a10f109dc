package dev.claudometer.pricing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usage;
import dev.claudometer.model.Usd;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceBookTest {

  private static final Instant NOVEMBER = Instant.parse("2026-11-20T12:00:00Z");
  private static final long MILLION = 1_000_000;
  private static final BillingTerms STANDARD = new BillingTerms("standard", "standard", "");
  private static final BillingTerms FAST = new BillingTerms("standard", "fast", "");
  private static final BillingTerms US = new BillingTerms("standard", "standard", "us");
  private static final BillingTerms BATCH = new BillingTerms("batch", "standard", "");

  private final PriceBook book = PriceBook.builtIn();

  /// What Claude Code 2.1.332 itself computes for a million tokens of one class. Only for US
  /// inference of the 4.5 generation it computes a tenth more than Anthropic's page asks.
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      useHeadersInDisplayName = true,
      textBlock =
          """
          model                      | input | write 5m | write 1h | read | output | output in us
          claude-fable-5-2           | 8     | 10       | 16       | 0.2  | 40     | 44
          claude-mythos-5-2          | 8     | 10       | 16       | 0.2  | 40     | 44
          claude-fable-5-1           | 10    | 12.5     | 20       | 0.25 | 50     | 55
          claude-fable-5             | 10    | 12.5     | 20       | 1    | 50     | 55
          claude-mythos-5-1          | 10    | 12.5     | 20       | 0.25 | 50     | 55
          claude-mythos-5            | 10    | 12.5     | 20       | 1    | 50     | 55
          claude-opus-5-5            | 4     | 5        | 8        | 0.2  | 20     | 22
          claude-opus-5              | 5     | 6.25     | 10       | 0.5  | 25     | 27.5
          claude-opus-4-8            | 5     | 6.25     | 10       | 0.5  | 25     | 27.5
          claude-opus-4-7            | 5     | 6.25     | 10       | 0.5  | 25     | 27.5
          claude-opus-4-6            | 5     | 6.25     | 10       | 0.5  | 25     | 27.5
          claude-opus-4-6[1m]        | 5     | 6.25     | 10       | 0.5  | 25     | 27.5
          claude-opus-4-5-20251101   | 5     | 6.25     | 10       | 0.5  | 25     | 25
          claude-sonnet-5-5          | 2     | 2.5      | 4        | 0.1  | 10     | 11
          claude-sonnet-5            | 2     | 2.5      | 4        | 0.2  | 10     | 11
          claude-sonnet-4-6          | 3     | 3.75     | 6        | 0.3  | 15     | 16.5
          claude-sonnet-4-5-20250929 | 3     | 3.75     | 6        | 0.3  | 15     | 15
          claude-haiku-5-5           | 0.5   | 0.625    | 1        | 0.05 | 0.5    | 0.55
          claude-haiku-4-5-20251001  | 1     | 1.25     | 2        | 0.1  | 5      | 5
          """)
  void aMillionTokensCostWhatTheClientComputes(
      String model,
      String input,
      String write5m,
      String write1h,
      String read,
      String output,
      String outputInUs) {
    assertThat(dollars(model, new TokenCounts(MILLION, 0, 0, 0, 0), STANDARD)).isEqualTo(input);
    assertThat(dollars(model, new TokenCounts(0, 0, MILLION, 0, 0), STANDARD)).isEqualTo(write5m);
    assertThat(dollars(model, new TokenCounts(0, 0, 0, MILLION, 0), STANDARD)).isEqualTo(write1h);
    assertThat(dollars(model, new TokenCounts(0, 0, 0, 0, MILLION), STANDARD)).isEqualTo(read);
    assertThat(dollars(model, output(MILLION), STANDARD)).isEqualTo(output);
    assertThat(dollars(model, output(MILLION), US)).isEqualTo(outputInUs);
  }

  /// The client sends these as other models; the prices are those of Anthropic's page.
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          claude-opus-4-1-20250805   | 15   | 18.75 | 30  | 1.5  | 75
          claude-opus-4-20250514     | 15   | 18.75 | 30  | 1.5  | 75
          claude-3-opus-20240229     | 15   | 18.75 | 30  | 1.5  | 75
          claude-sonnet-4-20250514   | 3    | 3.75  | 6   | 0.3  | 15
          claude-3-7-sonnet-20250219 | 3    | 3.75  | 6   | 0.3  | 15
          claude-3-5-sonnet-20241022 | 3    | 3.75  | 6   | 0.3  | 15
          claude-3-5-sonnet-20240620 | 3    | 3.75  | 6   | 0.3  | 15
          claude-3-5-haiku-20241022  | 0.8  | 1     | 1.6 | 0.08 | 4
          claude-3-haiku-20240307    | 0.25 | 0.3   | 0.5 | 0.03 | 1.25
          """)
  void retiredModelsKeepTheirPrices(
      String model, String input, String write5m, String write1h, String read, String output) {
    assertThat(dollars(model, new TokenCounts(MILLION, 0, 0, 0, 0), STANDARD)).isEqualTo(input);
    assertThat(dollars(model, new TokenCounts(0, 0, MILLION, 0, 0), STANDARD)).isEqualTo(write5m);
    assertThat(dollars(model, new TokenCounts(0, 0, 0, MILLION, 0), STANDARD)).isEqualTo(write1h);
    assertThat(dollars(model, new TokenCounts(0, 0, 0, 0, MILLION), STANDARD)).isEqualTo(read);
    assertThat(dollars(model, output(MILLION), STANDARD)).isEqualTo(output);
    assertThat(dollars(model, output(MILLION), US)).isEqualTo(output);
  }

  static List<ModelPrice> rows() {
    return PriceBook.builtIn().rows();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyRowIsPlausible(ModelPrice row) {
    assertThat(row.id()).startsWith("claude-");
    assertThat(row.source()).isNotBlank();
    assertThat(row.periods().getLast().until()).isNull();
    Instant before = Instant.MIN;
    for (PricePeriod period : row.periods().subList(0, row.periods().size() - 1)) {
      assertThat(period.until()).isAfter(before);
      before = period.until();
    }
    for (PricePeriod period : row.periods()) {
      plausible(period.standard());
      if (period.fast() != null) {
        plausible(period.fast());
        assertThat(period.fast().rates().output())
            .isGreaterThan(period.standard().rates().output());
      }
    }
  }

  private static void plausible(Tariff tariff) {
    plausible(tariff.rates());
    if (tariff.overRates() != null) {
      plausible(tariff.overRates());
      assertThat(tariff.promptOver()).isPositive();
      assertThat(tariff.overRates().input()).isGreaterThan(tariff.rates().input());
    }
  }

  private static void plausible(Rates rates) {
    assertThat(rates.input()).isBetween(100_000L, 100_000_000L);
    assertThat(rates.output()).isBetween(rates.input(), rates.input() * 5);
    if (rates.cacheRead() != Rates.UNKNOWN) {
      assertThat(rates.cacheRead()).isBetween(1L, rates.input() * 12 / 100);
      assertThat(rates.cacheWrite5m()).isBetween(rates.input(), rates.input() * 5 / 4);
      assertThat(rates.cacheWrite1h()).isEqualTo(rates.input() * 2);
    }
  }

  @Test
  void everyRowIsFoundByItsIdAndItsAliases() {
    for (ModelPrice row : book.rows()) {
      assertThat(book.row(row.id())).contains(row);
      assertThat(row.aliases())
          .allSatisfy(alias -> assertThat(book.row(alias)).as(alias).contains(row));
    }
  }

  @Test
  void noIdNamesTwoRows() {
    Set<String> seen = new HashSet<>();
    for (ModelPrice row : book.rows()) {
      Stream.concat(Stream.of(row.id()), row.aliases().stream())
          .forEach(id -> assertThat(seen.add(id)).as(id).isTrue());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "claude-nova-9-20990101",
        "glm-4.6",
        "claude-opus-6",
        "claude-opus-5-9",
        "claude-opus",
        "claude",
        "opus",
        "claude-made-up-9",
        "claude-opus-5-mini",
        "gpt-5",
        "<synthetic>",
        ""
      })
  void unknownModelIsUnpriced(String model) {
    assertThat(book.price(usage(model, output(1), STANDARD), NOVEMBER))
        .isEqualTo(new Cost.Unpriced(model));
    assertThat(book.row(model)).isEmpty();
    assertThat(book.lines(usage(model, output(1), STANDARD), NOVEMBER)).isEmpty();
  }

  @Test
  void classWithoutPublishedRateIsUnpriced() {
    String model = "claude-3-sonnet-20240229";
    for (TokenCounts cached :
        List.of(
            new TokenCounts(1, 1, 1, 0, 0),
            new TokenCounts(1, 1, 0, 1, 0),
            new TokenCounts(1, 1, 0, 0, 1))) {
      assertThat(book.price(usage(model, cached, STANDARD), NOVEMBER))
          .isEqualTo(new Cost.Unpriced(model));
    }
    assertThat(dollars(model, new TokenCounts(MILLION, MILLION, 0, 0, 0), STANDARD))
        .isEqualTo("18");
  }

  /// A session's own total, as Claude Code wrote it.
  @Test
  void realSessionCostsWhatTheClientBooked() {
    assertThat(dollars("claude-haiku-4-5", new TokenCounts(368, 516, 0, 9149, 106_786), STANDARD))
        .isEqualTo("0.0319246");
  }

  @Test
  void noTokensCostNothing() {
    assertThat(dollars("claude-opus-5", TokenCounts.ZERO, STANDARD)).isEqualTo("0");
  }

  @Test
  void promptAboveTheBoundaryIsBilledDearerAsAWhole() {
    String model = "claude-haiku-5-5";
    assertThat(dollars(model, new TokenCounts(100_000, 0, 0, 0, 0), STANDARD)).isEqualTo("0.01");
    assertThat(dollars(model, new TokenCounts(100_001, 0, 0, 0, 0), STANDARD))
        .isEqualTo("0.0500005");
    assertThat(dollars(model, new TokenCounts(100_000, MILLION, 0, 0, 0), STANDARD))
        .isEqualTo("0.51");
    assertThat(dollars(model, new TokenCounts(100_001, MILLION, 0, 0, 0), STANDARD))
        .isEqualTo("2.5500005");
  }

  @ParameterizedTest
  @CsvSource({
    "99999, 1, 0, 0, 0.010000025",
    "99999, 1, 1, 0, 0.050001125",
    "99999, 0, 0, 1, 0.00999991",
    "99999, 0, 1, 1, 0.05000055"
  })
  void promptSizeIsInputAndCacheWritesAndReads(
      long input, long write5m, long write1h, long read, String expected) {
    var tokens = new TokenCounts(input, 0, write5m, write1h, read);
    assertThat(dollars("claude-haiku-5-5", tokens, STANDARD)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "claude-fable-5-2, 16, 80",
    "claude-mythos-5-2, 16, 80",
    "anthropic/claude-opus-4.8-fast, 10, 50",
    "claude-opus-5-5, 8, 40",
    "claude-opus-5, 10, 50",
    "claude-opus-4-8, 10, 50"
  })
  void fastAnswersCostMore(String model, String input, String output) {
    assertThat(dollars(model, new TokenCounts(MILLION, 0, 0, 0, 0), FAST)).isEqualTo(input);
    assertThat(dollars(model, output(MILLION), FAST)).isEqualTo(output);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "claude-haiku-5-5",
        "claude-haiku-4-5",
        "claude-sonnet-5-5",
        "claude-sonnet-5",
        "claude-opus-4-5",
        "claude-fable-5-1",
        "claude-fable-5",
        "claude-mythos-5"
      })
  void modelWithoutFastModeIsBilledAsUsual(String model) {
    assertThat(dollars(model, output(MILLION), FAST))
        .isEqualTo(dollars(model, output(MILLION), STANDARD));
  }

  @ParameterizedTest(name = "{0} at {1}")
  @CsvSource({
    "claude-opus-4-7, 2026-07-23T23:59:59.999Z, 150",
    "claude-opus-4-7, 2026-07-24T00:00:00Z, 25",
    "claude-opus-4-6, 2026-06-28T23:59:59.999Z, 150",
    "claude-opus-4-6, 2026-06-29T00:00:00Z, 25"
  })
  void fastModeEndsOnItsDay(String model, Instant at, String expected) {
    assertThat(dollars(model, output(MILLION), FAST, at)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "2026-10-06T23:59:59.999Z, 0.2",
    "2026-10-07T00:00:00Z, 0.1",
    "2025-01-01T00:00:00Z, 0.2",
    "2030-01-01T00:00:00Z, 0.1"
  })
  void changedPriceHoldsFromItsDayOn(Instant at, String expected) {
    assertThat(dollars("claude-sonnet-5-5", new TokenCounts(0, 0, 0, 0, MILLION), STANDARD, at))
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "claude-opus-4-6, 2026-03-12T00:00:00Z, 200000, 1",
    "claude-opus-4-6, 2026-03-12T00:00:00Z, 200001, 2.00001",
    "claude-opus-4-6, 2026-03-13T00:00:00Z, 200001, 1.000005",
    "claude-sonnet-4-6, 2026-03-12T00:00:00Z, 200001, 1.200006",
    "claude-sonnet-4-5-20250929, 2026-03-12T00:00:00Z, 200001, 1.200006",
    "claude-sonnet-4-5-20250929, 2026-03-13T00:00:00Z, 200001, 0.600003"
  })
  void longContextWasDearerUntilItBecameStandard(
      String model, Instant at, long input, String expected) {
    assertThat(dollars(model, new TokenCounts(input, 0, 0, 0, 0), STANDARD, at))
        .isEqualTo(expected);
  }

  @Test
  void batchCostsHalf() {
    TokenCounts tokens = new TokenCounts(MILLION, MILLION, MILLION, MILLION, MILLION);
    assertThat(dollars("claude-opus-5", tokens, STANDARD)).isEqualTo("46.75");
    assertThat(dollars("claude-opus-5", tokens, BATCH)).isEqualTo("23.375");
  }

  @Test
  void batchDoesNotCombineWithFast() {
    var both = new BillingTerms("batch", "fast", "");
    assertThat(dollars("claude-opus-5", output(MILLION), both)).isEqualTo("50");
  }

  @Test
  void regionAndBatchMultiply() {
    var both = new BillingTerms("batch", "standard", "us");
    assertThat(dollars("claude-opus-5", output(MILLION), both)).isEqualTo("13.75");
  }

  @Test
  void regionMultipliesFastRates() {
    var both = new BillingTerms("standard", "fast", "us");
    assertThat(dollars("claude-opus-5", output(MILLION), both)).isEqualTo("55");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "global", "not_available", "eu", "US"})
  void onlyRequestsBoundToTheUsCostMore(String geo) {
    var terms = new BillingTerms("standard", "standard", geo);
    assertThat(dollars("claude-opus-5", output(MILLION), terms)).isEqualTo("25");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "us.anthropic.claude-sonnet-4-5-20250929-v1:0, 16.5",
    "eu.anthropic.claude-opus-4-6-v1, 27.5",
    "jp.anthropic.claude-haiku-4-5-20251001-v1:0, 5.5",
    "global.anthropic.claude-sonnet-4-5-20250929-v1:0, 15",
    "anthropic.claude-sonnet-4-5-20250929-v1:0, 15",
    "us.anthropic.claude-sonnet-4-20250514-v1:0, 15",
    "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0, 16.5",
    "arn:aws:bedrock:us-east-1:1:inference-profile/global.anthropic.claude-opus-4-6-v1, 25",
    "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-opus-4-1-20250805-v1:0, 75",
    "projects/p/locations/us-east5/publishers/anthropic/models/claude-opus-5, 27.5",
    "projects/p/locations/us-east5/publishers/anthropic/models/claude-3-5-haiku@20241022, 5"
  })
  void cloudEndpointsBoundToARegionCostATenthMoreFromGeneration45(String model, String expected) {
    assertThat(dollars(model, output(MILLION), STANDARD)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "claude-opus-4-6, 27.5",
    "claude-sonnet-4-6, 16.5",
    "claude-haiku-5-5, 0.55",
    "claude-opus-4-5-20251101, 25",
    "claude-sonnet-4-5-20250929, 15",
    "claude-haiku-4-5, 5",
    "claude-sonnet-4-20250514, 15",
    "claude-3-7-sonnet-20250219, 15"
  })
  void usInferenceCostsATenthMoreFromGeneration46(String model, String expected) {
    assertThat(dollars(model, output(MILLION), US)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "claude-2.1, false, false",
    "claude-instant-1.2, false, false",
    "claude-3-5-haiku@20241022, false, false",
    "claude-opus-4-20250514, false, false",
    "claude-opus-4-1-20250805, false, false",
    "claude-haiku-4-5-20251001, false, true",
    "claude-sonnet-4-6, true, true",
    "claude-sonnet-5, true, true",
    "claude-opus-10, true, true",
    "claude-mythos-preview, true, true",
    "gpt-5, false, false"
  })
  void generationDecidesAboutThePremiums(String id, boolean usInference, boolean endpoint) {
    assertThat(Premium.of(id)).isEqualTo(new Premium(usInference, endpoint));
  }

  @Test
  void regionIsChargedOnce() {
    assertThat(dollars("us.anthropic.claude-opus-4-6-v1", output(MILLION), US)).isEqualTo("27.5");
  }

  @Test
  void webSearchesCostACentEachWhateverTheTerms() {
    for (BillingTerms terms : List.of(STANDARD, US, BATCH, FAST)) {
      var usage = new Usage("claude-opus-5", TokenCounts.ZERO, 100, 7, terms, "end_turn", null);
      assertThat(book.price(usage, NOVEMBER)).isEqualTo(priced("1"));
    }
  }

  @ParameterizedTest(name = "{0} tokens cost {1} nano-dollars")
  @CsvSource({"1, 6", "2, 11", "3, 16", "5, 28"})
  void factorsAreRoundedOnceHalfToEven(long tokens, long nanos) {
    var terms = new BillingTerms("batch", "standard", "us");
    var usage =
        usage("claude-haiku-5-5", new TokenCounts(0, 0, 0, 0, tokens), terms); // 5.5 nanos each
    assertThat(book.price(usage, NOVEMBER)).isEqualTo(new Cost.Priced(new Usd(nanos)));
  }

  @ParameterizedTest(name = "{0} tokens cost {1} nano-dollars")
  @CsvSource({"1, 0", "2, 1", "3, 2", "5, 2", "7, 4"})
  void smallRatesAreRoundedHalfToEven(long tokens, long nanos) {
    PriceBook tiny =
        book("{\"id\":\"m\",\"periods\":[{\"rates\":{\"input\":0.0005}}]}"); // half a nano each
    assertThat(tiny.price(usage("m", new TokenCounts(tokens, 0, 0, 0, 0), STANDARD), NOVEMBER))
        .isEqualTo(new Cost.Priced(new Usd(nanos)));
  }

  @Test
  void linesOfThePriceAddUpToIt() {
    var usage =
        new Usage(
            "us.anthropic.claude-haiku-4-5-20251001-v1:0",
            new TokenCounts(368, 516, 17, 9149, 106_786),
            3,
            1,
            BATCH,
            "end_turn",
            null);
    BigDecimal sum =
        book.lines(usage, NOVEMBER).stream()
            .map(CostLine::dollars)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(book.price(usage, NOVEMBER)).isEqualTo(new Cost.Priced(Usd.of(sum)));
    assertThat(book.lines(usage, NOVEMBER)).hasSize(6);
  }

  @Test
  void lineShowsItsArithmetic() {
    var usage = usage("claude-haiku-4-5", output(516), STANDARD);
    assertThat(book.lines(usage, NOVEMBER))
        .extracting(CostLine::text)
        .containsExactly("516 output × $5/M = $0.00258");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"models\":[]}",
        "{\"models\":[{}]}",
        "{\"models\":[{\"id\":\"m\",\"periods\":[]}]}",
        "{\"models\":[{\"id\":\"m\",\"periods\":[{}]}]}",
        "{\"models\":[{\"id\":\"m\",\"periods\":[{\"rates\":{\"input\":-1}}]}]}",
        "{\"models\":[{\"id\":\"m\",\"periods\":[{\"rates\":{\"input\":\"1\"}}]}]}",
        "{\"models\":[{\"id\":\"m\",\"periods\":[{\"rates\":{\"input\":1e9}}]}]}",
        "{\"models\":[{\"id\":\"m\",\"periods\":[{\"rates\":{\"input\":0.0000001}}]}]}",
        "{\"models\":[{\"id\":\"m\",\"periods\":[{\"until\":\"2026-10-07\",\"rates\":{}}]}]}",
        "{\"models\":[{\"id\":\"m\",\"periods\":[{\"until\":\"soon\",\"rates\":{}}]}]}",
        "{\"models\":[",
        "not JSON"
      })
  void fileThatIsNoPriceBookIsRefusedByName(String content) {
    assertThatThrownBy(
            () -> PriceFile.read(new ByteArrayInputStream(content.getBytes(UTF_8)), "my prices"))
        .isInstanceOf(PriceFileException.class)
        .hasMessageStartingWith("my prices is not ");
  }

  private static PriceBook book(String model) {
    String file = "{\"models\":[" + model + "]}";
    return PriceFile.read(new ByteArrayInputStream(file.getBytes(UTF_8)), "test");
  }

  private String dollars(String model, TokenCounts tokens, BillingTerms terms) {
    return dollars(model, tokens, terms, NOVEMBER);
  }

  private String dollars(String model, TokenCounts tokens, BillingTerms terms, Instant at) {
    return switch (book.price(usage(model, tokens, terms), at)) {
      case Cost.Priced(var amount) -> amount.dollars().toPlainString();
      case Cost.Unpriced(String unknown) -> "unpriced: " + unknown;
    };
  }

  private static Cost priced(String dollars) {
    return new Cost.Priced(Usd.of(new BigDecimal(dollars)));
  }

  private static TokenCounts output(long tokens) {
    return new TokenCounts(0, tokens, 0, 0, 0);
  }

  private static Usage usage(String model, TokenCounts tokens, BillingTerms terms) {
    return new Usage(model, tokens, 0, 0, terms, "end_turn", null);
  }
}
