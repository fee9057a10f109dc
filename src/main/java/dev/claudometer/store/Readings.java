package dev.claudometer.store;

import dev.claudometer.model.CreditReading;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.QuotaReadings;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Readings of quotas, and how they went. The last ones of plan windows are [FleetQueries#limits].
public interface Readings extends Polls {

  /// Stores what a source told, and that it did, in one transaction. What has not changed is only
  /// noted as seen again.
  ///
  /// @param device id of the machine, empty for the one that the store is on
  void add(String device, QuotaReadings readings, Poll poll);

  /// The last reading of each plan window that a device told of.
  List<LimitReading> limits(String device);

  /// Readings of a window, by time: each change, and the last time that a value was seen.
  List<LimitReading> history(String device, String window, Instant from);

  /// The last reading of each account that a device told of.
  List<CreditReading> credits(String device);

  /// The last reading of each plan window and each account, by device.
  Map<String, QuotaReadings> latest();
}
