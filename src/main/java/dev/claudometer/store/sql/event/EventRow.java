package dev.claudometer.store.sql.event;

import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import dev.claudometer.store.StoredEvent;
import dev.claudometer.usage.Totals;
import org.jspecify.annotations.Nullable;

/// An event as the table holds it.
///
/// @param device whose copy attributes it, empty for this machine
public record EventRow(
    EventId id,
    UsageEvent event,
    String device,
    @Nullable Usd booked,
    @Nullable Usd today,
    boolean counted) {

  /// What this event adds to its rollup.
  public Totals totals() {
    Usd calculated = booked == null ? Usd.ZERO : booked;
    Usd reported = event.usage().reportedCost();
    boolean response = event.key().isResponse();
    return new Totals(
        response ? 1 : 0,
        response ? 0 : 1,
        response && !event.usage().finalised() ? 1 : 0,
        booked == null ? 1 : 0,
        event.usage().tokens(),
        event.usage().webSearches(),
        event.usage().webFetches(),
        calculated,
        reported == null ? Usd.ZERO : reported,
        reported == null ? calculated : reported);
  }

  public StoredEvent stored() {
    return new StoredEvent(event, device, booked, today, counted);
  }

  /// Another event and device in the same place.
  public EventRow with(UsageEvent otherEvent, String otherDevice) {
    return new EventRow(id, otherEvent, otherDevice, booked, today, counted);
  }

  public EventRow counted(boolean nowCounted) {
    return new EventRow(id, event, device, booked, today, nowCounted);
  }
}
