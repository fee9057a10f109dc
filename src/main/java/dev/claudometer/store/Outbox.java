package dev.claudometer.store;

import java.util.Set;

/// The store as what an agent sends from: each row has the revision of its last change, and for
/// each destination it is kept how far that one has acknowledged.
///
/// Whatever is sent twice changes nothing where it arrives, so a revision may always be
/// acknowledged too late and never too early.
public interface Outbox extends Sender {

  /// What this machine has observed after a revision.
  ///
  /// @param most elements; more than that are not given at once
  Changes changes(long after, int most);

  /// Of them, what only Claude Code's telemetry told: calls, and the client's own sums.
  Changes telemetry(long after, int most);

  /// How many elements there are after a revision; counting ends at `most`.
  long waiting(long after, long most);

  /// The last revision that a destination has acknowledged, 0 where it knows nothing.
  long acknowledged(String destination);

  /// Remembers, durably, that everything up to a revision has arrived.
  void acknowledge(String destination, long revision, long generation);

  /// The generation of the destination's database when it last answered, 0 where it has not.
  long generation(String destination);

  Set<String> destinations();

  /// Forgets a destination: it will be sent everything.
  void forgetDestination(String destination);
}
