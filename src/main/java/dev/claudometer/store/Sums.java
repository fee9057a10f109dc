package dev.claudometer.store;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.Usd;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What was used, added up as it is asked for. Only counted responses are in it.
public interface Sums {

  /// From the first counted response to just after the last; null where there is none.
  @Nullable TimeRange extent();

  /// Sums over a time range, one row per combination of the dimensions. A range that begins or ends
  /// within a quarter hour needs the responses of that quarter hour, which may have been deleted:
  /// see [FleetQueries.Standing#horizon].
  List<Slice> sums(TimeRange range, Where where, Set<Dimension> by);

  default List<Slice> sums(TimeRange range, Set<Dimension> by) {
    return sums(range, Where.ANY, by);
  }

  /// The same for several combinations, from one look at what is stored: what they come to is the
  /// same.
  ///
  /// @return for each of the combinations, in their order
  List<List<Slice>> sums(TimeRange range, Where where, List<Set<Dimension>> splits);

  /// Dollars of cost mode `auto` by step of time, as a [#series] by nothing would tell them.
  ///
  /// @param range begins and ends at a quarter hour
  Map<Instant, Usd> costs(TimeRange range, Step step, Where where);

  /// Sums by step of time. Steps without usage have no point.
  ///
  /// @param range begins and ends at a quarter hour
  List<Point> series(TimeRange range, Step step, Where where, Set<Dimension> by);

  default List<Point> series(TimeRange range, Step step, Set<Dimension> by) {
    return series(range, step, Where.ANY, by);
  }

  /// Told the rows of [#days].
  interface DayReader {

    /// Told one row.
    ///
    /// @param day in UTC, since the epoch
    /// @param amounts in the order of [dev.claudometer.usage.Quantity#ALL]; the same array for each
    ///   row
    void read(long day, String model, DeviceId device, long[] amounts);
  }

  /// What was used on whole UTC days, row by row as it is stored: for whoever adds up by more than
  /// dimensions. Several rows can be of the same day, model and device.
  void days(TimeRange days, DayReader reader);
}
