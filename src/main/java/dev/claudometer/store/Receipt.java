package dev.claudometer.store;

/// What became of the events of a batch: `added + replaced + unchanged` is their number.
public record Receipt(long added, long replaced, long unchanged) {

  public static final Receipt EMPTY = new Receipt(0, 0, 0);

  public Receipt plus(Receipt other) {
    return new Receipt(added + other.added, replaced + other.replaced, unchanged + other.unchanged);
  }
}
