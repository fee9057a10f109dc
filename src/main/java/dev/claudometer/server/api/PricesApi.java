package dev.claudometer.server.api;

import dev.claudometer.model.Cause;
import dev.claudometer.pricing.ModelPrice;
import dev.claudometer.pricing.OwnPrices;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.pricing.PriceFileException;
import dev.claudometer.pricing.PricePeriod;
import dev.claudometer.pricing.PriceUpdate;
import dev.claudometer.pricing.Rates;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Route;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Slice;
import dev.claudometer.store.Sums;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.registry.Registry;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The prices in force, and how an administrator changes them.
public final class PricesApi {

  private static final BigDecimal DEAREST = new BigDecimal(10_000);

  private final Sums store;
  private final Registry registry;
  private final Supplier<PriceBook> prices;
  private final Supplier<Instant> updated;
  private final PriceKeeper keeper;

  PricesApi(Sums store, Registry registry, Options.Pricing pricing) {
    this.store = store;
    this.registry = registry;
    prices = pricing.book();
    updated = pricing.updated();
    keeper = pricing.keeper();
  }

  /// What a model costs.
  ///
  /// @param since when these prices began; null where they always held
  /// @param own whether they were set here
  public record Price(
      String model,
      List<String> aliases,
      @Nullable BigDecimal input,
      @Nullable BigDecimal output,
      @Nullable BigDecimal cacheWrite5m,
      @Nullable BigDecimal cacheWrite1h,
      @Nullable BigDecimal cacheRead,
      String source,
      @Nullable Instant since,
      boolean own) {}

  /// The prices in force.
  ///
  /// @param unpriced models that were used and have no price
  /// @param updated when they were published or replaced
  /// @param builtIn whether they are those that come with Claudometer
  public record Prices(
      List<Price> models, List<String> unpriced, Instant updated, boolean builtIn) {}

  /// What a model shall cost, in dollars per million tokens; null where nobody has said.
  public record NewPrice(
      @Nullable String model,
      @Nullable BigDecimal input,
      @Nullable BigDecimal output,
      @Nullable BigDecimal cacheWrite5m,
      @Nullable BigDecimal cacheWrite1h,
      @Nullable BigDecimal cacheRead) {}

  /// What a refresh has brought.
  ///
  /// @param added models that the built-in book does not know
  /// @param rejected models of the list that cannot be right, with the reason
  /// @param leftOut how many other entries of the list were not taken, by the reason
  public record Refreshed(List<String> added, List<String> rejected, List<NotTaken> leftOut) {}

  /// Entries of a list that were not taken.
  public record NotTaken(int entries, String why) {}

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/prices", Access.VIEWER, "The prices in force", this::prices),
        Route.post(
            "/api/v1/prices",
            Access.ADMIN,
            "Set what a model costs from today on; of a model without prices, for all time",
            this::set),
        Route.delete("/api/v1/prices", Access.ADMIN, "Go back to the built-in prices", this::reset),
        Route.post(
            "/api/v1/prices/refresh",
            Access.ADMIN,
            "Fetch prices of models that the built-in book lacks; own prices stay",
            this::refresh));
  }

  public Prices prices(Call call) {
    List<String> unpriced =
        store.sums(TimeRange.ALL, call.scope().where(), Set.of(Dimension.MODEL)).stream()
            .filter(slice -> slice.totals().unpriced() > 0)
            .map(Slice::model)
            .sorted()
            .toList();
    return new Prices(
        prices.get().rows().stream().map(row -> price(row, call.now())).toList(),
        unpriced,
        updated.get(),
        !keeper.customised());
  }

  private static Price price(ModelPrice row, Instant now) {
    PricePeriod period = row.at(now);
    int place = row.periods().indexOf(period);
    Rates rates = period.standard().rates();
    return new Price(
        row.id(),
        row.aliases(),
        perMillion(rates.input()),
        perMillion(rates.output()),
        perMillion(rates.cacheWrite5m()),
        perMillion(rates.cacheWrite1h()),
        perMillion(rates.cacheRead()),
        row.source(),
        place == 0 ? null : row.periods().get(place - 1).until(),
        OwnPrices.isOwn(row));
  }

  private static @Nullable BigDecimal perMillion(long rate) {
    return rate < 0 ? null : PriceBook.perMillion(rate);
  }

  /// Sets what a model costs.
  public Price set(Call call) throws IOException {
    NewPrice request = call.body(NewPrice.class);
    String model = request.model();
    if (model == null || !model.matches("[A-Za-z0-9][A-Za-z0-9._:@/-]{0,99}")) {
      throw Problem.of(422, "'model' has to be a model's id, such as claude-opus-5");
    }
    if (request.input() == null || request.output() == null) {
      throw Problem.of(422, "'input' and 'output' have to be dollars per million tokens");
    }
    var rates =
        new Rates(
            rate("input", request.input()),
            rate("output", request.output()),
            rate("cacheWrite5m", request.cacheWrite5m()),
            rate("cacheWrite1h", request.cacheWrite1h()),
            rate("cacheRead", request.cacheRead()));
    LocalDate day = LocalDate.ofInstant(call.now(), ZoneOffset.UTC);
    String source = OwnPrices.source(call.actor(), day.toString());
    use(
        OwnPrices.with(
            prices.get(), model, rates, day.atStartOfDay(ZoneOffset.UTC).toInstant(), source));
    registry.change(call.deed("price.set", model, text(request)), () -> model);
    return price(prices.get().row(model).orElseThrow(), call.now());
  }

  private static long rate(String name, @Nullable BigDecimal dollars) {
    if (dollars == null) {
      return Rates.UNKNOWN;
    }
    if (dollars.signum() < 0
        || dollars.compareTo(DEAREST) > 0
        || dollars.stripTrailingZeros().scale() > 6) {
      throw Problem.of(
          422, "'" + name + "' has to be dollars per million tokens, with at most six places");
    }
    return dollars.movePointRight(6).longValueExact();
  }

  private static String text(NewPrice price) {
    return "input "
        + price.input()
        + ", output "
        + price.output()
        + ", cache "
        + price.cacheWrite5m()
        + ", "
        + price.cacheWrite1h()
        + ", "
        + price.cacheRead();
  }

  private void use(List<ModelPrice> rows) {
    try {
      keeper.use(PriceUpdate.of(rows));
    } catch (IOException failure) {
      throw Problem.of(503, "the prices cannot be written: " + Cause.of(failure));
    }
  }

  private Refreshed refresh(Call call) {
    return refresh(call, "true".equals(call.query("allProviders")));
  }

  /// Fetches what is published.
  ///
  /// @param allMakers whether models that are not Claude are taken too
  public Refreshed refresh(Call call, boolean allMakers) {
    PriceUpdate update = published(allMakers);
    use(OwnPrices.kept(update.rows(), prices.get()));
    registry.change(
        call.deed("price.refresh", "", update.added().size() + " models added"), () -> update);
    List<NotTaken> leftOut = new ArrayList<>();
    update.leftOut().forEach((why, entries) -> leftOut.add(new NotTaken(entries, why.words())));
    return new Refreshed(update.added(), update.rejected(), leftOut);
  }

  private PriceUpdate published(boolean allMakers) {
    try {
      return keeper.published(allMakers);
    } catch (IOException | PriceFileException failure) {
      throw Problem.of(503, "the prices are as they were: " + Cause.of(failure));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw Problem.of(503, "the prices are as they were: this server is stopping");
    }
  }

  private @Nullable Object reset(Call call) {
    builtIn(call);
    return null;
  }

  /// Goes back to the built-in book.
  public void builtIn(Call call) {
    try {
      keeper.reset();
    } catch (IOException failure) {
      throw Problem.of(503, "the prices cannot be removed: " + Cause.of(failure));
    }
    registry.change(call.deed("price.reset", "", ""), () -> "built in");
  }
}
