package dev.claudometer.store.sqlite;

import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.Receipt;
import dev.claudometer.usage.Copies;
import dev.claudometer.usage.Replays;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Joins events with what is stored, message by message, and keeps the rollups in step.
final class EventUpsert {

  private final EventTable events;
  private final RollupTable rollups;
  private final Supplier<PriceBook> prices;
  private final Digests ids = new Digests();
  private final StoredMessages stored;
  private long added;
  private long replaced;
  private long unchanged;

  EventUpsert(
      EventTable events, RollupTable rollups, Supplier<PriceBook> prices, StoredMessages stored) {
    this.events = events;
    this.rollups = rollups;
    this.prices = prices;
    this.stored = stored;
  }

  private record Incoming(EventId id, UsageEvent event) {}

  Receipt all(List<UsageEvent> incoming) throws SQLException {
    List<Incoming> sorted =
        incoming.stream()
            .map(event -> new Incoming(ids.of(event.key()), event))
            .sorted(Comparator.comparing(Incoming::id))
            .toList();
    int from = 0;
    for (int i = 1; i <= sorted.size(); i++) {
      if (i == sorted.size() || !sorted.get(i).id().sameMessage(sorted.get(from).id())) {
        message(sorted.subList(from, i));
        from = i;
      }
    }
    return new Receipt(added, replaced, unchanged);
  }

  /// All incoming events of one message.
  private void message(List<Incoming> incoming) throws SQLException {
    EventId message = incoming.getFirst().id();
    List<EventRow> before = stored.mayHold(message) ? events.ofMessage(message) : List.of();
    List<EventRow> rows = new ArrayList<>(before);
    for (Incoming one : incoming) {
      join(rows, one);
    }
    List<UsageEvent> counted = Replays.counted(rows.stream().map(EventRow::event).toList());
    for (EventRow row : rows) {
      store(row.counted(counted.contains(row.event())), before(before, row));
    }
  }

  private void join(List<EventRow> rows, Incoming incoming) {
    for (int i = 0; i < rows.size(); i++) {
      EventRow row = rows.get(i);
      if (row.id().equals(incoming.id())) {
        UsageEvent joined = Copies.join(row.event(), incoming.event());
        if (joined.equals(row.event())) {
          unchanged++;
        } else {
          replaced++;
          rows.set(i, rebooked(row, joined));
        }
        return;
      }
    }
    added++;
    Usd cost = SqliteStore.price(prices.get(), incoming.event());
    rows.add(new EventRow(0, incoming.id(), incoming.event(), cost, null, true));
  }

  /// A booked cost stays while the usage that it pays for stays.
  private EventRow rebooked(EventRow row, UsageEvent event) {
    boolean sameUsage =
        event.usage().equals(row.event().usage()) && event.at().equals(row.event().at());
    return new EventRow(
        row.number(),
        row.id(),
        event,
        sameUsage ? row.booked() : SqliteStore.price(prices.get(), event),
        sameUsage ? row.today() : null,
        row.counted());
  }

  private static @Nullable EventRow before(List<EventRow> stored, EventRow row) {
    for (EventRow candidate : stored) {
      if (candidate.number() == row.number()) {
        return candidate;
      }
    }
    return null;
  }

  private void store(EventRow row, @Nullable EventRow before) throws SQLException {
    if (before != null && before.counted() == row.counted() && before.event().equals(row.event())) {
      return;
    }
    if (before != null && before.counted()) {
      rollups.subtract(before);
    }
    if (row.counted()) {
      rollups.add(row);
    }
    events.write(row);
  }
}
