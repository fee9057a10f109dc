package dev.claudometer.store;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// When sessions were used, as their shares and as their responses tell it.
final class SessionSpans {

  private SessionSpans() {}

  static List<SessionSpan> of(UsageStore store, TimeRange range, Where where) {
    return joined(
        store.sessionShares(range, where).stream()
            .map(share -> new SessionSpan(share.session(), share.first(), share.last())));
  }

  static List<SessionSpan> of(List<StoredEvent> responses) {
    return joined(
        responses.stream()
            .map(
                stored -> {
                  Instant at = stored.event().at();
                  return new SessionSpan(stored.event().attribution().session(), at, at);
                }));
  }

  private static List<SessionSpan> joined(Stream<SessionSpan> spans) {
    return List.copyOf(
        spans
            .collect(Collectors.toMap(SessionSpan::session, span -> span, SessionSpans::joined))
            .values());
  }

  private static SessionSpan joined(SessionSpan a, SessionSpan b) {
    return new SessionSpan(
        a.session(),
        a.first().isBefore(b.first()) ? a.first() : b.first(),
        a.last().isAfter(b.last()) ? a.last() : b.last());
  }
}
