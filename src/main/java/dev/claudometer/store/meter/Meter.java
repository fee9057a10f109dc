package dev.claudometer.store.meter;

import dev.claudometer.usage.Quantity;
import dev.claudometer.usage.Totals;
import java.util.Arrays;
import java.util.List;

/// What the store keeps a running sum of, so that a scrape need not look at events.
public enum Meter {
  RESPONSES(1, 0, Quantity.RESPONSES),
  UNPRICED(2, 0, Quantity.UNPRICED),
  INPUT(3, 0, Quantity.INPUT),
  OUTPUT(4, 0, Quantity.OUTPUT),
  CACHE_WRITE(5, 0, Quantity.CACHE_WRITE_5M, Quantity.CACHE_WRITE_1H),
  CACHE_READ(6, 0, Quantity.CACHE_READ),
  WEB_SEARCHES(7, 0, Quantity.WEB_SEARCHES),
  WEB_FETCHES(8, 0, Quantity.WEB_FETCHES),
  /// What the client reported where it did, else calculated; nano-dollars.
  COST(9, 9, Quantity.AUTOMATIC),
  /// What cache reads cost less than the same tokens as input; nano-dollars.
  SAVED(10, Kind.SUM, 9),
  /// When the first response came: milliseconds, negative, so that the largest is the earliest.
  FIRST_AT(11, Kind.LARGEST, 3),
  LAST_AT(12, Kind.LARGEST, 3),
  /// By name of the tool.
  TOOL_CALLS(13, Kind.NAMED, 0),
  /// By reason.
  STOP_REASONS(14, Kind.NAMED, 0),
  /// In the project where each was first seen.
  SESSIONS(15, Kind.SUM, 0),
  FILES(16, Kind.SUM, 0),
  READ_BYTES(17, Kind.SUM, 0),
  DAMAGED_LINES(18, Kind.SUM, 0),
  /// By kind.
  ACTIVITIES(19, Kind.NAMED, 0),
  /// Output tokens that were thought, of responses that tell.
  THINKING(20, 0, Quantity.THINKING),
  THINKING_TOLD(21, 0, Quantity.THINKING_TOLD),
  /// What was billed beside responses.
  PARTS(22, 0, Quantity.PARTS),
  UNFINALISED(23, 0, Quantity.UNFINALISED),
  /// By the organisation's contract; nano-dollars.
  CONTRACT(24, 9, Quantity.CONTRACT),
  UNDER_CONTRACT(25, 0, Quantity.UNDER_CONTRACT),
  /// What the client itself has summed, by the activity's kind, a blank and its name.
  TOLD(26, Kind.NAMED, 0),
  REQUEST_INPUT(30, 0, 100, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000),
  REQUEST_OUTPUT(31, 0, 100, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000),
  REQUEST_COST(
      32,
      9,
      1_000_000,
      5_000_000,
      10_000_000,
      50_000_000,
      100_000_000,
      250_000_000,
      500_000_000,
      1_000_000_000,
      2_000_000_000,
      5_000_000_000L),
  /// Milliseconds from the first to the last response.
  SESSION_DURATION(
      33,
      3,
      60_000,
      300_000,
      600_000,
      1_800_000,
      3_600_000,
      7_200_000,
      14_400_000,
      28_800_000,
      86_400_000),
  SESSION_RESPONSES(34, 0, 1, 5, 10, 20, 50, 100, 200, 500),
  SESSION_COST(
      35,
      9,
      10_000_000,
      50_000_000,
      100_000_000,
      500_000_000,
      1_000_000_000,
      2_000_000_000,
      5_000_000_000L,
      10_000_000_000L,
      25_000_000_000L,
      50_000_000_000L),
  SESSION_TOKENS(36, 0, 1000, 5000, 10_000, 50_000, 100_000, 500_000, 1_000_000),
  /// Milliseconds.
  TURN_DURATION(
      37, 3, 5_000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000,
      3_600_000),
  /// Before each compaction.
  COMPACTED_TOKENS(38, 0, 50_000, 100_000, 150_000, 200_000, 300_000, 500_000);

  /// Those that are sums of quantities, by device, project and model.
  public static final List<Meter> OF_QUANTITIES =
      Arrays.stream(values()).filter(meter -> !meter.quantities.isEmpty()).toList();

  /// The part of a distribution that is the sum of its values.
  public static final long SUM_PART = -1;

  private final int code;
  private final Kind kind;
  private final int scale;

  @SuppressWarnings("ImmutableEnumChecker") // the list cannot be changed
  private final List<Long> bounds;

  @SuppressWarnings("ImmutableEnumChecker") // the list cannot be changed
  private final List<Quantity> quantities;

  /// How a meter runs.
  public enum Kind {
    SUM,
    /// By name.
    NAMED,
    /// Keeps the largest value.
    LARGEST,
    /// Counts values by bucket, and sums them.
    DISTRIBUTION
  }

  Meter(int code, Kind kind, int scale) {
    this.code = code;
    this.kind = kind;
    this.scale = scale;
    bounds = List.of();
    quantities = List.of();
  }

  Meter(int code, int scale, Quantity... quantities) {
    this.code = code;
    kind = Kind.SUM;
    this.scale = scale;
    bounds = List.of();
    this.quantities = List.of(quantities);
  }

  Meter(int code, int scale, long... bounds) {
    this.code = code;
    kind = Kind.DISTRIBUTION;
    this.scale = scale;
    this.bounds = Arrays.stream(bounds).boxed().toList();
    quantities = List.of();
  }

  /// What stands for it in a database: it never changes.
  public int code() {
    return code;
  }

  public static Meter of(int code) {
    for (Meter meter : values()) {
      if (meter.code == code) {
        return meter;
      }
    }
    throw new IllegalArgumentException("no meter " + code);
  }

  /// What it sums; nothing where it is not a sum of quantities.
  public List<Quantity> quantities() {
    return quantities;
  }

  /// Its share of some sums.
  public long of(Totals totals) {
    long sum = 0;
    for (Quantity quantity : quantities) {
      sum += totals.of(quantity);
    }
    return sum;
  }

  public Kind kind() {
    return kind;
  }

  /// Decimal places of its amounts.
  public int scale() {
    return scale;
  }

  /// Upper bounds of a distribution's buckets; a value beyond the last has a bucket of its own.
  public List<Long> bounds() {
    return bounds;
  }

  /// The bucket of a value.
  public int bucket(long value) {
    int bucket = 0;
    while (bucket < bounds.size() && value > bounds.get(bucket)) {
      bucket++;
    }
    return bucket;
  }
}
