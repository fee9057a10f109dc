package dev.claudometer.store.sql.event;

import dev.claudometer.model.Activity;
import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.store.ActivityCount;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.meter.Meter;
import dev.claudometer.store.sql.engine.Changed;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.Ledger;
import dev.claudometer.store.sql.engine.MeterTable;
import dev.claudometer.store.sql.engine.NameTable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What else happened, once per key: of two copies the earlier one stays, of a running sum the
/// larger one.
public final class ActivityTable {

  private static final String PUT =
      """
      INSERT INTO activity (id, kind, at, session, project, name, value, device, revision)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET at = excluded.at, session = excluded.session,
        project = excluded.project, name = excluded.name, value = excluded.value,
        device = excluded.device, revision = excluded.revision
      """;

  private static final String ADD = PUT + "WHERE excluded.at < activity.at";
  private static final String GROW = PUT + "WHERE excluded.value > activity.value";

  private static final int AT_ONCE = 64;

  private static final long DAY_MILLIS = 86_400_000;

  private static final String AMONG =
      "SELECT id, value FROM activity WHERE id IN (?" + ", ?".repeat(AT_ONCE - 1) + ")";

  /// How a key begins that is an id already.
  private static final String ID = "id:";

  private static final Pattern IS_ID = Pattern.compile(ID + "[0-9a-f]{32}");

  private static final Comparator<ActivityCount> MOST_FIRST =
      Comparator.comparingLong(ActivityCount::count)
          .reversed()
          .thenComparing(ActivityCount::kind)
          .thenComparing(ActivityCount::name);

  private final Database database;
  private final NameTable names;
  private final Ledger ledger;
  private final MeterTable meters;
  private final Digests ids = new Digests();

  public ActivityTable(Database database, NameTable names, Ledger ledger, MeterTable meters) {
    this.database = database;
    this.names = names;
    this.ledger = ledger;
    this.meters = meters;
  }

  public void add(Collection<Activity> activities, DeviceId device) throws SQLException {
    var distinct = new LinkedHashMap<EventId, Activity>();
    for (Activity activity : activities) {
      distinct.merge(id(activity), activity, ActivityTable::rather);
    }
    Map<EventId, Long> known = known(List.copyOf(distinct.keySet()));
    for (var each : distinct.entrySet()) {
      add(each.getKey(), each.getValue(), known.get(each.getKey()), device);
    }
    database.session().flush();
  }

  /// @param before the value that is stored of it; null: it is new
  private void add(EventId id, Activity activity, @Nullable Long before, DeviceId device)
      throws SQLException {
    write(id, activity, device);
    if (activity.kind().isSum()) {
      grow(activity, Math.max(0, activity.value() - (before == null ? 0 : before)), device);
    } else if (before == null) {
      meter(activity.kind(), activity.value(), device);
    }
  }

  private static Activity rather(Activity a, Activity b) {
    boolean second = a.kind().isSum() ? b.value() > a.value() : b.at().isBefore(a.at());
    return second ? b : a;
  }

  private Map<EventId, Long> known(List<EventId> activities) throws SQLException {
    var known = new HashMap<EventId, Long>();
    PreparedStatement select = database.statement(AMONG);
    for (int from = 0; from < activities.size(); from += AT_ONCE) {
      for (int i = 0; i < AT_ONCE; i++) {
        select.setBytes(i + 1, activities.get(Math.min(from + i, activities.size() - 1)).bytes());
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          known.put(EventId.of(row.getBytes(1)), row.getLong(2));
        }
      }
    }
    return known;
  }

  private void meter(ActivityKind kind, long value, DeviceId device) {
    meters.addNamed(Meter.ACTIVITIES, device, kind.name(), 1);
    if (kind == ActivityKind.TURN) {
      meters.observe(Meter.TURN_DURATION, device, ProjectName.NONE, "", value, 1);
    }
    if (kind == ActivityKind.COMPACTION && value > 0) {
      meters.observe(Meter.COMPACTED_TOKENS, device, ProjectName.NONE, "", value, 1);
    }
  }

  private void grow(Activity activity, long value, DeviceId device) {
    meters.addNamed(Meter.TOLD, device, activity.kind() + " " + activity.name(), value);
  }

  /// Meters all that is stored. Used within a transaction.
  public void meterAll() {
    database.query(
        "SELECT revision, id, kind, at, session, project, name, value, device FROM activity",
        row -> {
          Activity activity = read(row);
          DeviceId device = names.device(row.getLong(9));
          if (activity.kind().isSum()) {
            grow(activity, activity.value(), device);
          } else {
            meter(activity.kind(), activity.value(), device);
          }
          return true;
        });
  }

  private EventId id(Activity activity) {
    return activity.key().startsWith(ID) && IS_ID.matcher(activity.key()).matches()
        ? EventId.of(HexFormat.of().parseHex(activity.key(), ID.length(), activity.key().length()))
        : ids.of(activity.kind() + " " + activity.key());
  }

  private void write(EventId id, Activity activity, DeviceId device) throws SQLException {
    PreparedStatement add = database.statement(activity.kind().isSum() ? GROW : ADD);
    add.setBytes(1, id.bytes());
    add.setLong(2, names.id(activity.kind().name()));
    add.setLong(3, activity.at().toEpochMilli());
    add.setLong(4, names.id(activity.session()));
    add.setLong(5, names.id(activity.project()));
    add.setLong(6, names.id(activity.name()));
    add.setLong(7, activity.value());
    add.setLong(8, names.id(device));
    add.setLong(9, ledger.next());
    database.session().put(add);
  }

  /// What happened on this machine, changed after a revision.
  public List<Changed<Activity>> changed(long after, int most) {
    return database.query(
        "SELECT revision, id, kind, at, session, project, name, value FROM activity"
            + " WHERE revision > ? AND device = 0 ORDER BY revision LIMIT "
            + most,
        row -> new Changed<>(row.getLong(1), read(row)),
        after);
  }

  /// What happened in a session, from a day before its usage to a day after.
  public List<Activity> ofSession(SessionId session, int most) {
    return database
        .query(
            "SELECT session, MIN(first_at), MAX(last_at) FROM rollup_session WHERE session = ?"
                + " GROUP BY session",
            row -> List.of(row.getLong(1), row.getLong(2), row.getLong(3)),
            names.find(session))
        .stream()
        .flatMap(span -> ofSession(span.getFirst(), span.get(1), span.getLast(), most).stream())
        .toList();
  }

  private List<Activity> ofSession(long session, long first, long last, int most) {
    return database.query(
        "SELECT revision, id, kind, at, session, project, name, value FROM activity"
            + " WHERE "
            + anyKind(names)
            + " AND session = ? AND at >= ? AND at <= ? ORDER BY at, id LIMIT "
            + most,
        this::read,
        session,
        first - DAY_MILLIS,
        last + DAY_MILLIS);
  }

  public List<Activity> ofKind(ActivityKind kind, TimeRange range) {
    return database.query(
        "SELECT revision, id, kind, at, session, project, name, value FROM activity"
            + " WHERE kind = ? AND at >= ? AND at < ? ORDER BY at, id",
        this::read,
        names.find(kind.name()),
        range.from().toEpochMilli(),
        range.to().toEpochMilli());
  }

  /// True of every row: the index is by kind and time.
  public static String anyKind(NameTable names) {
    return Arrays.stream(ActivityKind.values())
        .map(kind -> String.valueOf(names.find(kind.name())))
        .collect(Collectors.joining(", ", "kind IN (", ")"));
  }

  private Activity read(ResultSet row) throws SQLException {
    return new Activity(
        ActivityKind.valueOf(names.text(row.getLong(3))),
        ID + HexFormat.of().formatHex(row.getBytes(2)),
        Instant.ofEpochMilli(row.getLong(4)),
        names.session(row.getLong(5)),
        names.project(row.getLong(6)),
        names.text(row.getLong(7)),
        row.getLong(8));
  }

  public List<ActivityCount> counts(TimeRange range) {
    List<ActivityCount> counts =
        database.query(
            """
            SELECT kind, name, COUNT(*), SUM(value) FROM activity
            WHERE %s AND at >= ? AND at < ? GROUP BY kind, name\
            """
                .formatted(anyKind(names)),
            row ->
                new ActivityCount(
                    ActivityKind.valueOf(names.text(row.getLong(1))),
                    names.text(row.getLong(2)),
                    row.getLong(3),
                    row.getLong(4)),
            range.from().toEpochMilli(),
            range.to().toEpochMilli());
    return counts.stream().sorted(MOST_FIRST).toList();
  }
}
