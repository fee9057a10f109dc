package dev.claudometer.store.sql;

import dev.claudometer.model.Activity;
import dev.claudometer.model.ActivityKind;
import dev.claudometer.store.ActivityCount;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.sql.SqlOutbox.Changed;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;

/// What else happened, once per key: of two copies the earlier one stays.
final class ActivityTable {

  private static final String ADD =
      """
      INSERT INTO activity (id, kind, at, session, project, name, value, device, revision)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET at = excluded.at, session = excluded.session,
        project = excluded.project, name = excluded.name, value = excluded.value,
        device = excluded.device, revision = excluded.revision
      WHERE excluded.at < activity.at""";

  /// How a key begins that is an id already.
  private static final String ID = "id:";

  private static final Comparator<ActivityCount> MOST_FIRST =
      Comparator.comparingLong(ActivityCount::count)
          .reversed()
          .thenComparing(ActivityCount::kind)
          .thenComparing(ActivityCount::name);

  private final Database database;
  private final NameTable names;
  private final Ledger ledger;
  private final Digests ids = new Digests();

  ActivityTable(Database database, NameTable names, Ledger ledger) {
    this.database = database;
    this.names = names;
    this.ledger = ledger;
  }

  void add(Collection<Activity> activities, String device) throws SQLException {
    var distinct = new LinkedHashMap<EventId, Activity>();
    for (Activity activity : activities) {
      distinct.merge(id(activity), activity, (a, b) -> b.at().isBefore(a.at()) ? b : a);
    }
    for (var activity : distinct.entrySet()) {
      add(activity.getKey(), activity.getValue(), device);
    }
    database.session().flush();
  }

  private EventId id(Activity activity) {
    return activity.key().matches(ID + "[0-9a-f]{32}")
        ? EventId.of(HexFormat.of().parseHex(activity.key(), ID.length(), activity.key().length()))
        : ids.of(activity.kind() + " " + activity.key());
  }

  private void add(EventId id, Activity activity, String device) throws SQLException {
    PreparedStatement add = database.statement(ADD);
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
  List<Changed<Activity>> changed(long after, int most) {
    return database.query(
        "SELECT revision, id, kind, at, session, project, name, value FROM activity"
            + " WHERE revision > ? AND device = 0 ORDER BY revision LIMIT "
            + most,
        row -> new Changed<>(row.getLong(1), read(row)),
        after);
  }

  private Activity read(ResultSet row) throws SQLException {
    return new Activity(
        ActivityKind.valueOf(names.text(row.getLong(3))),
        ID + HexFormat.of().formatHex(row.getBytes(2)),
        Instant.ofEpochMilli(row.getLong(4)),
        names.text(row.getLong(5)),
        names.text(row.getLong(6)),
        names.text(row.getLong(7)),
        row.getLong(8));
  }

  List<ActivityCount> counts(TimeRange range) {
    List<ActivityCount> counts =
        database.query(
            """
        SELECT kind, name, COUNT(*), SUM(value) FROM activity WHERE at >= ? AND at < ?
        GROUP BY kind, name""",
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
