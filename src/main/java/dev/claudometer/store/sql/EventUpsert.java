package dev.claudometer.store.sql;

import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.Batch;
import dev.claudometer.store.Receipt;
import dev.claudometer.store.sql.engine.Ledger;
import dev.claudometer.store.sql.event.Digests;
import dev.claudometer.store.sql.event.EventId;
import dev.claudometer.store.sql.event.EventRow;
import dev.claudometer.store.sql.event.EventTable;
import dev.claudometer.store.sql.event.ForgottenTable;
import dev.claudometer.store.sql.sum.Rollups;
import dev.claudometer.usage.Copies;
import dev.claudometer.usage.Replays;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Joins events with what is stored, message by message, and keeps the rollups in step.
final class EventUpsert {

  private final EventTable events;
  private final ForgottenTable forgotten;
  private final Rollups rollups;
  private final Supplier<PriceBook> prices;
  private final Ledger ledger;
  private final Digests ids = new Digests();
  private final List<Receipt> receipts = new ArrayList<>();

  EventUpsert(
      EventTable events,
      ForgottenTable forgotten,
      Rollups rollups,
      Supplier<PriceBook> prices,
      Ledger ledger) {
    this.events = events;
    this.forgotten = forgotten;
    this.rollups = rollups;
    this.prices = prices;
    this.ledger = ledger;
  }

  /// @param batch which of the batches brought it
  private record Incoming(EventId id, UsageEvent event, String device, int batch) {}

  /// What becomes of one event.
  private enum Outcome {
    ADDED,
    REPLACED,
    UNCHANGED
  }

  /// Stores the events of several batches.
  ///
  /// @return one receipt for each batch
  List<Receipt> all(List<Batch> batches) throws SQLException {
    List<Incoming> sorted = sorted(batches);
    List<EventId> messages =
        sorted.stream().map(incoming -> incoming.id().first()).distinct().toList();
    Map<EventId, List<EventRow>> stored = events.ofMessages(messages);
    Set<EventId> gone = forgotten.among(messages);
    int from = 0;
    for (int i = 1; i <= sorted.size(); i++) {
      if (i == sorted.size() || !sorted.get(i).id().sameMessage(sorted.get(from).id())) {
        EventId message = sorted.get(from).id().first();
        List<Incoming> same = sorted.subList(from, i);
        if (gone.contains(message)) {
          same.forEach(incoming -> count(incoming, Outcome.UNCHANGED));
        } else {
          message(same, stored.getOrDefault(message, List.of()));
        }
        from = i;
      }
    }
    return receipts;
  }

  private List<Incoming> sorted(List<Batch> batches) {
    var incoming = new ArrayList<Incoming>();
    for (int i = 0; i < batches.size(); i++) {
      receipts.add(Receipt.EMPTY);
      Batch batch = batches.get(i);
      for (UsageEvent event : batch.events()) {
        incoming.add(new Incoming(ids.of(event.key()), event, batch.device(), i));
      }
    }
    incoming.sort(Comparator.comparing(Incoming::id));
    return incoming;
  }

  /// All incoming events of one message.
  private void message(List<Incoming> incoming, List<EventRow> before) throws SQLException {
    List<EventRow> rows = new ArrayList<>(before);
    for (Incoming one : incoming) {
      count(one, join(rows, one));
    }
    List<UsageEvent> counted = Replays.counted(rows.stream().map(EventRow::event).toList());
    for (EventRow row : rows) {
      store(row.counted(counted.contains(row.event())), before(before, row));
    }
  }

  private static Outcome outcome(boolean same) {
    return same ? Outcome.UNCHANGED : Outcome.REPLACED;
  }

  private Outcome join(List<EventRow> rows, Incoming incoming) {
    for (int i = 0; i < rows.size(); i++) {
      EventRow row = rows.get(i);
      if (row.id().equals(incoming.id())) {
        UsageEvent event = Copies.join(row.event(), incoming.event());
        String device = device(event, row, incoming);
        boolean same = event.equals(row.event()) && device.equals(row.device());
        if (!same) {
          rows.set(i, rebooked(row, event, device));
        }
        return outcome(same);
      }
    }
    Usd cost = Repricing.price(prices.get(), incoming.event());
    rows.add(new EventRow(incoming.id(), incoming.event(), incoming.device(), cost, null, true));
    return Outcome.ADDED;
  }

  /// The device whose copy attributes the event; of two with the same copy the one with the smaller
  /// id, whichever came first.
  private static String device(UsageEvent joined, EventRow row, Incoming incoming) {
    boolean stored = joined.attribution().equals(row.event().attribution());
    boolean brought = joined.attribution().equals(incoming.event().attribution());
    if (stored && brought) {
      return row.device().compareTo(incoming.device()) <= 0 ? row.device() : incoming.device();
    }
    return stored ? row.device() : incoming.device();
  }

  /// A booked cost stays while the usage that it pays for stays.
  private EventRow rebooked(EventRow row, UsageEvent event, String device) {
    boolean sameUsage =
        event.usage().equals(row.event().usage()) && event.at().equals(row.event().at());
    return new EventRow(
        row.id(),
        event,
        device,
        sameUsage ? row.booked() : Repricing.price(prices.get(), event),
        sameUsage ? row.today() : null,
        row.counted());
  }

  private static @Nullable EventRow before(List<EventRow> stored, EventRow row) {
    for (EventRow candidate : stored) {
      if (candidate.id().equals(row.id())) {
        return candidate;
      }
    }
    return null;
  }

  private void store(EventRow row, @Nullable EventRow before) throws SQLException {
    if (row.equals(before)) {
      return;
    }
    rollups.replace(before, row);
    events.write(row, ledger.next());
  }

  private void count(Incoming incoming, Outcome outcome) {
    Receipt one =
        switch (outcome) {
          case ADDED -> new Receipt(1, 0, 0);
          case REPLACED -> new Receipt(0, 1, 0);
          case UNCHANGED -> new Receipt(0, 0, 1);
        };
    receipts.set(incoming.batch(), receipts.get(incoming.batch()).plus(one));
  }
}
