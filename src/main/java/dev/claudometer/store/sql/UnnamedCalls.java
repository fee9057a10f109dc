package dev.claudometer.store.sql;

import dev.claudometer.model.ApiCall;
import dev.claudometer.model.EventKey;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.store.sql.event.CallRow;
import dev.claudometer.store.sql.event.CallTable;
import dev.claudometer.store.sql.event.EventRow;
import dev.claudometer.store.sql.event.EventTable;
import dev.claudometer.usage.Pairing;
import dev.claudometer.usage.Witnesses;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is stored of the time of calls that their clients do not name, and which response each is.
final class UnnamedCalls {

  private final EventTable events;
  private final CallTable calls;
  private final Map<ApiCall, List<UsageEvent>> around = new HashMap<>();
  private final Map<EventKey, EventRow> rows = new HashMap<>();
  private Pairing pairing = Pairing.of(Map.of());

  UnnamedCalls(EventTable events, CallTable calls) {
    this.events = events;
    this.calls = calls;
  }

  /// Takes in calls, and all that may be the responses that these may be, and so on: which call a
  /// response is can only be said of all of them together.
  ///
  /// @param some named ones are left out
  /// @return the stored calls that were taken in besides
  List<CallRow> take(Collection<CallRow> some) {
    List<CallRow> besides = new ArrayList<>();
    Collection<CallRow> next = some;
    while (!next.isEmpty()) {
      next = competing(added(next));
      besides.addAll(next);
    }
    pairing = Pairing.of(around);
    return besides;
  }

  /// @return the responses that no call was taken in for before
  private List<UsageEvent> added(Collection<CallRow> some) {
    List<UsageEvent> responses = new ArrayList<>();
    for (CallRow row : some) {
      if (!row.call().named() && !around.containsKey(row.call())) {
        around.put(row.call(), around(row.call(), responses));
      }
    }
    return responses;
  }

  /// The responses that came while a call went on, by its model.
  private List<UsageEvent> around(ApiCall call, List<UsageEvent> unseen) {
    List<UsageEvent> responses = new ArrayList<>();
    for (EventRow row :
        events.ofSession(call.session(), Witnesses.earliest(call), Witnesses.latest(call))) {
      if (row.event().usage().model().equals(call.model())) {
        responses.add(row.event());
        if (rows.put(row.event().key(), row) == null) {
          unseen.add(row.event());
        }
      }
    }
    return responses;
  }

  /// The stored calls that have not been taken in and went on while one of these responses came.
  private List<CallRow> competing(List<UsageEvent> responses) {
    var concerned = new Concerned();
    responses.forEach(concerned::add);
    Set<String> taken = around.keySet().stream().map(ApiCall::id).collect(Collectors.toSet());
    return concerned.unnamed(calls).stream()
        .filter(
            row -> responses.stream().anyMatch(response -> Witnesses.during(row.call(), response)))
        .filter(row -> taken.add(row.call().id()))
        .toList();
  }

  /// The response that a call is; null where it is none.
  @Nullable EventRow response(ApiCall call) {
    EventKey key = pairing.response(call);
    return key == null ? null : rows.get(key);
  }

  /// Whether a call that is no response may be one all the same: one that nothing explains, or that
  /// another call is rather.
  boolean open(ApiCall call) {
    return around.getOrDefault(call, List.of()).stream()
        .anyMatch(response -> !pairing.explains(response) || Witnesses.mayBe(call, response));
  }
}
