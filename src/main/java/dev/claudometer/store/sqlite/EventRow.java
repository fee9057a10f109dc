package dev.claudometer.store.sqlite;

import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import dev.claudometer.usage.Totals;
import org.jspecify.annotations.Nullable;

/// An event as the table holds it.
///
/// @param number the row's number, 0 for a new row
record EventRow(
    long number,
    EventId id,
    UsageEvent event,
    @Nullable Usd booked,
    @Nullable Usd today,
    boolean counted) {

  /// What this event adds to its rollup.
  Totals totals() {
    Usd calculated = booked == null ? Usd.ZERO : booked;
    Usd reported = event.usage().reportedCost();
    return new Totals(
        1,
        event.usage().finalised() ? 0 : 1,
        booked == null ? 1 : 0,
        event.usage().tokens(),
        event.usage().webSearches(),
        event.usage().webFetches(),
        calculated,
        reported == null ? Usd.ZERO : reported,
        reported == null ? calculated : reported);
  }

  EventRow counted(boolean nowCounted) {
    return new EventRow(number, id, event, booked, today, nowCounted);
  }
}
