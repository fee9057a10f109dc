package dev.claudometer.report.whatif;

import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usage;
import dev.claudometer.model.Usd;
import dev.claudometer.pricing.Cost;
import dev.claudometer.pricing.ModelPrice;
import dev.claudometer.pricing.PriceBook;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// By what the same tokens are priced again.
public sealed interface Rule {

  /// What a response costs by it; null where nobody knows.
  ///
  /// @param book the prices in force
  @Nullable Usd price(Usage usage, Instant at, PriceBook book);

  /// `another model: opus as claude-sonnet-5-5`.
  String text();

  /// What would change besides, and is not in the answer.
  String unsaid();

  /// Another price book.
  ///
  /// @param place where it is from
  record OtherPrices(PriceBook other, String place) implements Rule {

    @Override
    public @Nullable Usd price(Usage usage, Instant at, PriceBook book) {
      return amount(other.price(usage, at));
    }

    @Override
    public String text() {
      return "the prices in " + place;
    }

    @Override
    public String unsaid() {
      return "";
    }
  }

  /// The contract's prices.
  record ByContract() implements Rule {

    @Override
    public @Nullable Usd price(Usage usage, Instant at, PriceBook book) {
      return book.contractPrice(usage, at);
    }

    @Override
    public String text() {
      return "the contract (modelPricing)";
    }

    @Override
    public String unsaid() {
      return "";
    }
  }

  /// No higher price for large prompts: Haiku 5.5 costs five times as much above 100,000 tokens.
  record ShortPrompts() implements Rule {

    @Override
    public @Nullable Usd price(Usage usage, Instant at, PriceBook book) {
      return amount(book.priceOfShortPrompts(usage, at));
    }

    @Override
    public String text() {
      return "no higher price for large prompts";
    }

    @Override
    public String unsaid() {
      return "To stay below that size, prompts would have to be others: that would change the"
          + " tokens.";
    }
  }

  /// What caches are given is kept for another time.
  ///
  /// @param hour for an hour; else for five minutes
  record CacheLifetime(boolean hour) implements Rule {

    /// Of `5m` or `1h`; null for anything else.
    public static @Nullable CacheLifetime of(String text) {
      return switch (text) {
        case "5m" -> new CacheLifetime(false);
        case "1h" -> new CacheLifetime(true);
        default -> null;
      };
    }

    @Override
    public @Nullable Usd price(Usage usage, Instant at, PriceBook book) {
      List<TokenCounts> rounds = usage.rounds().stream().map(this::kept).toList();
      return amount(book.price(with(usage, usage.model(), kept(usage.tokens()), rounds), at));
    }

    private TokenCounts kept(TokenCounts tokens) {
      long written = tokens.cacheWrite();
      return new TokenCounts(
          tokens.input(),
          tokens.output(),
          hour ? 0 : written,
          hour ? written : 0,
          tokens.cacheRead());
    }

    @Override
    public String text() {
      return hour ? "caches that keep for an hour" : "caches that keep for five minutes";
    }

    @Override
    public String unsaid() {
      return hour
          ? "What was written again because five minutes were over would be read instead: that"
              + " would change the tokens."
          : "What was read after more than five minutes would be written again: that would change"
              + " the tokens.";
    }
  }

  /// Another model in the place of some.
  ///
  /// @param from a part of the names of models, in lower case; or an id, of which it is all
  /// @param whole whether it is an id
  /// @param to the id of a model
  record OtherModel(String from, boolean whole, String to) implements Rule {

    /// Null where the book does not know the model that it is to be.
    public static @Nullable OtherModel of(String from, String to, PriceBook book) {
      String id = book.id(to.toLowerCase(Locale.ROOT));
      String part = from.toLowerCase(Locale.ROOT);
      return id == null
          ? null
          : book.row(part)
              .map(row -> new OtherModel(row.id(), true, id))
              .orElseGet(() -> new OtherModel(part, false, id));
    }

    @Override
    public @Nullable Usd price(Usage usage, Instant at, PriceBook book) {
      return replaced(usage, book)
          ? amount(book.price(with(usage, to, usage.tokens(), usage.rounds()), at))
          : amount(book.price(usage, at));
    }

    private boolean replaced(Usage usage, PriceBook book) {
      return whole
          ? book.row(usage.model()).map(ModelPrice::id).filter(from::equals).isPresent()
          : book.name(usage).toLowerCase(Locale.ROOT).contains(from);
    }

    @Override
    public String text() {
      return to + " in the place of " + from;
    }

    @Override
    public String unsaid() {
      return "Another model would have answered with other tokens, and maybe not as well.";
    }
  }

  private static Usage with(
      Usage usage, String model, TokenCounts tokens, List<TokenCounts> rounds) {
    return new Usage(
        model,
        tokens,
        usage.webSearches(),
        usage.webFetches(),
        usage.thinking(),
        usage.terms(),
        usage.stopReason(),
        usage.reportedCost(),
        rounds);
  }

  private static @Nullable Usd amount(Cost cost) {
    return cost instanceof Cost.Priced(Usd amount) ? amount : null;
  }
}
