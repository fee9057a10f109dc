package dev.claudometer.store.sql.event;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import dev.claudometer.store.StoredEvent;
import dev.claudometer.usage.Billed;
import dev.claudometer.usage.Totals;
import org.jspecify.annotations.Nullable;

/// An event as the table holds it.
///
/// @param model what reports call its model, of however many spellings: see `PriceBook.name`
/// @param device whose copy attributes it, empty for this machine
/// @param saved reckoned when it was priced; null where it has no price
public record EventRow(
    EventId id,
    UsageEvent event,
    String model,
    DeviceId device,
    @Nullable Usd booked,
    @Nullable Usd contract,
    @Nullable Usd saved,
    @Nullable Usd today,
    boolean counted)
    implements Billed {

  /// What this event adds to its rollup.
  public Totals totals() {
    return Totals.of(this);
  }

  public StoredEvent stored() {
    return new StoredEvent(event, model, device, booked, contract, today, counted);
  }

  /// Another event and device in the same place.
  public EventRow with(UsageEvent otherEvent, DeviceId otherDevice) {
    return new EventRow(
        id, otherEvent, model, otherDevice, booked, contract, saved, today, counted);
  }

  public EventRow saved(Usd nowSaved) {
    return new EventRow(id, event, model, device, booked, contract, nowSaved, today, counted);
  }

  public EventRow counted(boolean nowCounted) {
    return new EventRow(id, event, model, device, booked, contract, saved, today, nowCounted);
  }
}
