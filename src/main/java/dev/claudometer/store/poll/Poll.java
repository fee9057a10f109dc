package dev.claudometer.store.poll;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How far the asking of a source over the network has come, kept beside what it told.
///
/// @param source `adminapi/messages`, `planlimits/oauth`, …
/// @param since how far back its history was asked for; null where it has none
/// @param next where an unfinished round goes on; null between rounds
/// @param done when the last whole round ended; null before the first
/// @param swept when the last round over all that may still be revised ended
/// @param failed when the last round failed; null where it did not
/// @param failure why, in one sentence; or why there is nothing to be told
public record Poll(
    String source,
    @Nullable Instant since,
    @Nullable Instant next,
    @Nullable Instant done,
    @Nullable Instant swept,
    @Nullable Instant failed,
    String failure) {

  /// Nothing has been asked yet.
  public static Poll first(String source) {
    return new Poll(source, null, null, null, null, null, "");
  }

  /// The same, in a round over all that may still be revised: it will be gone on with to its end.
  public Poll sweeping(Instant from, Instant at) {
    return new Poll(
        source,
        since == null || from.isBefore(since) ? from : since,
        next,
        done,
        at,
        failed,
        failure);
  }

  /// The same, unfinished, with all before `next` stored.
  public Poll at(Instant next) {
    return new Poll(source, since, next, done, swept, null, "");
  }

  /// The same, when a round has ended.
  public Poll done(Instant at) {
    return new Poll(source, since, null, at, swept, null, "");
  }

  /// The same, of a source that does not tell this to everybody: that is no failure.
  public Poll notOffered(Instant at, String why) {
    return new Poll(source, since, null, done, at, null, why);
  }

  /// What was told once is offered.
  public boolean notOffered() {
    return done == null && failed == null && !failure.isEmpty();
  }

  /// The same, when a round has failed: what was stored stays, and the next one goes on from there.
  public Poll failed(Instant at, String why) {
    return new Poll(source, since, next, done, swept, at, why);
  }

  public boolean up() {
    return failed == null;
  }
}
