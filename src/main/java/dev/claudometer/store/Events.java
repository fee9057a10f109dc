package dev.claudometer.store;

import dev.claudometer.model.Activity;
import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.DeviceId;
import dev.claudometer.store.quality.Told;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The questions about single responses and what else happened. Only counted events answer, but for
/// [#events].
public interface Events {

  /// One row per such counted response of a range, by time.
  List<Entry> entries(TimeRange range, Where where);

  default List<Entry> entries(TimeRange range) {
    return entries(range, Where.ANY);
  }

  /// From the first counted response of a range to just after its last; null where there is none.
  @Nullable TimeRange extent(TimeRange range, Where where);

  /// Stored events, replays included, by time: those of a message or request id, a session, or a
  /// range.
  List<StoredEvent> events(EventFilter filter);

  /// Counts of what else happened, by kind and name.
  List<ActivityCount> activities(TimeRange range);

  /// What happened of one kind in a range, by time.
  List<Activity> happened(ActivityKind kind, TimeRange range);

  /// The calls of a range that telemetry told of, by device; those without any are left out.
  Map<DeviceId, Told> told(TimeRange range);

  /// What is known of the files that were read, and the size of the store.
  Holdings holdings();
}
