package dev.claudometer.server.api.usage;

import dev.claudometer.server.http.Call;
import dev.claudometer.store.FleetQueries;
import dev.claudometer.store.Point;
import dev.claudometer.usage.Totals;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// When in the week things are used, by the clocks of a zone.
public final class Rhythm {

  private static final int HOURS = 24;

  private final FleetQueries store;
  private final Fleet fleet;

  public Rhythm(FleetQueries store, Fleet fleet) {
    this.store = store;
    this.fleet = fleet;
  }

  /// An hour of the week, in all weeks of a period together.
  public record Hour(DayOfWeek day, int hour, Sums totals) {}

  /// All hours of the week, from Monday's first; also those without usage.
  ///
  /// @return 168 hours
  public List<Hour> week(Call call) {
    Period period = Period.of(call, fleet.zone());
    Map<Integer, Totals> sums = new TreeMap<>();
    for (Period.Stretch stretch : period.stretches()) {
      for (Point point : store.series(stretch.range(), stretch.hours(), Set.of())) {
        sums.merge(place(point, period.zone()), point.slice().totals(), Totals::plus);
      }
    }
    List<Hour> week = new ArrayList<>();
    for (int i = 0; i < 7 * HOURS; i++) {
      week.add(
          new Hour(
              DayOfWeek.of(i / HOURS + 1), i % HOURS, Sums.of(sums.getOrDefault(i, Totals.ZERO))));
    }
    return week;
  }

  private static int place(Point point, ZoneId zone) {
    ZonedDateTime at = point.at().atZone(zone);
    return (at.getDayOfWeek().getValue() - 1) * HOURS + at.getHour();
  }
}
