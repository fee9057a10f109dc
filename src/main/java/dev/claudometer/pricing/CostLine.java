package dev.claudometer.pricing;

import java.math.BigDecimal;

/// One line of a price's arithmetic.
///
/// @param quantity tokens, or searches
/// @param rate dollars per million tokens, or per thousand searches
/// @param factor what the rate is multiplied with
/// @param dollars exact, before the one rounding
public record CostLine(
    String name, long quantity, BigDecimal rate, BigDecimal factor, BigDecimal dollars) {

  public static final String OUTPUT = "output";
  public static final String CACHE_READ = "cache read";

  /// `516 output × $5/M = $0.00258`.
  public String text() {
    String times = factor.compareTo(BigDecimal.ONE) == 0 ? "" : " × " + factor.toPlainString();
    return quantity
        + " "
        + name
        + " × $"
        + rate.toPlainString()
        + unit()
        + times
        + " = $"
        + dollars.stripTrailingZeros().toPlainString();
  }

  private String unit() {
    return name.equals(PriceBook.WEB_SEARCHES) ? "/1000" : "/M";
  }
}
