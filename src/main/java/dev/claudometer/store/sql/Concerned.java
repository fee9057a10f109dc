package dev.claudometer.store.sql;

import dev.claudometer.model.ApiCall;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.store.Batch;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.sql.event.CallRow;
import dev.claudometer.store.sql.event.CallTable;
import dev.claudometer.usage.Witnesses;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which stored calls something may concern that has come: by request, by session, and by time
/// where no request is named.
final class Concerned {

  /// Calls that began before, and may be the same responses.
  private static final Duration BEFORE = Duration.ofMinutes(5);

  /// Calls that went on for long.
  private static final Duration AFTER = Duration.ofHours(1);

  private final Set<String> ids = new TreeSet<>();
  private final Set<SessionId> sessions = new TreeSet<>();
  private final Span all = new Span();
  private final Span forked = new Span();

  void add(Batch batch) {
    batch.events().forEach(this::add);
    batch.calls().forEach(this::add);
  }

  void add(UsageEvent event) {
    ids.add(event.key().requestId());
    sessions.add(event.attribution().session());
    all.add(event.at());
    if (event.attribution().forked()) {
      forked.add(event.at());
    }
  }

  private void add(ApiCall call) {
    ids.add(call.id());
    if (!call.named()) {
      sessions.add(call.session());
      all.add(Witnesses.earliest(call));
      all.add(call.at());
    }
  }

  /// May hold a call more than once.
  List<CallRow> among(CallTable calls) {
    ids.remove("");
    sessions.remove(SessionId.NONE);
    List<CallRow> rows = new ArrayList<>(calls.ofIds(ids));
    rows.addAll(calls.alone(sessions));
    rows.addAll(unnamed(calls));
    return rows;
  }

  /// Those that no request names. May hold a call more than once.
  List<CallRow> unnamed(CallTable calls) {
    List<CallRow> rows = new ArrayList<>();
    TimeRange range = all.range();
    if (range != null) {
      rows.addAll(calls.unnamed(sessions, range));
    }
    TimeRange copied = forked.range();
    if (copied != null) {
      rows.addAll(calls.unnamed(copied));
    }
    return rows;
  }

  /// From the first to the last instant.
  private static final class Span {
    private @Nullable Instant first;
    private @Nullable Instant last;

    void add(Instant at) {
      first = first == null || at.isBefore(first) ? at : first;
      last = last == null || at.isAfter(last) ? at : last;
    }

    @Nullable TimeRange range() {
      return first == null || last == null
          ? null
          : new TimeRange(first.minus(BEFORE), last.plus(AFTER));
    }
  }
}
