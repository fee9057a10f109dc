package dev.claudometer.store.quality;

import dev.claudometer.model.DeviceId;
import java.util.List;
import java.util.Map;

/// The questions about what was read.
public interface QualityQueries {

  /// What could not be read whole, by device.
  Map<DeviceId, Quality> quality();

  /// Responses about which machines contradict each other, the latest first.
  List<Dispute> disputes(int most);

  /// How many copies of each machine contradict what counts.
  Map<DeviceId, Long> disputed();

  /// What transcripts prove that telemetry lacks, and the other way round, by device; those without
  /// any are left out.
  Map<DeviceId, Gaps> gaps();

  /// What the lines of transcripts are called, by device.
  Map<DeviceId, LineNames> lineNames();
}
