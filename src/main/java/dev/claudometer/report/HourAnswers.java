package dev.claudometer.report;

import dev.claudometer.model.SessionId;
import dev.claudometer.report.HourOfWeek.Used;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Slice;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageQueries;
import dev.claudometer.usage.Totals;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// What an hour of the week was made of.
///
/// @param question of the whole period
record HourAnswers(UsageQueries store, KnownMachines.Names names, Question question) {

  /// Whose names are looked up: of others the id is told.
  private static final int MOST_NAMED = 50;

  HourOfWeek hour(DayOfWeek day, int hour) {
    List<Used> used = new ArrayList<>();
    List<Slice> slices = new ArrayList<>();
    for (TimeRange time : HourOfWeek.in(question, day, hour)) {
      List<Slice> sessions = store.sums(time, question.where(), Set.of(Dimension.SESSION));
      Totals totals = sessions.stream().map(Slice::totals).reduce(Totals.ZERO, Totals::plus);
      if (totals.responses() > 0) {
        used.add(new Used(time.from(), time.to(), totals));
        slices.addAll(sessions);
      }
    }
    return new HourOfWeek(
        question.range().from(),
        question.range().to(),
        question.zone(),
        day,
        hour,
        List.copyOf(used),
        named(Share.of(slices, Split.SESSION, names)));
  }

  private List<Share> named(List<Share> sessions) {
    return IntStream.range(0, sessions.size())
        .mapToObj(
            at ->
                at < MOST_NAMED
                    ? new Share(
                        sessions.get(at).key(),
                        SessionNames.of(
                            new SessionId(sessions.get(at).key()), store, question, names),
                        sessions.get(at).totals())
                    : sessions.get(at))
        .toList();
  }
}
