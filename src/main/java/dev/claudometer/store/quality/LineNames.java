package dev.claudometer.store.quality;

import java.util.Map;

/// What the transcripts of a device consist of.
///
/// @param types lines by type
/// @param unknownFields how often each field came that we did not know when it was read
public record LineNames(Map<String, Long> types, Map<String, Long> unknownFields) {

  public LineNames {
    types = Map.copyOf(types);
    unknownFields = Map.copyOf(unknownFields);
  }
}
