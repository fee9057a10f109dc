package dev.claudometer.store;

import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The questions of one machine's exporter.
public interface LocalQueries {

  /// How many tools were called in the counted responses of a range.
  long toolCalls(TimeRange range);

  /// When each session had its first response.
  List<Instant> sessionStarts();

  /// What happened in a session besides its usage.
  Happenings happenings(SessionId session);

  /// Counts of a session.
  ///
  /// @param tools calls by tool
  /// @param stopReasons responses by why they ended
  record Happenings(
      Map<String, Long> tools, Map<String, Long> stopReasons, Map<ActivityKind, Long> activities) {

    public Happenings {
      tools = Map.copyOf(tools);
      stopReasons = Map.copyOf(stopReasons);
      activities = Map.copyOf(activities);
    }
  }
}
