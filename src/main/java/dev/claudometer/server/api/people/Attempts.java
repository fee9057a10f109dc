package dev.claudometer.server.api.people;

import dev.claudometer.server.auth.AttemptDelay;
import dev.claudometer.server.auth.CallerNetwork;
import dev.claudometer.server.auth.RateLimits;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;

/// How often somebody may try a secret. An account is closed to the place that guesses at it, for
/// longer each time; never to everybody, or anybody could keep its owner out.
public final class Attempts {

  private final RateLimits limits;

  public Attempts(RateLimits limits) {
    this.limits = limits;
  }

  /// Counts one more from where the caller is, whatever is tried.
  ///
  /// @throws Problem 429 where there were too many
  void fromNetwork(Call call) {
    begin(AttemptDelay.NETWORK, CallerNetwork.of(call.address()));
  }

  /// Counts one more at an account, by somebody of whom only the address is known.
  ///
  /// @param account a name, which may be nobody's
  /// @throws Problem 429 where there were too many
  void ofStranger(Call call, String account) {
    begin(AttemptDelay.PLACE, place(call, account));
    begin(AttemptDelay.ACCOUNT, account);
  }

  /// Counts one more by the holder of something that a stranger does not have.
  ///
  /// @throws Problem 429 where there were too many
  void ofHolder(String digest) {
    begin(AttemptDelay.PLACE, digest);
  }

  private void begin(AttemptDelay patience, String bucket) {
    long wait = patience.begin(limits, bucket);
    if (wait > 0) {
      throw Problem.later(429, "too many attempts: try again in " + spoken(wait), wait, null);
    }
  }

  private static String spoken(long seconds) {
    long minutes = Math.ceilDiv(seconds, 60);
    return minutes == 1 ? "a minute" : minutes + " minutes";
  }

  /// Who proves to be the right one has not been guessing; others at the same place may have been.
  void ofStrangerWasRight(Call call, String account) {
    AttemptDelay.PLACE.forget(limits, place(call, account));
    AttemptDelay.ACCOUNT.takeBack(limits, account);
    AttemptDelay.NETWORK.takeBack(limits, CallerNetwork.of(call.address()));
  }

  /// The same of a holder.
  void ofHolderWasRight(String digest) {
    AttemptDelay.PLACE.forget(limits, digest);
  }

  private static String place(Call call, String account) {
    return account + " " + CallerNetwork.of(call.address());
  }
}
