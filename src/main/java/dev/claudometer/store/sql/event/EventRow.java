package dev.claudometer.store.sql.event;

import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import dev.claudometer.store.StoredEvent;
import dev.claudometer.usage.Billed;
import dev.claudometer.usage.Totals;
import org.jspecify.annotations.Nullable;

/// An event as the table holds it.
///
/// @param device whose copy attributes it, empty for this machine
/// @param saved reckoned when it was priced; null where it has no price
public record EventRow(
    EventId id,
    UsageEvent event,
    String device,
    @Nullable Usd booked,
    @Nullable Usd saved,
    @Nullable Usd today,
    boolean counted)
    implements Billed {

  /// What this event adds to its rollup.
  public Totals totals() {
    return Totals.of(this);
  }

  public StoredEvent stored() {
    return new StoredEvent(event, device, booked, today, counted);
  }

  /// Another event and device in the same place.
  public EventRow with(UsageEvent otherEvent, String otherDevice) {
    return new EventRow(id, otherEvent, otherDevice, booked, saved, today, counted);
  }

  public EventRow saved(Usd nowSaved) {
    return new EventRow(id, event, device, booked, nowSaved, today, counted);
  }

  public EventRow counted(boolean nowCounted) {
    return new EventRow(id, event, device, booked, saved, today, nowCounted);
  }
}
