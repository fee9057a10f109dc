package dev.claudometer.store;

import java.time.Instant;
import java.util.List;

/// The questions about what responses are priced by.
public interface PricedUses {

  /// What such counted responses of a range are priced by, in no order.
  List<PricedUse> uses(TimeRange range, Where where);

  /// The UTC days of a range that have stored events, replays included.
  List<EventDay> days(TimeRange range);

  /// A day that has events.
  ///
  /// @param begin where it begins, also where the range begins within it
  /// @param events how many the range has of it
  /// @param revision of the last change among them: while this and their number stay, no event of
  ///   them has changed, come or gone
  record EventDay(Instant begin, long events, long revision) {}
}
