package dev.claudometer.store.sql;

import dev.claudometer.model.Activity;
import dev.claudometer.model.Claim;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.FileCursor;
import dev.claudometer.model.FileRead;
import dev.claudometer.model.Held;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.LimitStretch;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.SessionTotal;
import dev.claudometer.model.Usd;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.ActivityCount;
import dev.claudometer.store.Batch;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Entry;
import dev.claudometer.store.EventFilter;
import dev.claudometer.store.Holdings;
import dev.claudometer.store.Outbox;
import dev.claudometer.store.Point;
import dev.claudometer.store.Receipt;
import dev.claudometer.store.SessionPage;
import dev.claudometer.store.SessionQuery;
import dev.claudometer.store.SessionSpan;
import dev.claudometer.store.Slice;
import dev.claudometer.store.Step;
import dev.claudometer.store.StoredEvent;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.ToldHistory;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.Where;
import dev.claudometer.store.meter.ActiveSession;
import dev.claudometer.store.quality.Dispute;
import dev.claudometer.store.quality.Gaps;
import dev.claudometer.store.quality.LineNames;
import dev.claudometer.store.quality.Quality;
import dev.claudometer.store.quality.Told;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.Ledger;
import dev.claudometer.store.sql.engine.MeterTable;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.event.ActivityTable;
import dev.claudometer.store.sql.event.CallTable;
import dev.claudometer.store.sql.event.DeliveredTable;
import dev.claudometer.store.sql.event.EventCopyTable;
import dev.claudometer.store.sql.event.EventTable;
import dev.claudometer.store.sql.event.FileTable;
import dev.claudometer.store.sql.event.ForgottenTable;
import dev.claudometer.store.sql.event.GapQueries;
import dev.claudometer.store.sql.event.SessionTotalTable;
import dev.claudometer.store.sql.event.ToldTable;
import dev.claudometer.store.sql.quota.LimitTable;
import dev.claudometer.store.sql.sum.EventMeters;
import dev.claudometer.store.sql.sum.LocalFacts;
import dev.claudometer.store.sql.sum.Queries;
import dev.claudometer.store.sql.sum.Rollups;
import dev.claudometer.store.sql.sum.SessionParts;
import dev.claudometer.store.sql.sum.SessionProjects;
import dev.claudometer.store.sql.sum.SessionQueries;
import dev.claudometer.store.sql.sum.SinceQueries;
import dev.claudometer.store.sql.sum.SumQueries;
import dev.claudometer.store.sql.sum.WorkTables;
import dev.claudometer.usage.Totals;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Observations in a database. One writer at a time, several processes: each waits for the other.
public final class SqlStore implements UsageStore {

  private final Database database;
  private final NameTable names;
  private final EventTable events;
  private final EventCopyTable copies;
  private final ForgottenTable forgotten;
  private final Rollups rollups;
  private final ActivityTable activities;
  private final SessionTotalTable sessionTotals;
  private final FileTable files;
  private final GivingWay givingWay;
  private final Deletion deletion;
  private final DeliveredTable delivered;
  private final LimitTable limits;
  private final CallTable calls;
  private final Ledger ledger;
  private final Writing writing;
  private final Queries queries;
  private final SumQueries sums;
  private final SinceQueries late;
  private final LocalFacts local;
  private final MeterTable meters;
  private final SessionParts sessionParts;
  private final EventMeters eventMeters;
  private final SessionQueries sessions;
  private final WorkTables work;
  private final SqlOutbox outbox;
  private final Supplier<PriceBook> prices;

  /// @param prices asked only when events are priced
  public SqlStore(Database database, Supplier<PriceBook> prices) {
    this.database = database;
    this.prices = prices;
    names = new NameTable(database);
    events = new EventTable(database, names);
    copies = new EventCopyTable(database, names, events);
    forgotten = new ForgottenTable(database);
    ledger = new Ledger(database);
    meters = new MeterTable(database, names, ledger);
    sessionParts = new SessionParts(database, names, meters);
    eventMeters = new EventMeters(meters, sessionParts);
    rollups = new Rollups(database, names, eventMeters);
    writing = new Writing(database, ledger, rollups, names);
    activities = new ActivityTable(database, names, ledger, meters);
    sessionTotals = new SessionTotalTable(database, names, ledger);
    files = new FileTable(database, names, ledger, meters);
    givingWay = new GivingWay(database, names, events, rollups, ledger);
    deletion =
        new Deletion(
            database,
            writing,
            ledger,
            forgotten,
            new DeviceClearing(database, names, events, rollups, givingWay, ledger));
    delivered = new DeliveredTable(database, names);
    limits = new LimitTable(database, names, ledger);
    calls = new CallTable(database, names, ledger);
    queries = new Queries(database, names, events, files);
    sums = new SumQueries(database, names);
    late = new SinceQueries(database, names);
    local = new LocalFacts(database, names);
    sessions = new SessionQueries(database, names);
    work = new WorkTables(database, names);
    outbox = new SqlOutbox(database, events, activities, sessionTotals, limits, calls, files);
  }

  @Override
  public List<Receipt> append(List<Batch> batches) {
    return writing.run(
        () -> {
          List<Receipt> receipts = eventUpsert().all(batches);
          rollups.flush();
          if (batches.stream().anyMatch(batch -> !batch.calls().isEmpty()) || !calls.isEmpty()) {
            callUpsert().all(batches);
            rollups.flush();
          }
          for (int i = 0; i < batches.size(); i++) {
            appendRest(batches.get(i));
            receipts.set(i, receipts.get(i).plusGivenWay(givingWay.settle(batches.get(i))));
          }
          meters.flush();
          return receipts;
        });
  }

  private EventUpsert eventUpsert() {
    return new EventUpsert(events, copies, forgotten, rollups, prices, ledger, givingWay);
  }

  private CallUpsert callUpsert() {
    return new CallUpsert(
        events,
        calls,
        rollups,
        new SessionProjects(database, names),
        prices,
        ledger,
        this::eventUpsert);
  }

  private void appendRest(Batch batch) throws SQLException {
    Claim claim = batch.claim();
    if (claim != null && !delivered.take(batch.device(), claim)) {
      ledger.lost(batch.device(), claim.generation());
    }
    activities.add(batch.activities(), batch.device());
    for (SessionTotal total : batch.sessionTotals()) {
      sessionTotals.put(total, batch.device());
    }
    for (LimitReading limit : batch.limits()) {
      limits.add(limit, batch.device());
    }
    for (FileRead reading : batch.readings()) {
      files.put(reading, batch.device());
    }
  }

  @Override
  public void reprice(String fingerprint) {
    givingWay.bringInStep(writing);
    new Repricing(database, writing, queries, rollups, events, ledger, prices)
        .reprice(fingerprint, new MeterRebuild(database, queries, eventMeters, activities, ledger));
  }

  @Override
  public long forget(Instant before) {
    return deletion.forget(before);
  }

  @Override
  public void clear() {
    deletion.all();
  }

  @Override
  public long clear(DeviceId device) {
    return deletion.ofDevice(device);
  }

  @Override
  public void rest() {
    database.rest();
  }

  @Override
  public List<String> verify() {
    return new Verification(database, ledger).problems();
  }

  @Override
  public Map<ProjectName, String> projectPaths() {
    return files.projectPaths();
  }

  @Override
  public List<LimitReading> limits(DeviceId device) {
    return limits.latest(device);
  }

  @Override
  public List<LimitStretch> told(DeviceId device, String window) {
    return limits.stretches(device, window);
  }

  @Override
  public Meters meters(long after) {
    return meters.since(after);
  }

  @Override
  public Map<DeviceId, Usd> spend(Instant from) {
    return late.spend(from);
  }

  @Override
  public Map<DeviceId, List<Long>> pauses(Instant from) {
    return late.pauses(from);
  }

  @Override
  public List<ActiveSession> activeSessions(Instant since, int most) {
    return sessionParts.active(since, most);
  }

  @Override
  public Map<DeviceId, List<LimitReading>> limits() {
    return limits.latest();
  }

  @Override
  public long toolCalls(TimeRange range) {
    return local.toolCalls(range);
  }

  @Override
  public List<Instant> sessionStarts() {
    return local.sessionStarts();
  }

  @Override
  public Happenings happenings(SessionId session) {
    return local.happenings(session);
  }

  @Override
  public long observeEnded(Instant before) {
    long all = 0;
    while (sessionParts.anyDue(before)) {
      all += writing.run(() -> sessionParts.observe(before));
    }
    return all;
  }

  @Override
  public @Nullable TimeRange extent() {
    return queries.extent();
  }

  @Override
  public Map<String, FileCursor> cursors(DeviceId device) {
    return files.cursors(device);
  }

  @Override
  public List<Slice> sums(TimeRange range, Where where, Set<Dimension> by) {
    return sums.sums(range, where, by);
  }

  @Override
  public List<Point> series(TimeRange range, Step step, Where where, Set<Dimension> by) {
    return sums.series(range, step, where, by);
  }

  @Override
  public SessionPage sessions(SessionQuery query) {
    return sessions.page(query);
  }

  @Override
  public List<SessionId> sessionsBeginningWith(String text) {
    return sessions.beginningWith(text);
  }

  @Override
  public long sessionCount(TimeRange range, Where where) {
    return sessions.count(range, where);
  }

  @Override
  public Map<DeviceId, Quality> quality() {
    return givingWay.told(files.quality());
  }

  @Override
  public List<Dispute> disputes(int most) {
    return copies.disputes(most);
  }

  @Override
  public Map<DeviceId, Long> disputed() {
    return copies.disputed();
  }

  @Override
  public Map<DeviceId, LineNames> lineNames() {
    return files.lineNames();
  }

  @Override
  public Map<DeviceId, Told> told(TimeRange range) {
    return calls.told(range);
  }

  @Override
  public Map<DeviceId, Gaps> gaps() {
    return new GapQueries(database, names).gaps();
  }

  @Override
  public List<BranchSessions> branchSessions(TimeRange range, Where where) {
    return sessions.onBranches(range, where);
  }

  @Override
  public List<PullRequest> pullRequests(TimeRange range, Where where, int most) {
    return work.pullRequests(range, where, most);
  }

  @Override
  public List<WorkUse> workUse(TimeRange range, Where where) {
    return work.use(range, where);
  }

  @Override
  public List<SessionTotal> sessionTotals(SessionId session) {
    return sessionTotals.of(session);
  }

  @Override
  public Standing standing() {
    return ledger.standing();
  }

  @Override
  public void probe() {
    writing.run(() -> 0);
  }

  @Override
  public void onRollback(Consumer<String> told) {
    database.rollbacks().follow(told);
  }

  @Override
  public long rollbacks() {
    return database.rollbacks().noticed();
  }

  @Override
  public Held held(DeviceId device, String sender) {
    return delivered.held(device, sender);
  }

  @Override
  public List<Entry> entries(TimeRange range, Where where) {
    return queries.entries(range, where);
  }

  @Override
  public List<SessionSpan> sessionSpans(TimeRange range, Where where) {
    return sessions.spans(range, where);
  }

  @Override
  public List<StoredEvent> events(EventFilter filter) {
    return queries.events(filter);
  }

  @Override
  public List<Activity> happened(SessionId session, int most) {
    return activities.ofSession(session, most);
  }

  @Override
  public Map<String, Totals> agents(SessionId session) {
    return queries.agents(session);
  }

  @Override
  public List<ActivityCount> activities(TimeRange range) {
    return activities.counts(range);
  }

  @Override
  public List<SessionTotal> sessionTotals() {
    return sessionTotals.all();
  }

  @Override
  public Holdings holdings() {
    return givingWay.told(queries.holdings());
  }

  @Override
  public Outbox outbox() {
    return outbox;
  }

  @Override
  public ToldHistory told() {
    return new ToldTable(database);
  }

  @Override
  public void close() {
    database.close();
  }
}
