package dev.claudometer.pricing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Prices that somebody here has set, beside those that were published.
public final class OwnPrices {

  private static final String SET_BY = "set here by ";

  private OwnPrices() {}

  /// What stands as the source of such a row.
  public static String source(String who, String day) {
    return SET_BY + who + " on " + day;
  }

  public static boolean isOwn(ModelPrice row) {
    return row.source().startsWith(SET_BY);
  }

  /// A book's rows with a model's own rates: from a day on where the model had prices, so that what
  /// was used before keeps them; else for all time.
  ///
  /// @param rates for prompts of every size; fast mode keeps its own
  /// @param from UTC midnight
  public static List<ModelPrice> with(
      PriceBook book, String model, Rates rates, Instant from, String source) {
    ModelPrice known = book.row(model).orElse(null);
    List<ModelPrice> rows = new ArrayList<>(book.rows());
    if (known == null) {
      var period = new PricePeriod(null, new Tariff(rates, 0, null), null);
      rows.add(new ModelPrice(model, List.of(), source, List.of(period)));
    } else {
      rows.set(
          rows.indexOf(known),
          new ModelPrice(known.id(), known.aliases(), source, since(known, rates, from)));
    }
    return rows;
  }

  private static List<PricePeriod> since(ModelPrice known, Rates rates, Instant from) {
    List<PricePeriod> periods = new ArrayList<>();
    Instant begin = Instant.MIN;
    for (PricePeriod period : known.periods()) {
      Instant until = period.until();
      boolean overlaps = until == null || until.isAfter(from);
      if (!overlaps) {
        periods.add(period);
      } else if (begin.isBefore(from)) {
        periods.add(new PricePeriod(from, period.standard(), period.fast()));
      }
      begin = until == null ? Instant.MAX : until;
    }
    periods.add(
        new PricePeriod(null, new Tariff(rates, 0, null), known.periods().getLast().fast()));
    return periods;
  }

  /// Other rows, but for models whose prices somebody here has set.
  public static List<ModelPrice> kept(List<ModelPrice> fresh, PriceBook inForce) {
    Map<String, ModelPrice> rows = new LinkedHashMap<>();
    fresh.forEach(row -> rows.put(row.id(), row));
    inForce.rows().stream().filter(OwnPrices::isOwn).forEach(row -> rows.put(row.id(), row));
    return List.copyOf(rows.values());
  }
}
