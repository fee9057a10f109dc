package dev.claudometer.store.meter;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.Usd;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The questions of a scrape. What is asked of meters takes as long however many events there are;
/// the others look at no more than a day.
public interface MeterQueries {

  /// The meters that have changed after a revision, the oldest ones first; all after revision -1.
  Meters meters(long after);

  /// Dollars by device from an instant on, exactly.
  Map<DeviceId, Usd> spend(Instant from);

  /// Milliseconds between consecutive responses from an instant on, by device.
  Map<DeviceId, List<Long>> pauses(Instant from);

  /// Sessions with a response since an instant, the latest first.
  ///
  /// @param most how many
  List<ActiveSession> activeSessions(Instant since, int most);

  /// The last reading of each plan window, by device.
  Map<DeviceId, List<LimitReading>> limits();

  /// Readings, and the revision up to which they tell.
  record Meters(long revision, List<MeterReading> readings) {

    public Meters {
      readings = List.copyOf(readings);
    }
  }
}
