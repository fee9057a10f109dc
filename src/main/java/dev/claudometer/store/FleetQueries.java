package dev.claudometer.store;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.Held;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.LimitStretch;
import dev.claudometer.model.ProjectName;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The questions that are asked about many machines, at any size of the store.
public interface FleetQueries {

  /// What is true of each plan window that a device told of.
  List<LimitReading> limits(DeviceId device);

  /// What was told of the window that runs, or ran last, whether or not it is true.
  List<LimitStretch> told(DeviceId device, String window);

  /// What was told of a window from a time on, whether or not it is true.
  List<LimitStretch> told(DeviceId device, String window, Instant from);

  /// Working directories by project name, where a transcript has confirmed them.
  Map<ProjectName, String> projectPaths();

  /// Where the store stands.
  Standing standing();

  /// Where a store stands.
  ///
  /// @param store tells this store from every other one, and from a copy of it
  /// @param revision of the last change: what was asked at the same revision needs no asking again
  /// @param horizon events before this instant may have been deleted; the epoch where none has been
  /// @param generation larger since each time that the store was found to be put back; 0: never
  record Standing(String store, long revision, Instant horizon, long generation) {

    /// The same twice means that nothing has changed between.
    public String version() {
      return store + "." + generation + "." + revision;
    }
  }

  /// How far the store has come with what a machine's sender tells.
  Held held(DeviceId device, String sender);
}
