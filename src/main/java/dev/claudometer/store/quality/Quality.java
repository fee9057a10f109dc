package dev.claudometer.store.quality;

/// What could not be read whole on a device.
///
/// @param files transcripts known
/// @param damagedLines lines that hold damage
/// @param damagedBytes their length
/// @param recovered intact records that were found on them
/// @param givenWay responses that an older daemon sent without message ids, and that do not count
///   since the transcript of their session has come
public record Quality(
    long files, long damagedLines, long damagedBytes, long recovered, long givenWay) {

  public static final Quality NOTHING = new Quality(0, 0, 0, 0, 0);

  public Quality withGivenWay(long responses) {
    return new Quality(files, damagedLines, damagedBytes, recovered, responses);
  }
}
