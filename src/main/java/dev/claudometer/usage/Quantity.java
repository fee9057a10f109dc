package dev.claudometer.usage;

import dev.claudometer.model.Usage;
import dev.claudometer.model.Usd;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// What is counted of everything that is billed. All are whole numbers that can be added; dollars
/// are nano-dollars. This list drives the columns of events and of sums, [Totals] and what meters
/// sum.
public enum Quantity {
  /// Responses; none where a model only had parts in them.
  RESPONSES(billed -> response(billed) ? 1 : 0),
  /// What was billed beside responses.
  PARTS(billed -> response(billed) ? 0 : 1),
  /// Responses without a stop reason on any copy.
  UNFINALISED(billed -> response(billed) && !usage(billed).finalised() ? 1 : 0),
  /// Responses and parts without a known price.
  UNPRICED(billed -> billed.booked() == null ? 1 : 0),
  /// Of these, those with dollars that the client itself wrote.
  UNPRICED_REPORTED(
      billed -> usage(billed).reportedCost() == null || billed.booked() != null ? 0 : 1),
  INPUT(Held.BY_EVENTS, billed -> usage(billed).tokens().input()),
  OUTPUT(Held.BY_EVENTS, billed -> usage(billed).tokens().output()),
  CACHE_WRITE_5M(Held.BY_EVENTS, billed -> usage(billed).tokens().cacheWrite5m()),
  CACHE_WRITE_1H(Held.BY_EVENTS, billed -> usage(billed).tokens().cacheWrite1h()),
  CACHE_READ(Held.BY_EVENTS, billed -> usage(billed).tokens().cacheRead()),
  WEB_SEARCHES(Held.BY_EVENTS, billed -> usage(billed).webSearches()),
  WEB_FETCHES(Held.BY_EVENTS, billed -> usage(billed).webFetches()),
  /// Output tokens that were thought and not said, where that is told.
  THINKING(Held.BY_EVENTS, billed -> Math.max(0, usage(billed).thinking())),
  /// Responses and parts that tell how much was thought.
  THINKING_TOLD(billed -> usage(billed).thinking() == Usage.UNTOLD ? 0 : 1),
  /// Dollars by our price book.
  CALCULATED(billed -> nanos(billed.booked())),
  /// Dollars that the client itself wrote.
  REPORTED(billed -> nanos(usage(billed).reportedCost())),
  /// Responses and parts for which it wrote some.
  REPORTED_TOLD(billed -> usage(billed).reportedCost() == null ? 0 : 1),
  /// Dollars of cost mode `auto`.
  AUTOMATIC(Quantity::automatic),
  /// Dollars by contract, where there is one.
  CONTRACT(Held.BY_EVENTS, billed -> nanos(billed.contract())),
  /// Responses and parts whose dollars by contract are known.
  UNDER_CONTRACT(billed -> billed.contract() == null ? 0 : 1),
  /// Dollars that reading from the cache saved, where a price is known.
  SAVED(Held.BY_EVENTS, billed -> nanos(billed.saved()));

  /// In the order of the list, for loops that must not make an array each time.
  public static final List<Quantity> ALL = List.of(values());

  /// Those that an event has a column for.
  public static final List<Quantity> OF_EVENTS =
      Arrays.stream(values()).filter(quantity -> quantity.held == Held.BY_EVENTS).toList();

  private final Held held;

  @SuppressWarnings("ImmutableEnumChecker") // a function without a state
  private final ToLongFunction<Billed> amount;

  /// Who has a column for it.
  private enum Held {
    /// An event's other columns tell it.
    BY_SUMS,
    BY_EVENTS
  }

  Quantity(ToLongFunction<Billed> amount) {
    this(Held.BY_SUMS, amount);
  }

  Quantity(Held held, ToLongFunction<Billed> amount) {
    this.held = held;
    this.amount = amount;
  }

  private static Usage usage(Billed billed) {
    return billed.event().usage();
  }

  private static boolean response(Billed billed) {
    return billed.event().key().isResponse();
  }

  private static long nanos(@Nullable Usd dollars) {
    return dollars == null ? 0 : dollars.nanos();
  }

  private static long automatic(Billed billed) {
    Usd reported = usage(billed).reportedCost();
    return nanos(reported == null ? billed.booked() : reported);
  }

  /// How much of it this adds to sums: nothing where it is not known.
  public long of(Billed billed) {
    return amount.applyAsLong(billed);
  }

  /// False where this does not tell it: nothing is added to sums, and its column is null.
  public boolean knownOf(Billed billed) {
    return switch (this) {
      case THINKING -> usage(billed).thinking() != Usage.UNTOLD;
      case SAVED -> billed.saved() != null;
      case CONTRACT -> billed.contract() != null;
      default -> true;
    };
  }

  /// Its column.
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Its place in the list.
  @SuppressWarnings("EnumOrdinal") // places are what this list is for
  int place() {
    return ordinal();
  }
}
