package dev.claudometer.store.sql;

import dev.claudometer.model.Activity;
import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.Held;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.LimitStretch;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.SessionTotal;
import dev.claudometer.model.Usd;
import dev.claudometer.store.ActivityCount;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Entry;
import dev.claudometer.store.EventFilter;
import dev.claudometer.store.Holdings;
import dev.claudometer.store.Point;
import dev.claudometer.store.PricedUse;
import dev.claudometer.store.SessionPage;
import dev.claudometer.store.SessionPlace;
import dev.claudometer.store.SessionQuery;
import dev.claudometer.store.SessionShare;
import dev.claudometer.store.SessionSpend;
import dev.claudometer.store.Slice;
import dev.claudometer.store.Step;
import dev.claudometer.store.StoredEvent;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageQueries;
import dev.claudometer.store.Where;
import dev.claudometer.store.meter.ActiveSession;
import dev.claudometer.store.quality.Dispute;
import dev.claudometer.store.quality.Gaps;
import dev.claudometer.store.quality.LineNames;
import dev.claudometer.store.quality.Quality;
import dev.claudometer.store.quality.Told;
import dev.claudometer.store.sql.event.GapQueries;
import dev.claudometer.store.sql.sum.ClientQueries;
import dev.claudometer.usage.Totals;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a store in a database can be asked.
abstract class SqlAnswers implements UsageQueries {

  final SqlTables tables;

  SqlAnswers(SqlTables tables) {
    this.tables = tables;
  }

  @Override
  public Map<ProjectName, String> projectPaths() {
    return tables.files.projectPaths();
  }

  @Override
  public List<LimitReading> limits(DeviceId device) {
    return tables.limits.latest(device);
  }

  @Override
  public List<LimitStretch> told(DeviceId device, String window) {
    return tables.limits.stretches(device, window);
  }

  @Override
  public List<LimitStretch> told(DeviceId device, String window, Instant from) {
    return tables.limits.since(device, window, from);
  }

  @Override
  public Meters meters(long after) {
    return tables.meters.since(after);
  }

  @Override
  public Map<DeviceId, Usd> spend(Instant from) {
    return tables.late.spend(from);
  }

  @Override
  public Map<DeviceId, List<Long>> pauses(Instant from) {
    return tables.late.pauses(from);
  }

  @Override
  public List<ActiveSession> activeSessions(Instant since, int most) {
    return tables.sessionParts.active(since, most);
  }

  @Override
  public Map<DeviceId, List<LimitReading>> limits() {
    return tables.limits.latest();
  }

  @Override
  public long toolCalls(TimeRange range) {
    return tables.local.toolCalls(range);
  }

  @Override
  public List<Instant> sessionStarts() {
    return tables.local.sessionStarts();
  }

  @Override
  public Happenings happenings(SessionId session) {
    return tables.local.happenings(session);
  }

  @Override
  public @Nullable TimeRange extent() {
    return tables.queries.extent();
  }

  @Override
  public List<Slice> sums(TimeRange range, Where where, Set<Dimension> by) {
    return tables.sums.sums(range, where, by);
  }

  @Override
  public List<List<Slice>> sums(TimeRange range, Where where, List<Set<Dimension>> splits) {
    return tables.sums.sums(range, where, splits);
  }

  @Override
  public Map<Instant, Usd> costs(TimeRange range, Step step, Where where) {
    return tables.series.costs(range, step, where);
  }

  @Override
  public List<Point> series(TimeRange range, Step step, Where where, Set<Dimension> by) {
    return tables.series.series(range, step, where, by);
  }

  @Override
  public void days(TimeRange days, DayReader reader) {
    tables.sums.days(days, reader);
  }

  @Override
  public SessionPage sessions(SessionQuery query) {
    return tables.sessions.page(query);
  }

  @Override
  public List<SessionSpend> sessionCosts(TimeRange range, Where where) {
    return tables.sessions.costs(range, where);
  }

  @Override
  public List<SessionPlace> sessionPlaces(TimeRange range, Where where) {
    return tables.sessions.places(range, where);
  }

  @Override
  public List<SessionId> sessionsBeginningWith(String text) {
    return tables.sessions.beginningWith(text);
  }

  @Override
  public long sessionCount(TimeRange range, Where where) {
    return tables.sessions.count(range, where);
  }

  @Override
  public Map<DeviceId, Quality> quality() {
    return tables.givingWay.told(tables.files.quality());
  }

  @Override
  public List<Dispute> disputes(int most) {
    return tables.copies.disputes(most);
  }

  @Override
  public Map<DeviceId, Long> disputed() {
    return tables.copies.disputed();
  }

  @Override
  public Map<DeviceId, LineNames> lineNames() {
    return tables.files.lineNames();
  }

  @Override
  public Map<DeviceId, Told> told(TimeRange range) {
    return tables.calls.told(range);
  }

  @Override
  public Map<DeviceId, Gaps> gaps() {
    return new GapQueries(tables.database, tables.names).gaps();
  }

  @Override
  public List<BranchSessions> branchSessions(TimeRange range, Where where) {
    return tables.sessions.onBranches(range, where);
  }

  @Override
  public List<PullRequest> pullRequests(TimeRange range, Where where, int most) {
    return tables.work.pullRequests(range, where, most);
  }

  @Override
  public List<WorkUse> workUse(TimeRange range, Where where) {
    return tables.work.use(range, where);
  }

  @Override
  public List<ClientSum> clientSums(TimeRange range, Where where) {
    return new ClientQueries(tables.database, tables.names).sums(range, where);
  }

  @Override
  public List<EffortUse> efforts(TimeRange range, Where where) {
    return new ClientQueries(tables.database, tables.names).efforts(range, where);
  }

  @Override
  public List<PricedUse> uses(TimeRange range, Where where) {
    return tables.queries.uses(range, where);
  }

  @Override
  public Stored stored(TimeRange range) {
    return tables.queries.stored(range);
  }

  @Override
  public List<SessionTotal> sessionTotals(SessionId session) {
    return tables.sessionTotals.of(session);
  }

  @Override
  public List<Quarter> quarters(Instant from) {
    return tables.quarters.quarters(from);
  }

  @Override
  public @Nullable Instant changedAfter(long revision) {
    return tables.quarters.changedAfter(revision);
  }

  @Override
  public List<Ends> ends(List<Instant> quarters) {
    return tables.quarters.ends(quarters);
  }

  @Override
  public List<FirstUse> firstUses(List<Instant> quarters) {
    return tables.quarters.firstUses(quarters);
  }

  @Override
  public List<String> modelsAt(Instant at) {
    return tables.quarters.modelsAt(at);
  }

  @Override
  public Standing standing() {
    return tables.ledger.standing();
  }

  @Override
  public Held held(DeviceId device, String sender) {
    return tables.delivered.held(device, sender);
  }

  @Override
  public @Nullable TimeRange extent(TimeRange range, Where where) {
    return tables.queries.extent(range, where);
  }

  @Override
  public List<Entry> entries(TimeRange range, Where where) {
    return tables.queries.entries(range, where);
  }

  @Override
  public List<SessionShare> sessionShares(TimeRange range, Where where) {
    return tables.sessionShares.of(range, where);
  }

  @Override
  public List<StoredEvent> events(EventFilter filter) {
    return tables.queries.events(filter);
  }

  @Override
  public List<Activity> happened(SessionId session, int most) {
    return tables.activities.ofSession(session, most);
  }

  @Override
  public Map<String, Totals> agents(SessionId session) {
    return tables.queries.agents(session);
  }

  @Override
  public List<ActivityCount> activities(TimeRange range) {
    return tables.activities.counts(range);
  }

  @Override
  public List<Activity> happened(ActivityKind kind, TimeRange range) {
    return tables.activities.ofKind(kind, range);
  }

  @Override
  public List<SessionTotal> sessionTotals() {
    return tables.sessionTotals.all();
  }

  @Override
  public Holdings holdings() {
    return tables.givingWay.told(tables.queries.holdings());
  }
}
