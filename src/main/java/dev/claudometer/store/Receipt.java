package dev.claudometer.store;

/// What became of the events of a batch: `added + replaced + unchanged` is their number.
///
/// @param givenWay responses without message ids that the batch brought in vain, or that do not
///   count any more since it brought the transcript of their session
public record Receipt(long added, long replaced, long unchanged, long givenWay) {

  public static final Receipt EMPTY = new Receipt(0, 0, 0);

  public Receipt(long added, long replaced, long unchanged) {
    this(added, replaced, unchanged, 0);
  }

  public Receipt plus(Receipt other) {
    return new Receipt(
        added + other.added,
        replaced + other.replaced,
        unchanged + other.unchanged,
        givenWay + other.givenWay);
  }

  public Receipt plusGivenWay(long responses) {
    return plus(new Receipt(0, 0, 0, responses));
  }
}
