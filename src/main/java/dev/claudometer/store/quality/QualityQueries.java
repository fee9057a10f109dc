package dev.claudometer.store.quality;

import java.util.Map;

/// The questions about what was read.
public interface QualityQueries {

  /// What could not be read whole, by device.
  Map<String, Quality> quality();

  /// What the lines of transcripts are called, by device.
  Map<String, LineNames> lineNames();
}
