package dev.claudometer.store.sql.engine;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.ProjectName;
import dev.claudometer.store.meter.Meter;
import dev.claudometer.store.meter.Meter.Kind;
import dev.claudometer.store.meter.MeterQueries.Meters;
import dev.claudometer.store.meter.MeterReading;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Running sums. Changes are collected and written within the transaction that makes them, so that
/// the largest sum that anybody has seen is the largest that was stored.
public final class MeterTable {

  private static final String KEY = "(meter, device, project, model, part)";

  private static final String INSERT =
      "INSERT INTO meter (meter, device, project, model, part, amount, most, since, revision)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT "
          + KEY
          + " DO UPDATE SET ";

  private static final String ADD =
      INSERT
          + """
          amount = meter.amount + excluded.amount, most = CASE
            WHEN meter.amount + excluded.amount > meter.most THEN meter.amount + excluded.amount
            ELSE meter.most END, revision = excluded.revision\
          """;

  private static final String RAISE =
      INSERT
          + """
          amount = excluded.amount, most = excluded.amount, revision = excluded.revision
          WHERE excluded.amount > meter.amount\
          """;

  private static final String RESTART =
      """
      UPDATE meter SET most = amount, revision = ? WHERE device = ? AND most > amount
      AND ((model = ? AND project IN (?, 0)) OR (model = 0 AND project = ?)
        OR (model = 0 AND project = 0 AND amount = 0))\
      """;

  private static final String SINCE =
      """
      SELECT meter, device, project, model, part, amount, most, revision FROM meter
      WHERE revision > ? ORDER BY since, meter, device, project, model, part\
      """;

  private final Database database;
  private final NameTable names;
  private final Ledger ledger;
  private final Map<Key, Long> changes = new HashMap<>();

  /// @param name of the part, where parts are named
  private record Key(
      Meter meter, DeviceId device, ProjectName project, String model, String name, long part) {

    // a record's own two are chains of method handles, which the quick compiler never makes fast
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that
          && meter == that.meter
          && part == that.part
          && device.equals(that.device)
          && project.equals(that.project)
          && model.equals(that.model)
          && name.equals(that.name);
    }

    @Override
    public int hashCode() {
      int whose = 31 * (31 * device.hashCode() + project.hashCode()) + model.hashCode();
      return 31 * (31 * (31 * whose + name.hashCode()) + Long.hashCode(part)) + meter.code();
    }
  }

  public MeterTable(Database database, NameTable names, Ledger ledger) {
    this.database = database;
    this.names = names;
    this.ledger = ledger;
  }

  public void add(Meter meter, DeviceId device, ProjectName project, String model, long amount) {
    change(new Key(meter, device, project, model, "", 0), amount);
  }

  public void addNamed(Meter meter, DeviceId device, String name, long amount) {
    change(new Key(meter, device, ProjectName.NONE, "", name, 0), amount);
  }

  /// Adds to a bucket or the sum of a distribution by device and model.
  public void addPart(Meter meter, DeviceId device, String model, long part, long amount) {
    change(new Key(meter, device, ProjectName.NONE, model, "", part), amount);
  }

  /// Counts a value, or with -1 takes it out again.
  public void observe(
      Meter meter, DeviceId device, ProjectName project, String model, long value, int times) {
    change(new Key(meter, device, project, model, "", meter.bucket(value)), times);
    change(new Key(meter, device, project, model, "", Meter.SUM_PART), value * times);
  }

  public void raise(Meter meter, DeviceId device, ProjectName project, long value) {
    changes.merge(new Key(meter, device, project, "", "", 0), value, Math::max);
  }

  private void change(Key key, long amount) {
    if (amount != 0) {
      changes.merge(key, amount, Long::sum);
    }
  }

  /// Writes the collected changes.
  public void flush() throws SQLException {
    changes.values().removeIf(amount -> amount == 0);
    if (changes.isEmpty()) {
      return;
    }
    long revision = ledger.next();
    for (var change : changes.entrySet()) {
      boolean largest = change.getKey().meter().kind() == Kind.LARGEST;
      write(change.getKey(), change.getValue(), revision, largest ? RAISE : ADD);
    }
    changes.clear();
  }

  private void write(Key key, long amount, long revision, String sql) throws SQLException {
    PreparedStatement statement = database.statement(sql);
    statement.setLong(1, key.meter().code());
    statement.setLong(2, names.id(key.device()));
    statement.setLong(3, names.id(key.project()));
    statement.setLong(4, names.id(key.model()));
    statement.setLong(5, key.name().isEmpty() ? key.part() : names.id(key.name()));
    statement.setLong(6, amount);
    statement.setLong(7, key.meter().kind() == Kind.LARGEST ? amount : Math.max(amount, 0));
    statement.setLong(8, revision);
    statement.setLong(9, revision);
    database.session().put(statement);
  }

  /// Lets counters begin again where they are, after what they told has turned out to be none of
  /// it. Call it after [#flush].
  public void restart(DeviceId device, ProjectName project, String model) throws SQLException {
    long inProject = names.id(project);
    database.update(
        RESTART, ledger.next(), names.id(device), names.id(model), inProject, inProject);
  }

  /// Lets meters of a device begin again at 0.
  public void clear(List<Meter> which, DeviceId device) throws SQLException {
    flush();
    database.session().flush();
    for (Meter meter : which) {
      database.update(
          "UPDATE meter SET amount = 0, most = 0, revision = ? WHERE device = ? AND meter = ?",
          ledger.next(),
          names.id(device),
          meter.code());
    }
  }

  public void forget() {
    changes.clear();
  }

  public Meters since(long after) {
    long[] revision = {after};
    List<MeterReading> readings =
        database.query(
            SINCE,
            row -> {
              revision[0] = Math.max(revision[0], row.getLong(8));
              return read(row);
            },
            after);
    return new Meters(revision[0], readings);
  }

  private MeterReading read(ResultSet row) throws SQLException {
    Meter meter = Meter.of(row.getInt(1));
    long part = row.getLong(5);
    boolean named = meter.kind() == Kind.NAMED;
    return new MeterReading(
        meter,
        names.device(row.getLong(2)),
        names.project(row.getLong(3)),
        names.text(row.getLong(4)),
        named ? names.text(part) : "",
        named ? 0 : part,
        row.getLong(6),
        row.getLong(7));
  }
}
