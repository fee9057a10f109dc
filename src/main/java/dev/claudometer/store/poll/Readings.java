package dev.claudometer.store.poll;

import dev.claudometer.model.CreditReading;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.LimitStretch;
import dev.claudometer.model.QuotaReadings;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Readings of quotas, and how they went. Of plan windows it tells what is true of all that was
/// told ([dev.claudometer.usage.TrueLimits]).
public interface Readings extends Polls {

  /// Stores what a source told, and that it did, in one transaction. What has not changed is only
  /// noted as seen again.
  ///
  /// @param device id of the machine, empty for the one that the store is on
  void add(DeviceId device, QuotaReadings readings, Poll poll);

  /// What is true of each plan window that a device told of.
  List<LimitReading> limits(DeviceId device);

  /// What was true of a window since it began, by time.
  List<LimitStretch> running(DeviceId device, String window);

  /// The same of all windows, by device and window.
  Map<DeviceId, Map<String, List<LimitStretch>>> running();

  /// What was true of a window from a time on, by time.
  List<LimitStretch> history(DeviceId device, String window, Instant from);

  /// The last reading of each account that a device told of.
  List<CreditReading> credits(DeviceId device);

  /// What is true of each plan window, and the last reading of each account, by device.
  Map<DeviceId, QuotaReadings> latest();
}
