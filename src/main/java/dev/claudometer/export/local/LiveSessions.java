package dev.claudometer.export.local;

import dev.claudometer.export.fleet.ActiveSessions;
import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.Gathering;
import dev.claudometer.metric.Family;
import dev.claudometer.metric.Local;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.SessionId;
import dev.claudometer.report.EarlierDays;
import dev.claudometer.store.LocalQueries.Happenings;
import dev.claudometer.store.SessionPage;
import dev.claudometer.store.SessionQuery;
import dev.claudometer.store.Slice;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageQueries;
import dev.claudometer.store.meter.ActiveSession;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the sessions that are active on one machine have used.
final class LiveSessions implements Collector {

  private static final int MOST = 1_000;

  private static final List<Family> COUNTS =
      List.of(
          Local.LIVE_MESSAGES,
          Local.LIVE_WEB_SEARCHES,
          Local.LIVE_WEB_FETCHES,
          Local.LIVE_API_ERRORS,
          Local.LIVE_API_RETRIES,
          Local.LIVE_COMPACT_EVENTS);

  private final UsageQueries store;
  private final Supplier<EarlierDays> earlier;
  private final LocalExport.Machine machine;

  LiveSessions(UsageQueries store, Supplier<EarlierDays> earlier, LocalExport.Machine machine) {
    this.store = store;
    this.earlier = earlier;
    this.machine = machine;
  }

  @Override
  public String source() {
    return "live";
  }

  @Override
  public void collect(Gathering into, Instant now) {
    Set<SessionId> sessions = sessions(now);
    into.add(Local.LIVE_SESSIONS, Exact.of(sessions.size()));
    COUNTS.forEach(family -> into.add(family, Exact.of(0)));
    for (SessionId session : sessions) {
      usage(into, session);
      happenings(into, store.happenings(session));
    }
    info(into, sessions.size());
  }

  private Set<SessionId> sessions(Instant now) {
    Set<SessionId> running = machine.running().get();
    return running != null
        ? running
        : store.activeSessions(now.minus(ActiveSessions.SILENCE), MOST).stream()
            .map(ActiveSession::session)
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private void usage(Gathering into, SessionId session) {
    for (SessionPage.Row row : store.sessions(SessionQuery.of(session)).rows()) {
      into.add(Local.LIVE_MESSAGES, Exact.of(row.totals().responses()));
      into.add(Local.LIVE_WEB_SEARCHES, Exact.of(row.totals().webSearches()));
      into.add(Local.LIVE_WEB_FETCHES, Exact.of(row.totals().webFetches()));
      for (Slice part : row.parts()) {
        into.add(Local.LIVE_INPUT_TOKENS, Exact.of(part.totals().tokens().input()), part.model());
        into.add(Local.LIVE_OUTPUT_TOKENS, Exact.of(part.totals().tokens().output()), part.model());
      }
    }
  }

  private static void happenings(Gathering into, Happenings happenings) {
    new TreeMap<>(happenings.tools())
        .forEach((tool, count) -> into.add(Local.LIVE_TOOL_USE, Exact.of(count), tool));
    new TreeMap<>(happenings.stopReasons())
        .forEach((reason, count) -> into.add(Local.LIVE_STOP_REASON, Exact.of(count), reason));
    into.add(Local.LIVE_API_ERRORS, count(happenings, ActivityKind.API_ERROR));
    into.add(Local.LIVE_API_RETRIES, count(happenings, ActivityKind.API_RETRY));
    into.add(Local.LIVE_COMPACT_EVENTS, count(happenings, ActivityKind.COMPACTION));
  }

  private static Exact count(Happenings happenings, ActivityKind kind) {
    return Exact.of(happenings.activities().getOrDefault(kind, 0L));
  }

  private void info(Gathering into, int live) {
    EarlierDays told = earlier.get();
    TimeRange extent = store.extent();
    LocalDate stored = extent == null ? null : extent.from().atZone(machine.zone()).toLocalDate();
    into.add(
        Local.EXPORTER_INFO,
        Exact.of(1),
        told.homes().stream().map(home -> home.told().file()).collect(Collectors.joining(",")),
        machine.home(),
        told.homes().stream()
            .map(home -> home.told().lastComputed())
            .max(LocalDate::compareTo)
            .map(LocalDate::toString)
            .orElse(""),
        Stream.of(Optional.ofNullable(told.first()), Optional.ofNullable(stored))
            .flatMap(Optional::stream)
            .min(LocalDate::compareTo)
            .map(LocalDate::toString)
            .orElse(""),
        Integer.toString(live));
  }
}
