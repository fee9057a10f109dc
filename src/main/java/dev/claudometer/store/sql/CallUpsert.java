package dev.claudometer.store.sql;

import dev.claudometer.model.ApiCall;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.Batch;
import dev.claudometer.store.sql.engine.Ledger;
import dev.claudometer.store.sql.event.CallRow;
import dev.claudometer.store.sql.event.CallState;
import dev.claudometer.store.sql.event.CallTable;
import dev.claudometer.store.sql.event.Digests;
import dev.claudometer.store.sql.event.EventId;
import dev.claudometer.store.sql.event.EventRow;
import dev.claudometer.store.sql.event.EventTable;
import dev.claudometer.store.sql.sum.Rollups;
import dev.claudometer.store.sql.sum.SessionProjects;
import dev.claudometer.usage.Witnesses;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Joins what telemetry tells of calls with the responses that are stored, in any order of arrival.
///
/// What becomes of a call is decided anew whenever something comes that may change it, from all
/// that is stored then: so the order in which witnesses come changes nothing.
final class CallUpsert {

  /// Of two tellings of one call the one that tells more; the rest only makes the order total.
  private static final Comparator<ApiCall> BY_WEIGHT =
      Comparator.comparingLong((ApiCall call) -> call.tokens().total())
          .thenComparing(ApiCall::split)
          .thenComparing(ApiCall::at)
          .thenComparing(ApiCall::toString);

  private final EventTable events;
  private final CallTable calls;
  private final Rollups rollups;
  private final SessionProjects sessions;
  private final Supplier<PriceBook> prices;
  private final Instant horizon;
  private final Supplier<EventUpsert> upsert;
  private final Map<SessionId, Boolean> written = new HashMap<>();
  private final Map<DeviceId, List<UsageEvent>> byDevice = new TreeMap<>();

  /// @param upsert stores the events that calls are made into
  CallUpsert(
      EventTable events,
      CallTable calls,
      Rollups rollups,
      SessionProjects sessions,
      Supplier<PriceBook> prices,
      Ledger ledger,
      Supplier<EventUpsert> upsert) {
    this.events = events;
    this.calls = calls;
    this.rollups = rollups;
    this.sessions = sessions;
    this.prices = prices;
    this.upsert = upsert;
    horizon = ledger.horizon();
  }

  /// Stores the calls of batches whose events are stored already, and looks again at those that
  /// these events may be.
  void all(List<Batch> batches) throws SQLException {
    Map<String, CallRow> known = known(batches);
    Map<String, CallRow> affected = new TreeMap<>(known);
    batches.forEach(batch -> batch.calls().forEach(call -> told(affected, call, batch.device())));
    Map<String, EventRow> responses = responses(affected.values());
    var unnamed = new UnnamedCalls(events, calls);
    for (CallRow row : unnamed.take(List.copyOf(affected.values()))) {
      known.put(row.call().id(), row);
      affected.put(row.call().id(), row);
    }
    for (CallRow row : affected.values()) {
      decide(row, known.get(row.call().id()), responses, unnamed);
    }
    calls.flush();
    List<Batch> made =
        byDevice.entrySet().stream().map(each -> batch(each.getKey(), each.getValue())).toList();
    upsert.get().all(made);
  }

  /// The stored calls that something in these batches may concern.
  private Map<String, CallRow> known(List<Batch> batches) {
    var concerned = new Concerned();
    batches.forEach(concerned::add);
    Map<String, CallRow> rows = new HashMap<>();
    concerned.among(calls).forEach(row -> rows.put(row.call().id(), row));
    return rows;
  }

  private static void told(Map<String, CallRow> rows, ApiCall call, DeviceId device) {
    rows.merge(
        call.id(),
        new CallRow(call, device, CallState.HELD, ProjectName.NONE),
        (stored, come) -> {
          int order = BY_WEIGHT.compare(stored.call(), come.call());
          return order > 0 || (order == 0 && stored.device().compareTo(device) <= 0)
              ? stored
              : new CallRow(call, device, stored.state(), stored.project());
        });
  }

  /// The responses that named calls are of, by request.
  private Map<String, EventRow> responses(Iterable<CallRow> rows) throws SQLException {
    Set<String> requests = new TreeSet<>();
    for (CallRow row : rows) {
      if (row.call().named()) {
        requests.add(row.call().requestId());
      }
    }
    Map<String, EventRow> responses = new HashMap<>();
    for (EventRow row : events.ofRequests(requests)) {
      responses.merge(row.event().key().requestId(), row, CallUpsert::rather);
    }
    return responses;
  }

  /// Of two responses to one request the one that counts.
  private static EventRow rather(EventRow a, EventRow b) {
    if (a.counted() != b.counted()) {
      return a.counted() ? a : b;
    }
    return a.id().compareTo(b.id()) <= 0 ? a : b;
  }

  /// @param before as it is stored, null where it is new
  private void decide(
      CallRow row, @Nullable CallRow before, Map<String, EventRow> responses, UnnamedCalls unnamed)
      throws SQLException {
    ApiCall call = row.call();
    EventRow response = call.named() ? responses.get(call.requestId()) : unnamed.response(call);
    CallRow now;
    if (response != null) {
      now = row.now(CallState.JOINED, ProjectName.NONE);
      bring(response.device(), Witnesses.copy(response.event(), call));
    } else if (held(call, unnamed)) {
      now = row.now(CallState.HELD, ProjectName.NONE);
    } else {
      now = row.now(CallState.ALONE, project(call));
    }
    if (now.equals(before)) {
      return;
    }
    if (before != null && before.state() == CallState.ALONE) {
      remove(before.call());
    }
    if (now.state() == CallState.ALONE) {
      bring(now.device(), Witnesses.alone(call, now.project(), searches(call)));
    }
    calls.put(now);
  }

  /// Where a transcript may hold the call and nothing tells which response it is, or held it before
  /// it was forgotten.
  private boolean held(ApiCall call, UnnamedCalls unnamed) {
    if (Witnesses.earliest(call).isBefore(horizon)) {
      return true;
    }
    if (call.named() || !call.conversation()) {
      return false;
    }
    if (call.session().equals(SessionId.NONE)) {
      return true;
    }
    return call.source().isEmpty() ? unnamed.open(call) : written(call.session());
  }

  private ProjectName project(ApiCall call) {
    return written(call.session()) ? sessions.of(call.session(), call.at()) : ProjectName.NONE;
  }

  /// Whether a transcript of the session is known.
  private boolean written(SessionId session) {
    return written.computeIfAbsent(session, sessions::written);
  }

  private int searches(ApiCall call) {
    return Witnesses.searches(
        call, Repricing.price(prices.get(), Witnesses.alone(call, ProjectName.NONE, 0)));
  }

  private void bring(DeviceId device, UsageEvent event) {
    byDevice.computeIfAbsent(device, _ -> new ArrayList<>()).add(event);
  }

  private void remove(ApiCall call) throws SQLException {
    EventId id = new Digests().of(Witnesses.key(call));
    for (EventRow row :
        events.ofMessages(List.of(id.first())).getOrDefault(id.first(), List.of())) {
      rollups.replace(row, row.counted(false));
      events.delete(row.id());
    }
  }

  private static Batch batch(DeviceId device, List<UsageEvent> events) {
    return new Batch(device, events, List.of(), List.of(), List.of(), List.of());
  }
}
