package dev.claudometer.cli.text.status;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.LimitStretch;
import dev.claudometer.model.SessionId;
import dev.claudometer.store.FleetQueries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What is true of plan windows, and the last word of each session on them: enough for the status
/// line's script to see whether what it is told is older, or news.
///
/// @param truths of all windows
/// @param told by sessions that have spoken of late
public record StatusWords(List<LimitReading> truths, List<LimitReading> told) {

  private static final Duration OF_LATE = Duration.ofDays(1);

  /// Asks the store.
  public static StatusWords of(FleetQueries store, Instant now) {
    List<LimitReading> truths =
        store.limits(DeviceId.THIS).stream().filter(truth -> !truth.over(now)).toList();
    List<LimitReading> told = new ArrayList<>();
    for (LimitReading truth : truths) {
      told.addAll(last(store.told(DeviceId.THIS, truth.window()), now));
    }
    return new StatusWords(truths, told);
  }

  private static List<LimitReading> last(List<LimitStretch> stretches, Instant now) {
    Map<SessionId, LimitStretch> last = new TreeMap<>();
    stretches.stream()
        .filter(word -> !word.reading().asked() && !word.reading().session().equals(SessionId.NONE))
        .filter(word -> word.last().isAfter(now.minus(OF_LATE)))
        .sorted(Comparator.comparing(LimitStretch::last).thenComparing(word -> word.reading().at()))
        .forEach(word -> last.put(word.reading().session(), word));
    return last.values().stream().map(LimitStretch::reading).toList();
  }

  /// `limit=five_hour 0.46 1795270000` for what is true, `told=five_hour 0.4 1795270000 SESSION`
  /// for what was said; 0 where it is not known when the window resets.
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    truths.forEach(truth -> lines.add("limit=" + line(truth)));
    told.forEach(word -> lines.add("told=" + line(word) + " " + word.session()));
    return lines.stream()
        .filter(line -> line.matches("[^ \\p{Cntrl}]+( [^ \\p{Cntrl}]+)+"))
        .toList();
  }

  private static String line(LimitReading reading) {
    Instant resetsAt = reading.resetsAt();
    return reading.window()
        + " "
        + reading.utilization()
        + " "
        + (resetsAt == null ? 0 : resetsAt.getEpochSecond());
  }
}
