package dev.claudometer.model;

import java.time.Instant;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/// How much of some money was used.
///
/// @param account `claude.extra_usage`, `openrouter`
/// @param currency of the amounts, `USD` or another: they are never added to those of another
/// @param limit what there is in all; null where there is no limit, or none that is told
/// @param origin which source said it
public record CreditReading(
    String account, String currency, @Nullable Usd limit, Usd used, Instant at, String origin) {

  public static final String DOLLARS = "USD";

  /// A reading in dollars.
  public CreditReading(String account, @Nullable Usd limit, Usd used, Instant at, String origin) {
    this(account, DOLLARS, limit, used, at, origin);
  }

  /// Digits that amounts of a currency have after the point: 2 of dollars, none of yen, 3 of
  /// Kuwaiti dinars (ISO 4217); 2 where the currency is not known.
  public static int decimals(String currency) {
    try {
      return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    } catch (IllegalArgumentException unknown) {
      return 2;
    }
  }

  public boolean inDollars() {
    return currency.equals(DOLLARS);
  }
}
