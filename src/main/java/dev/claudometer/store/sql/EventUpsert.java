package dev.claudometer.store.sql;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.Batch;
import dev.claudometer.store.Receipt;
import dev.claudometer.store.sql.Outcomes.Outcome;
import dev.claudometer.store.sql.engine.Ledger;
import dev.claudometer.store.sql.event.Digests;
import dev.claudometer.store.sql.event.EventCopyTable;
import dev.claudometer.store.sql.event.EventId;
import dev.claudometer.store.sql.event.EventRow;
import dev.claudometer.store.sql.event.EventTable;
import dev.claudometer.store.sql.event.ForgottenTable;
import dev.claudometer.store.sql.sum.Rollups;
import dev.claudometer.usage.Copies;
import dev.claudometer.usage.Parts;
import dev.claudometer.usage.Replays;
import dev.claudometer.usage.Tellers;
import dev.claudometer.usage.Tellers.Settled;
import dev.claudometer.usage.Tellers.Told;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Joins events with what is stored, message by message, and keeps the rollups in step.
final class EventUpsert {

  private final EventTable events;
  private final EventCopyTable copies;
  private final ForgottenTable forgotten;
  private final Rollups rollups;
  private final Supplier<PriceBook> prices;
  private final Ledger ledger;
  private final GivingWay.Judge judge;
  private final Digests ids = new Digests();
  private @Nullable Boolean anyCopies;
  private Outcomes outcomes = new Outcomes(0);

  EventUpsert(
      EventTable events,
      EventCopyTable copies,
      ForgottenTable forgotten,
      Rollups rollups,
      Supplier<PriceBook> prices,
      Ledger ledger,
      GivingWay givingWay) {
    this.events = events;
    this.copies = copies;
    this.forgotten = forgotten;
    this.rollups = rollups;
    this.prices = prices;
    this.ledger = ledger;
    judge = givingWay.new Judge();
  }

  /// @param batch which of the batches brought it
  private record Incoming(EventId id, UsageEvent event, DeviceId device, int batch) {}

  /// Stores the events of several batches.
  ///
  /// @return one receipt for each batch
  List<Receipt> all(List<Batch> batches) throws SQLException {
    List<Incoming> sorted = sorted(batches);
    List<EventId> messages = messages(sorted);
    var known = new Known(events.ofMessages(messages), forgotten.among(messages));
    outcomes = new Outcomes(batches.size());
    for (int from = 0; from < sorted.size(); ) {
      from = message(sorted, from, known);
    }
    return outcomes.receipts();
  }

  /// What the store knows of the messages that have come.
  ///
  /// @param gone whose events were deleted
  private record Known(Map<EventId, List<EventRow>> stored, Set<EventId> gone) {}

  /// The messages of sorted events, each once.
  private static List<EventId> messages(List<Incoming> sorted) {
    List<EventId> messages = new ArrayList<>(sorted.size());
    for (int from = 0; from < sorted.size(); from = end(sorted, from)) {
      messages.add(sorted.get(from).id().first());
    }
    return messages;
  }

  /// Where the events of the message at a place end.
  ///
  /// Like [#incoming] and [#message] it is a method, and not within the loop over all events: the
  /// quick compiler takes what is called often, and leaves the loops of what is called once in
  /// thousands of events to the interpreter.
  private static int end(List<Incoming> sorted, int from) {
    EventId message = sorted.get(from).id();
    int end = from + 1;
    while (end < sorted.size() && sorted.get(end).id().sameMessage(message)) {
      end++;
    }
    return end;
  }

  private List<Incoming> sorted(List<Batch> batches) {
    var incoming = new ArrayList<Incoming>();
    for (int i = 0; i < batches.size(); i++) {
      for (UsageEvent event : batches.get(i).events()) {
        incoming.add(incoming(event, batches.get(i), i));
      }
    }
    incoming.sort((a, b) -> a.id().compareTo(b.id()));
    return incoming;
  }

  private Incoming incoming(UsageEvent event, Batch batch, int number) {
    return new Incoming(ids.of(event.key()), event, batch.device(), number);
  }

  /// The message at a place.
  ///
  /// @return where the next one is
  private int message(List<Incoming> sorted, int from, Known known) throws SQLException {
    int end = end(sorted, from);
    List<Incoming> same = sorted.subList(from, end);
    EventId message = sorted.get(from).id().first();
    if (known.gone().contains(message)) {
      same.forEach(incoming -> outcomes.count(incoming.batch(), Outcome.UNCHANGED));
    } else {
      message(same, known.stored().getOrDefault(message, List.of()));
    }
    return end;
  }

  /// All incoming events of one message: a response comes before its parts.
  private void message(List<Incoming> incoming, List<EventRow> before) throws SQLException {
    if (incoming.size() == 1 && before.isEmpty()) {
      alone(incoming.getFirst());
    } else {
      joined(incoming, before);
    }
  }

  /// Most events are the only one of their message: no copies, no parts, no replays.
  private void alone(Incoming one) throws SQLException {
    outcomes.count(one.batch(), Outcome.ADDED);
    boolean givesWay = judge.givesWay(one.event());
    if (givesWay) {
      outcomes.gaveWay(one.batch());
    }
    store(added(one, List.of()).counted(!givesWay), null);
  }

  private void joined(List<Incoming> incoming, List<EventRow> before) throws SQLException {
    List<EventRow> rows = new ArrayList<>(before);
    for (Incoming one : incoming) {
      Outcome outcome = join(rows, one);
      outcomes.count(one.batch(), outcome);
      if (outcome == Outcome.ADDED && judge.givesWay(one.event())) {
        outcomes.gaveWay(one.batch());
      }
    }
    for (int i = 0; i < rows.size(); i++) {
      if (!rows.get(i).event().key().isResponse()) {
        rows.set(i, rebooked(rows.get(i), follows(rows.get(i), rows)));
      }
    }
    List<UsageEvent> counted = Replays.counted(rows.stream().map(EventRow::event).toList());
    for (EventRow row : rows) {
      boolean counts = counted.contains(row.event()) && !judge.givesWay(row.event());
      store(row.counted(counts), find(before, row.id()));
    }
  }

  private Outcome join(List<EventRow> rows, Incoming incoming) throws SQLException {
    EventRow row = find(rows, incoming.id());
    if (row == null) {
      rows.add(added(incoming, rows));
      return Outcome.ADDED;
    }
    Settled settled = settled(row, incoming);
    EventRow joined = together(row.with(settled.event(), settled.device()), rows);
    if (joined.equals(row)) {
      return Outcome.UNCHANGED;
    }
    rows.set(rows.indexOf(row), rebooked(row, joined));
    return Outcome.REPLACED;
  }

  /// What counts when a machine has told more of a response.
  private Settled settled(EventRow row, Incoming incoming) throws SQLException {
    List<Told> known = anyCopies() ? copies.of(row.id()) : List.of();
    if (known.isEmpty() && row.device().equals(incoming.device())) {
      return new Settled(Copies.join(row.event(), incoming.event()), row.device());
    }
    List<Told> all =
        told(known.isEmpty() ? List.of(new Told(row.device(), row.event())) : known, incoming);
    if (!all.equals(known)) {
      copies.write(row, all);
      anyCopies = true;
    }
    return Tellers.settle(all);
  }

  private boolean anyCopies() {
    if (anyCopies == null) {
      anyCopies = !copies.isEmpty();
    }
    return anyCopies;
  }

  private static List<Told> told(List<Told> known, Incoming incoming) {
    List<Told> all = new ArrayList<>(known);
    for (int i = 0; i < all.size(); i++) {
      Told one = all.get(i);
      if (one.device().equals(incoming.device())) {
        all.set(i, new Told(one.device(), Copies.join(one.event(), incoming.event())));
        return all;
      }
    }
    all.add(new Told(incoming.device(), incoming.event()));
    return all;
  }

  private EventRow added(Incoming incoming, List<EventRow> rows) throws SQLException {
    UsageEvent event = incoming.event();
    var row =
        new EventRow(incoming.id(), event, "", incoming.device(), null, null, null, null, true);
    return priced(follows(row, rows));
  }

  /// A part that goes with the response of another machine: who told it is kept beside it.
  private EventRow follows(EventRow row, List<EventRow> rows) throws SQLException {
    EventRow following = together(row, rows);
    boolean elsewhere = !following.device().equals(row.device());
    if (elsewhere && (!anyCopies() || copies.of(row.id()).isEmpty())) {
      copies.write(row, List.of(new Told(row.device(), row.event())));
      anyCopies = true;
    }
    return following;
  }

  /// A part goes with its response, where that is known.
  private static EventRow together(EventRow row, List<EventRow> rows) {
    if (row.event().key().isResponse()) {
      return row;
    }
    EventRow response = find(rows, row.id().response());
    return response == null
        ? row
        : row.with(Parts.of(response.event(), row.event()), response.device());
  }

  private static @Nullable EventRow find(List<EventRow> rows, EventId id) {
    for (EventRow row : rows) {
      if (row.id().equals(id)) {
        return row;
      }
    }
    return null;
  }

  /// A booked cost stays while the usage that it pays for stays.
  private EventRow rebooked(EventRow before, EventRow after) {
    UsageEvent was = before.event();
    UsageEvent is = after.event();
    boolean sameUsage = is.usage().equals(was.usage()) && is.at().equals(was.at());
    return sameUsage ? after : priced(after);
  }

  private EventRow priced(EventRow row) {
    UsageEvent event = row.event();
    PriceBook book = prices.get();
    Usd cost = Repricing.price(book, event);
    return new EventRow(
        row.id(),
        event,
        book.name(event.usage()),
        row.device(),
        cost,
        book.contractPrice(event.usage(), event.at()),
        cost == null ? null : book.saved(event.usage(), event.at()),
        null,
        row.counted());
  }

  private void store(EventRow row, @Nullable EventRow before) throws SQLException {
    if (row.equals(before)) {
      return;
    }
    rollups.replace(before, row);
    events.write(row, ledger.next());
  }
}
