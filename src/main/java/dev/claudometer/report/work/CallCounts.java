package dev.claudometer.report.work;

import dev.claudometer.model.ToolUse;
import dev.claudometer.store.EventFilter;
import dev.claudometer.store.StoredEvent;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageQueries;
import dev.claudometer.store.Where;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Counts the tool calls of counted responses, a day at a time: a year's responses need not be held
/// at once.
public final class CallCounts {

  private static final Duration STEP = Duration.ofDays(1);

  private CallCounts() {}

  /// Calls by what their tool is counted as.
  ///
  /// @param key null for tools that are not
  public static Map<String, Long> of(
      UsageQueries store, TimeRange range, Where where, Function<String, @Nullable String> key) {
    var calls = new TreeMap<String, Long>();
    TimeRange extent = store.extent();
    if (extent == null) {
      return calls;
    }
    Instant from = range.from().isAfter(extent.from()) ? range.from() : extent.from();
    Instant to = range.to().isBefore(extent.to()) ? range.to() : extent.to();
    while (from.isBefore(to)) {
      Instant next = from.plus(STEP).isBefore(to) ? from.plus(STEP) : to;
      var within = new EventFilter.Within(new TimeRange(from, next), where, Integer.MAX_VALUE);
      for (StoredEvent stored : store.events(within)) {
        if (stored.counted()) {
          count(stored, key, calls);
        }
      }
      from = next;
    }
    return calls;
  }

  private static void count(
      StoredEvent stored, Function<String, @Nullable String> key, Map<String, Long> calls) {
    for (ToolUse tool : stored.event().tools()) {
      String counted = key.apply(tool.name());
      if (counted != null) {
        calls.merge(counted, 1L, Long::sum);
      }
    }
  }
}
