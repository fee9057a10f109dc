package dev.claudometer.usage;

import dev.claudometer.model.Usage;
import dev.claudometer.model.Usd;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What is counted of everything that is billed. All are whole numbers that can be added; dollars
/// are nano-dollars. This list drives the columns of events and of sums, [Totals] and what meters
/// sum.
public enum Quantity {
  /// Responses; none where a model only had parts in them.
  RESPONSES,
  /// What was billed beside responses.
  PARTS,
  /// Responses without a stop reason on any copy.
  UNFINALISED,
  /// Responses and parts without a known price.
  UNPRICED,
  /// Of these, those with dollars that the client itself wrote.
  UNPRICED_REPORTED,
  INPUT(Held.BY_EVENTS),
  OUTPUT(Held.BY_EVENTS),
  CACHE_WRITE_5M(Held.BY_EVENTS),
  CACHE_WRITE_1H(Held.BY_EVENTS),
  CACHE_READ(Held.BY_EVENTS),
  WEB_SEARCHES(Held.BY_EVENTS),
  WEB_FETCHES(Held.BY_EVENTS),
  /// Output tokens that were thought and not said, where that is told.
  THINKING(Held.BY_EVENTS),
  /// Responses and parts that tell how much was thought.
  THINKING_TOLD,
  /// Dollars by our price book.
  CALCULATED,
  /// Dollars that the client itself wrote.
  REPORTED,
  /// Responses and parts for which it wrote some.
  REPORTED_TOLD,
  /// Dollars of cost mode `auto`.
  AUTOMATIC,
  /// Dollars by contract, where there is one.
  CONTRACT(Held.BY_EVENTS),
  /// Responses and parts whose dollars by contract are known.
  UNDER_CONTRACT,
  /// Dollars that reading from the cache saved, where a price is known.
  SAVED(Held.BY_EVENTS);

  /// In the order of the list, for loops that must not make an array each time.
  public static final List<Quantity> ALL = List.of(values());

  /// Those that an event has a column for.
  public static final List<Quantity> OF_EVENTS =
      Arrays.stream(values()).filter(quantity -> quantity.held == Held.BY_EVENTS).toList();

  private final Held held;

  /// Who has a column for it.
  private enum Held {
    /// An event's other columns tell it.
    BY_SUMS,
    BY_EVENTS
  }

  Quantity() {
    this(Held.BY_SUMS);
  }

  Quantity(Held held) {
    this.held = held;
  }

  /// How much of it this adds to sums: nothing where it is not known.
  public long of(Billed billed) {
    return switch (this) {
      case RESPONSES -> response(billed) ? 1 : 0;
      case PARTS -> response(billed) ? 0 : 1;
      case UNFINALISED -> response(billed) && !usage(billed).finalised() ? 1 : 0;
      case UNPRICED -> billed.booked() == null ? 1 : 0;
      case UNPRICED_REPORTED ->
          usage(billed).reportedCost() == null || billed.booked() != null ? 0 : 1;
      case INPUT -> usage(billed).tokens().input();
      case OUTPUT -> usage(billed).tokens().output();
      case CACHE_WRITE_5M -> usage(billed).tokens().cacheWrite5m();
      case CACHE_WRITE_1H -> usage(billed).tokens().cacheWrite1h();
      case CACHE_READ -> usage(billed).tokens().cacheRead();
      case WEB_SEARCHES -> usage(billed).webSearches();
      case WEB_FETCHES -> usage(billed).webFetches();
      case THINKING -> Math.max(0, usage(billed).thinking());
      case THINKING_TOLD -> usage(billed).thinking() == Usage.UNTOLD ? 0 : 1;
      case CALCULATED -> nanos(billed.booked());
      case REPORTED -> nanos(usage(billed).reportedCost());
      case REPORTED_TOLD -> usage(billed).reportedCost() == null ? 0 : 1;
      case AUTOMATIC -> automatic(billed);
      case CONTRACT -> nanos(billed.contract());
      case UNDER_CONTRACT -> billed.contract() == null ? 0 : 1;
      case SAVED -> nanos(billed.saved());
    };
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
  public int place() {
    return ordinal();
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
}
