package dev.claudometer.pricing;

import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usage;
import dev.claudometer.model.Usd;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What every known model costs and cost, and the arithmetic of a response's price.
///
/// Any thread may use it.
public final class PriceBook {

  public static final String WEB_SEARCHES = "web searches";

  private static final String NOT_BILLED = "not billed: refused before any output";

  private static final String BY_ROUND =
      "assumed: each round on the server is priced by the size of its own prompt, as Claude Code"
          + " books it";

  static final long NANOS_PER_SEARCH = 10_000_000;

  /// Made when something is priced: the first decimal number of a process costs it some
  /// milliseconds, and most reports need none.
  private static final class Listed {

    /// $10 per 1,000 (Anthropic price page); fetches are free.
    private static final BigDecimal PER_THOUSAND_SEARCHES = BigDecimal.TEN;

    /// A batch costs half (Anthropic price page).
    private static final BigDecimal BATCH = new BigDecimal("0.5");
  }

  private final List<ModelPrice> rows;
  private final @Nullable Contract contract;
  private final ModelRows models;

  PriceBook(List<ModelPrice> rows) {
    this(rows, null);
  }

  private PriceBook(List<ModelPrice> rows, @Nullable Contract contract) {
    this.rows = List.copyOf(rows);
    this.contract = contract;
    models = new ModelRows(rows);
  }

  /// This book, and candidates for the models that it lacks.
  public PriceBook with(List<ModelPrice> candidates) {
    List<ModelPrice> all = new ArrayList<>(rows);
    candidates.stream().filter(row -> row(row.id()).isEmpty()).forEach(all::add);
    return all.size() == rows.size() ? this : new PriceBook(all, contract);
  }

  /// This book for those who pay by a contract; null for the list alone.
  public PriceBook under(@Nullable Contract other) {
    return new PriceBook(rows, other);
  }

  /// The contract beside the list; null where there is none.
  public @Nullable Contract contract() {
    return contract;
  }

  /// What of the contract could not be read and is left out: ids of rows, `multiplier`,
  /// `overrides`, or all of it.
  public List<String> contractRejected() {
    return contract == null ? List.of() : contract.rejected();
  }

  /// The book that comes with Claudometer.
  public static PriceBook builtIn() {
    try (InputStream in = builtInContent()) {
      return PriceFile.read(in, "the built-in prices");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The bytes of the built-in book.
  public static InputStream builtInContent() {
    InputStream in = PriceBook.class.getResourceAsStream("prices.json");
    if (in == null) {
      throw new IllegalStateException("the jar lacks its prices");
    }
    return in;
  }

  /// When the built-in prices were collected.
  public static Instant builtInAsOf() {
    try (InputStream in = builtInContent()) {
      return PriceFile.asOf(in);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Reads a book from a file.
  ///
  /// @throws PriceFileException where it cannot be read or is not a price book
  public static PriceBook read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return PriceFile.read(in, file.toString());
    } catch (IOException failure) {
      throw new PriceFileException("cannot read the prices in " + file, failure);
    }
  }

  public List<ModelPrice> rows() {
    return rows;
  }

  /// The row of a model, however its id is spelled.
  public Optional<ModelPrice> row(String model) {
    return Optional.ofNullable(models.resolve(model).row());
  }

  /// The id of a model that somebody names by a part of it: `sonnet` is the newest Sonnet. Null
  /// where the book has none.
  public @Nullable String id(String named) {
    ModelPrice row = models.resolve(named).row();
    return row != null
        ? row.id()
        : rows.stream()
            .map(ModelPrice::id)
            .filter(id -> id.contains("-" + named + "-"))
            .findFirst()
            .orElse(null);
  }

  /// What reports call a response's model: one name for all its spellings, the book's where it
  /// knows the model, with `-fast` behind it for answers in fast mode.
  public String name(Usage usage) {
    return models.resolve(usage.model()).name(usage.terms());
  }

  /// What a response cost. Rounded once, half to even, to a nano-dollar.
  public Cost price(Usage usage, Instant at) {
    if (!usage.billed()) {
      return new Cost.Priced(Usd.ZERO);
    }
    ResolvedModel model = models.resolve(usage.model());
    ModelPrice row = model.row();
    if (row == null) {
      return new Cost.Unpriced(usage.model());
    }
    Tariff tariff = tariff(model, row, usage, at);
    long picodollars = picodollars(tariff, usage);
    if (picodollars == Rates.UNKNOWN) {
      return new Cost.Unpriced(usage.model());
    }
    long nanos = nanos(picodollars, factor(model, usage.terms()));
    return new Cost.Priced(new Usd(nanos + NANOS_PER_SEARCH * usage.webSearches()));
  }

  /// What a response would cost if no prompt were large enough for a higher price.
  public Cost priceOfShortPrompts(Usage usage, Instant at) {
    ResolvedModel model = models.resolve(usage.model());
    ModelPrice row = model.row();
    if (row == null || !usage.billed()) {
      return price(usage, at);
    }
    Rates rates = tariff(model, row, usage, at).forPrompt(0);
    if (rates.lackRateFor(usage.tokens())) {
      return new Cost.Unpriced(usage.model());
    }
    long nanos = nanos(rates.picodollars(usage.tokens()), factor(model, usage.terms()));
    return new Cost.Priced(new Usd(nanos + NANOS_PER_SEARCH * usage.webSearches()));
  }

  /// What many requests cost together, web searches left out; unpriced where their rates depend on
  /// the size of each prompt, which their sum does not tell.
  ///
  /// @param sum what they used, under the same terms
  /// @param prompts between which sizes each of the prompts is
  public Cost priceOfSum(Usage sum, Instant at, PromptSizes prompts) {
    Long nanos = sumPrice(sum.model(), sum.terms(), at, prompts).nanos(sum.tokens());
    return nanos == null ? new Cost.Unpriced(sum.model()) : new Cost.Priced(new Usd(nanos));
  }

  /// The same for many sums under the same terms.
  public SumPrice sumPrice(String model, BillingTerms terms, Instant at, PromptSizes prompts) {
    ResolvedModel resolved = models.resolve(model);
    ModelPrice row = resolved.row();
    return new SumPrice(
        row == null ? null : row.at(at).tariff(resolved.fast(terms)).forPrompts(prompts),
        factor(resolved, terms));
  }

  /// The same by contract; null where there is none, or nobody knows.
  public @Nullable Usd contractPriceOfSum(Usage sum, Instant at, PromptSizes prompts) {
    return contract == null
        ? null
        : contract.price(
            sum,
            models.resolve(sum.model()).row(),
            priceOfSum(sum, at, prompts) instanceof Cost.Priced(Usd amount) ? amount : null);
  }

  /// What a response cost by contract; null where there is none, or nobody knows. It stands beside
  /// the list price and is never added to one.
  public @Nullable Usd contractPrice(Usage usage, Instant at) {
    return contract == null
        ? null
        : contract.price(
            usage,
            models.resolve(usage.model()).row(),
            price(usage, at) instanceof Cost.Priced(Usd amount) ? amount : null);
  }

  /// What the cache reads of a response cost less than the same tokens as input; zero where a rate
  /// is unknown.
  public Usd saved(Usage usage, Instant at) {
    ResolvedModel model = models.resolve(usage.model());
    ModelPrice row = model.row();
    if (row == null || !usage.billed()) {
      return Usd.ZERO;
    }
    Tariff tariff = tariff(model, row, usage, at);
    long picodollars = 0;
    for (TokenCounts round : rounds(usage)) {
      Rates rates = tariff.forPrompt(round.prompt());
      if (rates.input() < 0 || rates.cacheRead() < 0) {
        return Usd.ZERO;
      }
      long rate = rates.input() - rates.cacheRead();
      picodollars = Math.addExact(picodollars, Math.multiplyExact(rate, round.cacheRead()));
    }
    return new Usd(nanos(picodollars, factor(model, usage.terms())));
  }

  /// Why a response costs what it does: the arithmetic line by line, and what was assumed; empty
  /// where it has no price.
  public List<String> why(Usage usage, Instant at) {
    if (!usage.billed()) {
      return List.of(NOT_BILLED);
    }
    List<String> why = new ArrayList<>();
    lines(usage, at).forEach(line -> why.add(line.text()));
    ResolvedModel model = models.resolve(usage.model());
    ModelPrice row = model.row();
    if (row != null && differ(tariff(model, row, usage, at), usage)) {
      why.add(BY_ROUND);
    }
    return why;
  }

  /// The arithmetic of a price, line by line; empty where there is none.
  public List<CostLine> lines(Usage usage, Instant at) {
    ResolvedModel model = models.resolve(usage.model());
    ModelPrice row = model.row();
    if (row == null || !usage.billed()) {
      return List.of();
    }
    Tariff tariff = tariff(model, row, usage, at);
    BigDecimal factor = factor(model, usage.terms());
    List<CostLine> lines = new ArrayList<>();
    for (TokenCounts round : differ(tariff, usage) ? usage.rounds() : List.of(usage.tokens())) {
      Rates rates = tariff.forPrompt(round.prompt());
      add(lines, "input", round.input(), rates.input(), factor);
      add(lines, CostLine.OUTPUT, round.output(), rates.output(), factor);
      add(lines, "cache create 5m", round.cacheWrite5m(), rates.cacheWrite5m(), factor);
      add(lines, "cache create 1h", round.cacheWrite1h(), rates.cacheWrite1h(), factor);
      add(lines, CostLine.CACHE_READ, round.cacheRead(), rates.cacheRead(), factor);
    }
    if (usage.webSearches() > 0) {
      BigDecimal dollars =
          Listed.PER_THOUSAND_SEARCHES
              .multiply(BigDecimal.valueOf(usage.webSearches()))
              .movePointLeft(3);
      lines.add(
          new CostLine(
              WEB_SEARCHES,
              usage.webSearches(),
              Listed.PER_THOUSAND_SEARCHES,
              BigDecimal.ONE,
              dollars));
    }
    return lines;
  }

  private static long picodollars(Tariff tariff, Usage usage) {
    if (usage.rounds().isEmpty()) {
      return picodollars(tariff, usage.tokens());
    }
    long sum = 0;
    for (TokenCounts round : usage.rounds()) {
      long picodollars = picodollars(tariff, round);
      if (picodollars == Rates.UNKNOWN) {
        return Rates.UNKNOWN;
      }
      sum = Math.addExact(sum, picodollars);
    }
    return sum;
  }

  private static long picodollars(Tariff tariff, TokenCounts tokens) {
    Rates rates = tariff.forPrompt(tokens.prompt());
    return rates.lackRateFor(tokens) ? Rates.UNKNOWN : rates.picodollars(tokens);
  }

  /// Whether it makes a difference that a response is priced round by round.
  private static boolean differ(Tariff tariff, Usage usage) {
    Rates whole = tariff.forPrompt(usage.tokens().prompt());
    return usage.rounds().stream()
        .anyMatch(round -> !tariff.forPrompt(round.prompt()).equals(whole));
  }

  private static List<TokenCounts> rounds(Usage usage) {
    return usage.rounds().isEmpty() ? List.of(usage.tokens()) : usage.rounds();
  }

  private static void add(
      List<CostLine> lines, String name, long tokens, long rate, BigDecimal factor) {
    if (tokens > 0 && rate >= 0) {
      BigDecimal perMillion = perMillion(rate);
      BigDecimal dollars =
          perMillion.multiply(factor).multiply(BigDecimal.valueOf(tokens)).movePointLeft(6);
      lines.add(new CostLine(name, tokens, perMillion, factor, dollars));
    }
  }

  /// Picodollars per token as dollars per million tokens.
  public static BigDecimal perMillion(long rate) {
    BigDecimal exact = BigDecimal.valueOf(rate, 6).stripTrailingZeros();
    return exact.scale() < 0 ? exact.setScale(0) : exact;
  }

  private static Tariff tariff(ResolvedModel model, ModelPrice row, Usage usage, Instant at) {
    return row.at(at).tariff(model.fast(usage.terms()));
  }

  /// A request runs at one place: the two premiums never come together.
  private static BigDecimal factor(ResolvedModel model, BillingTerms terms) {
    boolean bound = model.regional() || (model.usInference() && terms.inferenceGeo().equals("us"));
    boolean batch = terms.serviceTier().equals("batch") && !model.fast(terms);
    BigDecimal factor = bound ? Premium.FACTOR : BigDecimal.ONE;
    return batch ? factor.multiply(Listed.BATCH) : factor;
  }

  /// Rounded once, half to even.
  static long nanos(long picodollars, BigDecimal factor) {
    return picodollars >= 0 && factor.compareTo(BigDecimal.ONE) == 0
        ? halfEven(picodollars)
        : BigDecimal.valueOf(picodollars, 3)
            .multiply(factor)
            .setScale(0, RoundingMode.HALF_EVEN)
            .longValueExact();
  }

  /// Thousandths to whole numbers.
  private static long halfEven(long thousandths) {
    long whole = thousandths / 1000;
    long rest = thousandths % 1000;
    return rest > 500 || (rest == 500 && (whole & 1) == 1) ? whole + 1 : whole;
  }
}
