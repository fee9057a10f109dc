package dev.claudometer.report.whatif;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usage;
import dev.claudometer.model.Usd;
import dev.claudometer.pricing.Contract;
import dev.claudometer.pricing.PriceBook;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleTest {

  private static final Instant AT = Instant.parse("2026-11-20T12:00:00Z");
  private static final PriceBook BOOK = PriceBook.builtIn();

  /// 0.9 × $4 for a million tokens; without a contract nobody knows.
  @Test
  void contractIsBesideTheList() throws IOException {
    String managed = "{\"modelPricing\":{\"multiplier\":0.9}}";
    PriceBook contracted =
        BOOK.under(Contract.read(new ByteArrayInputStream(managed.getBytes(UTF_8))));
    Usage usage = usage("claude-opus-5-5", 1_000_000, List.of());
    assertThat(new Rule.ByContract().price(usage, AT, contracted)).isEqualTo(dollars("3.6"));
    assertThat(new Rule.ByContract().price(usage, AT, BOOK)).isNull();
  }

  /// Two rounds of 60,000 are each below the size: 120,000 × $0.10. One prompt of 120,000 is above
  /// it: × $0.50.
  @Test
  void roundsAreOtherModelsRounds() {
    var round = new TokenCounts(60_000, 0, 0, 0, 0);
    Rule haiku = requireNonNull(Rule.OtherModel.of("opus", "haiku", BOOK));
    assertThat(haiku.price(usage("claude-opus-5-5", 120_000, List.of(round, round)), AT, BOOK))
        .isEqualTo(dollars("0.012"));
    assertThat(haiku.price(usage("claude-opus-5-5", 120_000, List.of()), AT, BOOK))
        .isEqualTo(dollars("0.06"));
    assertThat(haiku.price(usage("claude-sonnet-5-5", 1_000_000, List.of()), AT, BOOK))
        .as("another model stays")
        .isEqualTo(dollars("2"));
  }

  @Test
  void modelsWithoutAPriceHaveNone() {
    Usage usage = usage("claude-nova-9", 10, List.of());
    assertThat(new Rule.ShortPrompts().price(usage, AT, BOOK)).isNull();
    assertThat(new Rule.CacheLifetime(true).price(usage, AT, BOOK)).isNull();
    assertThat(requireNonNull(Rule.OtherModel.of("nova", "opus", BOOK)).price(usage, AT, BOOK))
        .isEqualTo(dollars("0.00004"));
    assertThat(Rule.OtherModel.of("opus", "nova", BOOK)).isNull();
  }

  private static Usage usage(String model, long input, List<TokenCounts> rounds) {
    return new Usage(
        model,
        new TokenCounts(input, 0, 0, 0, 0),
        0,
        0,
        Usage.UNTOLD,
        BillingTerms.UNSTATED,
        Usage.ENDED,
        null,
        rounds);
  }

  private static Usd dollars(String amount) {
    return Usd.of(new BigDecimal(amount));
  }
}
