package dev.claudometer.store;

import dev.claudometer.model.FileRead;
import dev.claudometer.model.Observation;
import java.util.List;

/// What this machine has observed after a revision, in the order in which it was last changed.
///
/// @param readings each of them all that is known of its file
/// @param upTo the revision that is acknowledged when all of this has arrived
/// @param more whether there is something after that
public record Changes(
    List<Observation> observations, List<FileRead> readings, long upTo, boolean more) {

  public Changes {
    observations = List.copyOf(observations);
    readings = List.copyOf(readings);
  }

  public int size() {
    return observations.size() + readings.size();
  }
}
