package dev.claudometer.store.quality;

import dev.claudometer.model.DeviceId;
import java.util.Map;

/// The questions about what was read.
public interface QualityQueries {

  /// What could not be read whole, by device.
  Map<DeviceId, Quality> quality();

  /// What the lines of transcripts are called, by device.
  Map<DeviceId, LineNames> lineNames();
}
