package dev.claudometer.cli.usage;

import dev.claudometer.app.process.WrongUsage;
import dev.claudometer.model.SessionTotal;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Slice;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.usage.Totals;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Looks sessions up.
final class Sessions {

  private static final int SHOWN = 5;

  private Sessions() {}

  /// The session whose id is, or alone begins with, what was asked for.
  ///
  /// @throws WrongUsage where there is none, or more than one
  static String find(UsageStore store, String wanted) {
    List<String> matches =
        Stream.concat(
                store.sums(TimeRange.ALL, EnumSet.of(Dimension.SESSION)).stream()
                    .map(Slice::session),
                store.sessionTotals().stream().map(SessionTotal::session))
            .distinct()
            .filter(session -> session.startsWith(wanted))
            .sorted()
            .toList();
    if (matches.contains(wanted)) {
      return wanted;
    }
    if (matches.size() == 1) {
      return matches.getFirst();
    }
    throw new WrongUsage(
        matches.isEmpty()
            ? "no session '" + wanted + "': 'claudometer session' lists them"
            : "'"
                + wanted
                + "' begins several sessions: "
                + String.join(", ", matches.subList(0, Math.min(SHOWN, matches.size()))));
  }

  /// Counted usage of every session, by model.
  static Map<String, Map<String, Totals>> byModel(UsageStore store) {
    var sums = new HashMap<String, Map<String, Totals>>();
    for (Slice slice : store.sums(TimeRange.ALL, EnumSet.of(Dimension.SESSION, Dimension.MODEL))) {
      sums.computeIfAbsent(slice.session(), _ -> new TreeMap<>())
          .put(slice.model(), slice.totals());
    }
    return sums;
  }
}
