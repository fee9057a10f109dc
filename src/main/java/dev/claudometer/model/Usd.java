package dev.claudometer.model;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// Money in nano-dollars: sums are exact in Java and in SQL.
///
/// A price is rounded to nano-dollars once, when an event is priced, half to even.
public record Usd(long nanos) implements Comparable<Usd> {

  public static final Usd ZERO = new Usd(0);

  /// Digits before the point of the largest amount, about nine thousand million dollars.
  private static final int MOST_DIGITS = 10;

  /// Rounds to a nano-dollar, half to even. Amounts that are far too small or too large are known
  /// by their exponents: to write out `1e-999999999` takes minutes.
  ///
  /// @throws ArithmeticException beyond about nine thousand million dollars
  public static Usd of(BigDecimal dollars) {
    long digits = (long) dollars.precision() - dollars.scale();
    if (dollars.signum() == 0 || digits < -9) {
      return ZERO;
    }
    if (digits > MOST_DIGITS) {
      throw new ArithmeticException("an amount of " + digits + " digits");
    }
    return new Usd(dollars.movePointRight(9).setScale(0, RoundingMode.HALF_EVEN).longValueExact());
  }

  public Usd plus(Usd other) {
    return new Usd(Math.addExact(nanos, other.nanos));
  }

  public Usd minus(Usd other) {
    return new Usd(Math.subtractExact(nanos, other.nanos));
  }

  /// Exact dollars, without trailing zeros: `0.0216`.
  public BigDecimal dollars() {
    BigDecimal exact = BigDecimal.valueOf(nanos, 9).stripTrailingZeros();
    return exact.scale() < 0 ? exact.setScale(0) : exact;
  }

  @Override
  public int compareTo(Usd other) {
    return Long.compare(nanos, other.nanos);
  }
}
