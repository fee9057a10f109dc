package dev.claudometer.usage;

import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usd;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sums over counted responses and their parts, of every [Quantity]. What is unpriced is in the
/// tokens and not in the dollars.
public final class Totals {

  public static final Totals ZERO = new Totals(new long[Quantity.ALL.size()]);

  private static final Quantity[] QUANTITIES = Quantity.values();

  private final long[] amounts;

  private Totals(long[] amounts) {
    this.amounts = amounts;
  }

  /// What one response, or one part, adds.
  public static Totals of(Billed billed) {
    var amounts = new long[QUANTITIES.length];
    for (int i = 0; i < amounts.length; i++) {
      amounts[i] = QUANTITIES[i].of(billed);
    }
    return new Totals(amounts);
  }

  /// Amounts by quantity; those that are not named are zero.
  public static Totals of(Map<Quantity, Long> byQuantity) {
    var amounts = new long[Quantity.ALL.size()];
    byQuantity.forEach((quantity, amount) -> amounts[quantity.place()] = amount);
    return new Totals(amounts);
  }

  /// Amounts of all quantities.
  ///
  /// @param inOrder of [Quantity#ALL]
  public static Totals of(long[] inOrder) {
    return new Totals(Arrays.copyOf(inOrder, Quantity.ALL.size()));
  }

  public long of(Quantity quantity) {
    return amounts[quantity.place()];
  }

  /// The quantity at a place of [Quantity#ALL].
  long at(int place) {
    return amounts[place];
  }

  public Totals plus(Totals other) {
    return combined(other, 1);
  }

  public Totals minus(Totals other) {
    return combined(other, -1);
  }

  private Totals combined(Totals other, int sign) {
    long[] sum = amounts.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] = Math.addExact(sum[i], sign * other.amounts[i]);
    }
    return new Totals(sum);
  }

  public long responses() {
    return of(Quantity.RESPONSES);
  }

  public long parts() {
    return of(Quantity.PARTS);
  }

  public long unfinalised() {
    return of(Quantity.UNFINALISED);
  }

  public long unpriced() {
    return of(Quantity.UNPRICED);
  }

  /// What is in no dollars of a cost mode.
  public long unpriced(CostMode mode) {
    return switch (mode) {
      case AUTO -> unpriced() - of(Quantity.UNPRICED_REPORTED);
      case CALCULATE -> unpriced();
      case DISPLAY -> billed() - of(Quantity.REPORTED_TOLD);
    };
  }

  /// Dollars by contract, of what is [#underContract]; null where there is no contract.
  public @Nullable Usd contract() {
    return underContract() == 0 ? null : new Usd(of(Quantity.CONTRACT));
  }

  /// Responses and parts whose dollars by contract are known.
  public long underContract() {
    return of(Quantity.UNDER_CONTRACT);
  }

  public TokenCounts tokens() {
    return new TokenCounts(
        of(Quantity.INPUT),
        of(Quantity.OUTPUT),
        of(Quantity.CACHE_WRITE_5M),
        of(Quantity.CACHE_WRITE_1H),
        of(Quantity.CACHE_READ));
  }

  public long webSearches() {
    return of(Quantity.WEB_SEARCHES);
  }

  public long webFetches() {
    return of(Quantity.WEB_FETCHES);
  }

  /// Output tokens that were thought, of those that tell; null where none does.
  public @Nullable Long thinking() {
    return of(Quantity.THINKING_TOLD) == 0 ? null : of(Quantity.THINKING);
  }

  public Usd calculated() {
    return new Usd(of(Quantity.CALCULATED));
  }

  public Usd reported() {
    return new Usd(of(Quantity.REPORTED));
  }

  public Usd reportedElseCalculated() {
    return new Usd(of(Quantity.AUTOMATIC));
  }

  /// What reading from the cache saved.
  public Usd saved() {
    return new Usd(of(Quantity.SAVED));
  }

  /// What has a price, or lacks one: responses, and what was billed beside them.
  public long billed() {
    return responses() + parts();
  }

  /// True where there is something, and nothing of it is in a cost mode's dollars.
  public boolean entirelyUnpriced(CostMode mode) {
    return unpriced(mode) > 0 && unpriced(mode) == billed();
  }

  public Usd cost(CostMode mode) {
    return switch (mode) {
      case AUTO -> reportedElseCalculated();
      case CALCULATE -> calculated();
      case DISPLAY -> reported();
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Totals totals && Arrays.equals(amounts, totals.amounts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(amounts);
  }

  /// What is not zero: `responses=1 output=159`.
  @Override
  public String toString() {
    var text = new StringBuilder();
    for (Quantity quantity : Quantity.ALL) {
      if (of(quantity) != 0) {
        text.append(text.isEmpty() ? "" : " ").append(quantity.column()).append('=');
        text.append(of(quantity));
      }
    }
    return text.toString();
  }
}
