package dev.claudometer.store.sql.sum;

import dev.claudometer.model.Attribution;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.engine.RollupTable;
import dev.claudometer.store.sql.engine.SumRevisions;
import dev.claudometer.store.sql.event.EventRow;
import dev.claudometer.usage.RunningTotals;
import dev.claudometer.usage.Totals;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The sums that are kept beside the events: by quarter hour, by quarter hour of everything, by day
/// without sessions, by session, and in meters.
public final class Rollups {

  public static final long QUARTER_MILLIS = 15 * 60_000L;
  static final long QUARTERS_A_DAY = 96;

  private final NameTable names;
  private final RollupTable<QuarterKey> quarters;
  private final RollupTable<Long> times;
  private final RollupTable<DayKey> days;
  private final RollupTable<SessionKey> sessions;
  private final SessionSpans spans;
  private final EventMeters meters;
  private final SumRevisions revisions;
  private final Set<SessionId> moved = new HashSet<>();
  private final Map<QuarterKey, Change> changes = new HashMap<>();

  /// What has become of a quarter hour's sum since it was written.
  private static final class Change {
    private final RunningTotals totals = new RunningTotals();
    private final SpanChange span = new SpanChange();
  }

  /// What every sum is split by.
  ///
  /// This and the other keys have an `equals` and a `hashCode` of their own: a record's are chains
  /// of method handles, which the quick compiler never makes fast.
  private record Share(ProjectName project, String model, String branch, DeviceId device) {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Share that
          && project.equals(that.project)
          && model.equals(that.model)
          && branch.equals(that.branch)
          && device.equals(that.device);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * (31 * project.hashCode() + model.hashCode()) + branch.hashCode())
          + device.hashCode();
    }
  }

  private record QuarterKey(long quarter, SessionId session, Share share) {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof QuarterKey that
          && quarter == that.quarter
          && session.equals(that.session)
          && share.equals(that.share);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * Long.hashCode(quarter) + session.hashCode()) + share.hashCode();
    }
  }

  private record DayKey(long day, Share share) {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof DayKey that && day == that.day && share.equals(that.share);
    }

    @Override
    public int hashCode() {
      return 31 * Long.hashCode(day) + share.hashCode();
    }
  }

  /// A session's share of a model, a branch, a device.
  ///
  /// @param session may have gone on in another project, on another device
  record SessionKey(
      SessionId session, ProjectName project, String model, String branch, DeviceId device) {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof SessionKey that
          && session.equals(that.session)
          && project.equals(that.project)
          && model.equals(that.model)
          && branch.equals(that.branch)
          && device.equals(that.device);
    }

    @Override
    public int hashCode() {
      return 31
              * (31 * (31 * (31 * session.hashCode() + project.hashCode()) + model.hashCode())
                  + branch.hashCode())
          + device.hashCode();
    }
  }

  public Rollups(Database database, NameTable names, EventMeters meters, SumRevisions revisions) {
    this.names = names;
    this.meters = meters;
    this.revisions = revisions;
    quarters =
        new RollupTable<>(
            database,
            "rollup",
            List.of("quarter", "session", "project", "model", "branch", "device"),
            (statement, first, key) -> {
              statement.setLong(first, key.quarter());
              statement.setLong(first + 1, names.id(key.session()));
              share(statement, first + 2, key.share());
            });
    times =
        new RollupTable<>(database, "rollup_time", List.of("quarter"), PreparedStatement::setLong);
    days =
        new RollupTable<>(
            database,
            "rollup_day",
            List.of("day", "project", "model", "branch", "device"),
            (statement, first, key) -> {
              statement.setLong(first, key.day());
              share(statement, first + 1, key.share());
            });
    spans = new SessionSpans(database, this::key);
    sessions =
        new RollupTable<>(
            database,
            "rollup_session",
            List.of("session", "project", "model", "branch", "device"),
            this::key,
            spans::widening);
  }

  private void key(PreparedStatement statement, int first, SessionKey key) throws SQLException {
    statement.setLong(first, names.id(key.session()));
    share(statement, first + 1, new Share(key.project(), key.model(), key.branch(), key.device()));
  }

  private void share(PreparedStatement statement, int first, Share share) throws SQLException {
    statement.setLong(first, names.id(share.project()));
    statement.setLong(first + 1, names.id(share.model()));
    statement.setLong(first + 2, names.id(share.branch()));
    statement.setLong(first + 3, names.id(share.device()));
  }

  static long quarter(Instant at) {
    return Math.floorDiv(at.toEpochMilli(), QUARTER_MILLIS);
  }

  /// An event has become another: those that count move the sums.
  public void replace(@Nullable EventRow before, EventRow after) {
    if (before != null && before.counted()) {
      Change change = change(before);
      change.totals.subtract(before);
      change.span.removed(before.event().at().toEpochMilli());
    }
    if (after.counted()) {
      Change change = change(after);
      change.totals.add(after);
      change.span.added(after.event().at().toEpochMilli());
    }
    meters.replace(before, after);
  }

  private Change change(EventRow row) {
    return changes.computeIfAbsent(quarterKey(row), _ -> new Change());
  }

  /// An event that counts is known better: the sums learn of it, and the meters do not.
  public void reckon(EventRow before, EventRow after) {
    if (after.counted()) {
      add(quarterKey(before), Totals.ZERO.minus(before.totals()));
      add(quarterKey(after), after.totals());
    }
  }

  private void add(QuarterKey key, Totals totals) {
    quarters.add(key, totals);
    times.add(key.quarter(), totals);
    long day = Math.floorDiv(key.quarter(), QUARTERS_A_DAY);
    days.add(new DayKey(day, key.share()), totals);
    sessions.add(sessionKey(key), totals);
    revisions.day(day);
    moved.add(key.session());
  }

  private static QuarterKey quarterKey(EventRow row) {
    return new QuarterKey(
        quarter(row.event().at()), row.event().attribution().session(), share(row));
  }

  private static Share share(EventRow row) {
    Attribution attribution = row.event().attribution();
    return new Share(attribution.project(), row.model(), attribution.branch(), row.device());
  }

  private static SessionKey sessionKey(QuarterKey key) {
    Share share = key.share();
    return new SessionKey(
        key.session(), share.project(), share.model(), share.branch(), share.device());
  }

  /// Writes the collected changes.
  public void flush() throws SQLException {
    changes.forEach(this::spread);
    changes.clear();
    quarters.flush();
    times.flush();
    days.flush();
    sessions.flush();
    spans.flush();
    for (SessionId session : moved) {
      revisions.session(names.id(session));
    }
    moved.clear();
    revisions.flush();
    meters.flush();
  }

  /// Every other sum is a sum of quarter hours, which are fewer than events.
  private void spread(QuarterKey key, Change change) {
    SessionKey session = sessionKey(key);
    Totals totals = change.totals.totals();
    add(key, totals);
    spans.changed(session, change.span);
    meters.moved(session, totals, change.span.added());
  }

  /// Makes the distributions of a device's ended sessions again from its sums. Call it after
  /// [#flush] and [#removeParts].
  public void observeSessionsAgain(DeviceId device) throws SQLException {
    meters.observeSessionsAgain(device);
  }

  /// A session of which a machine has nothing any more is none of its sessions.
  public void removeParts(long session) throws SQLException {
    meters.removeParts(session);
  }

  /// What was told of a device's use of a model in a project has turned out to be none of it.
  public void restart(DeviceId device, ProjectName project, String model) throws SQLException {
    meters.restart(device, project, model);
  }

  public void forget() {
    changes.clear();
    quarters.forget();
    times.forget();
    days.forget();
    sessions.forget();
    spans.forget();
    moved.clear();
    revisions.forget();
    meters.forget();
  }
}
