package dev.claudometer.store.quality;

import dev.claudometer.store.TimeRange;
import java.util.Map;

/// The questions about what was read.
public interface QualityQueries {

  /// What could not be read whole, by device.
  Map<String, Quality> quality();

  /// What the lines of transcripts are called, by device.
  Map<String, LineNames> lineNames();

  /// The calls of a range that telemetry told of, by device; those without any are left out.
  Map<String, Told> told(TimeRange range);
}
