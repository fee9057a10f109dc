package dev.claudometer.usage;

/// Adds up totals in place: for loops over many events.
public final class RunningTotals {

  private static final Quantity[] QUANTITIES = Quantity.values();

  private final long[] amounts = new long[Quantity.ALL.size()];

  public void add(Totals totals) {
    for (int i = 0; i < amounts.length; i++) {
      amounts[i] = Math.addExact(amounts[i], totals.at(i));
    }
  }

  /// Adds amounts of all quantities.
  ///
  /// @param inOrder of [Quantity#ALL]
  public void add(long[] inOrder) {
    for (int i = 0; i < amounts.length; i++) {
      amounts[i] = Math.addExact(amounts[i], inOrder[i]);
    }
  }

  /// Adds what one response, or one part, adds.
  public void add(Billed billed) {
    for (int i = 0; i < amounts.length; i++) {
      amounts[i] = Math.addExact(amounts[i], QUANTITIES[i].of(billed));
    }
  }

  /// Takes out what one response, or one part, has added.
  public void subtract(Billed billed) {
    for (int i = 0; i < amounts.length; i++) {
      amounts[i] = Math.subtractExact(amounts[i], QUANTITIES[i].of(billed));
    }
  }

  public void subtract(Totals totals) {
    for (int i = 0; i < amounts.length; i++) {
      amounts[i] = Math.subtractExact(amounts[i], totals.at(i));
    }
  }

  /// What it has come to.
  public Totals totals() {
    return Totals.of(amounts);
  }
}
