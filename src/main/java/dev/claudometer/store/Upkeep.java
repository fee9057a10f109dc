package dev.claudometer.store;

import dev.claudometer.model.DeviceId;
import java.time.Instant;
import java.util.List;

/// What keeps a store right and small.
public interface Upkeep {

  /// Prices every event anew where the price book has changed since: booked costs stay, unpriced
  /// ones are booked.
  ///
  /// @param fingerprint stands for the price book's content
  void reprice(String fingerprint);

  /// Observes sessions whose last response came before an instant, each once, in the meters of
  /// sessions.
  ///
  /// @return how many
  long observeEnded(Instant before);

  /// What contradicts itself: one sentence each, empty when the rollups are the sum of the events.
  List<String> verify();

  /// What is wrong with the database itself, which is a part of [#verify]: one sentence each.
  List<String> integrity();

  /// Deletes events that came before an instant. Their sums stay, and copies of them that arrive
  /// later change nothing.
  ///
  /// @return how many events were deleted
  long forget(Instant before);

  /// Deletes all usage, its sums and what was told beside it. How far files have been read stays,
  /// so that nothing comes back by itself.
  void clear();

  /// Deletes the usage that is attributed to one device, its sums and what it told beside it. How
  /// far files have been read stays.
  ///
  /// @return how many responses and parts of them
  long clear(DeviceId device);

  /// Gives back the memory that only makes the next question faster.
  void rest();
}
