package dev.claudometer.store;

import java.util.List;

/// The questions about what responses are priced by.
public interface PricedUses {

  /// What such counted responses of a range are priced by, in no order.
  List<PricedUse> uses(TimeRange range, Where where);

  /// What is stored of a range, replays included, without looking at it.
  Stored stored(TimeRange range);

  /// The events of a range.
  ///
  /// @param revision of the last change among them: while this and their number stay, no event of
  ///   them has changed, come or gone
  record Stored(long events, long revision) {}
}
