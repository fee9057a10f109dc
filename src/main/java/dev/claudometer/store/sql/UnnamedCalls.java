package dev.claudometer.store.sql;

import dev.claudometer.model.ApiCall;
import dev.claudometer.model.EventKey;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.store.sql.event.CallRow;
import dev.claudometer.store.sql.event.EventRow;
import dev.claudometer.store.sql.event.EventTable;
import dev.claudometer.usage.Pairing;
import dev.claudometer.usage.Witnesses;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is stored of the time of calls that their clients do not name, and which response each is.
final class UnnamedCalls {

  private final Map<ApiCall, List<UsageEvent>> around = new HashMap<>();
  private final Map<EventKey, EventRow> rows = new HashMap<>();
  private final Pairing pairing;

  /// @param calls named ones are left out
  UnnamedCalls(EventTable events, Iterable<CallRow> calls) {
    for (CallRow row : calls) {
      if (!row.call().named()) {
        around.put(row.call(), around(events, row.call()));
      }
    }
    pairing = Pairing.of(around);
  }

  /// The responses that came while a call went on, by its model.
  private List<UsageEvent> around(EventTable events, ApiCall call) {
    return events
        .ofSession(call.session(), Witnesses.earliest(call), Witnesses.latest(call))
        .stream()
        .filter(row -> row.event().usage().model().equals(call.model()))
        .peek(row -> rows.put(row.event().key(), row))
        .map(EventRow::event)
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
