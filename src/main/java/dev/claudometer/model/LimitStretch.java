package dev.claudometer.model;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The same word on a window, from when it was first told to when it was last.
///
/// @param reading the word, when it was first told
public record LimitStretch(LimitReading reading, Instant last) {

  /// The word, when it was last told.
  public LimitReading latest() {
    return new LimitReading(
        reading.window(),
        reading.utilization(),
        reading.resetsAt(),
        last,
        reading.origin(),
        reading.session());
  }

  /// The first reading, and the last one where that is another.
  public Stream<LimitReading> ends() {
    return last.isAfter(reading.at()) ? Stream.of(reading, latest()) : Stream.of(reading);
  }

  /// The ends of all, by time.
  public static List<LimitReading> readings(List<LimitStretch> stretches) {
    return stretches.stream()
        .flatMap(LimitStretch::ends)
        .sorted(Comparator.comparing(LimitReading::at))
        .toList();
  }
}
