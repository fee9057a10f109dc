package dev.claudometer.store.sql.event;

import dev.claudometer.model.Damage;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.FileCursor;
import dev.claudometer.model.FileRead;
import dev.claudometer.model.Origin;
import dev.claudometer.model.ProjectName;
import dev.claudometer.store.meter.Meter;
import dev.claudometer.store.quality.LineNames;
import dev.claudometer.store.quality.Quality;
import dev.claudometer.store.sql.engine.Changed;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.Escapes;
import dev.claudometer.store.sql.engine.Ledger;
import dev.claudometer.store.sql.engine.MeterTable;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.engine.ProjectPath;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How far each file has been read, and what its lines were.
public final class FileTable {

  private static final String COLUMNS =
      "path, identity, size, modified, read_bytes, fingerprint, line_types, unknown_fields,"
          + " versions";

  private static final String PUT =
      "INSERT INTO file (device, "
          + COLUMNS
          + ", revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (device, path) DO ";

  private static final String ADD = PUT + "NOTHING";

  private static final String REPLACE =
      PUT
          + "UPDATE SET revision = excluded.revision, "
          + Arrays.stream(COLUMNS.split(", ", -1))
              .skip(1)
              .map(column -> column + " = excluded." + column)
              .collect(Collectors.joining(", "));

  private static final long NANOS = 1_000_000_000;

  private final Database database;
  private final NameTable names;
  private final Ledger ledger;
  private final MeterTable meters;
  private final TranscriptTable transcripts;
  private final Map<ProjectName, String> paths = new HashMap<>();

  /// The transaction that has written these paths.
  private long pathsOf;

  public FileTable(Database database, NameTable names, Ledger ledger, MeterTable meters) {
    transcripts = new TranscriptTable(database, names);
    this.database = database;
    this.names = names;
    this.ledger = ledger;
    this.meters = meters;
  }

  public void put(FileRead reading, DeviceId machine) throws SQLException {
    FileCursor cursor = reading.cursor();
    long device = names.id(machine);
    long path = names.id(cursor.file());
    boolean isNew = write(ADD, device, path, reading) > 0;
    if (!isNew) {
      meterStored(machine, device, path, -1);
      if (reading.fromStart()) {
        database.update("DELETE FROM damage WHERE device = ? AND file = ?", device, path);
      }
      write(REPLACE, device, path, reading.fromStart() ? reading : plus(device, path, reading));
    }
    for (Damage damage : reading.damages()) {
      put(device, path, damage);
    }
    for (var project : reading.projectPaths().entrySet()) {
      put(project.getKey(), project.getValue());
    }
    transcripts.put(cursor, machine);
    if (isNew) {
      meter(machine, cursor.offset(), damagedLines(reading), 1);
    } else {
      meterStored(machine, device, path, 1);
    }
  }

  /// Not by the session: that would write what is collected, a few rows at a time.
  private int write(String sql, long device, long path, FileRead reading) throws SQLException {
    FileCursor cursor = reading.cursor();
    PreparedStatement write = database.statement(sql);
    write.setLong(1, device);
    write.setLong(2, path);
    write.setString(3, cursor.identity());
    write.setLong(4, cursor.size());
    write.setLong(5, nanos(cursor.modified()));
    write.setLong(6, cursor.offset());
    write.setLong(7, cursor.fingerprint());
    write.setString(8, text(reading.lineTypes()));
    write.setString(9, text(reading.unknownFields()));
    write.setString(10, text(reading.versions()));
    write.setLong(11, ledger.next());
    return write.executeUpdate();
  }

  private void put(long device, long path, Damage damage) throws SQLException {
    database.update(
        """
        INSERT INTO damage (device, file, file_byte, bytes, why, recovered)
        VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (device, file, file_byte) DO UPDATE SET bytes = excluded.bytes,
          why = excluded.why, recovered = excluded.recovered\
        """,
        device,
        path,
        damage.origin().offset(),
        damage.bytes(),
        damage.why(),
        damage.recovered());
  }

  private static long damagedLines(FileRead reading) {
    return reading.damages().stream().map(damage -> damage.origin().offset()).distinct().count();
  }

  /// Many files tell of one project: once in a transaction is enough.
  private void put(ProjectName project, String path) throws SQLException {
    if (pathsOf != database.turn()) {
      paths.clear();
      pathsOf = database.turn();
    }
    if (path.equals(paths.put(project, path))) {
      return;
    }
    database.update(
        """
        INSERT INTO project (name, path, revision) VALUES (?, ?, ?)
        ON CONFLICT (name) DO UPDATE SET path = excluded.path, revision = excluded.revision
        WHERE excluded.path <> project.path\
        """,
        names.id(project),
        path,
        ledger.next());
  }

  /// Adds what is stored of a file to the meters of its device, or takes it out.
  private void meterStored(DeviceId machine, long device, long path, int times) {
    database.query(
        """
        SELECT read_bytes, (SELECT COUNT(*) FROM damage
          WHERE damage.device = file.device AND damage.file = file.path)
        FROM file WHERE device = ? AND path = ?\
        """,
        row -> {
          meter(machine, row.getLong(1), row.getLong(2), times);
          return true;
        },
        device,
        path);
  }

  private void meter(DeviceId machine, long bytes, long damagedLines, int times) {
    meters.add(Meter.FILES, machine, ProjectName.NONE, "", times);
    meters.add(Meter.READ_BYTES, machine, ProjectName.NONE, "", bytes * times);
    meters.add(Meter.DAMAGED_LINES, machine, ProjectName.NONE, "", damagedLines * times);
  }

  private FileRead plus(long device, long path, FileRead reading) {
    List<FileRead> stored =
        database.query(
            "SELECT " + COLUMNS + " FROM file WHERE device = ? AND path = ?",
            row -> read(row, Map.of(), List.of()),
            device,
            path);
    if (stored.isEmpty()) {
      return reading;
    }
    FileRead before = stored.getFirst();
    return new FileRead(
        reading.cursor(),
        false,
        reading.bytesRead(),
        sum(before.lineTypes(), reading.lineTypes()),
        sum(before.unknownFields(), reading.unknownFields()),
        sum(before.versions(), reading.versions()),
        reading.projectPaths(),
        reading.damages());
  }

  public Map<String, FileCursor> cursors(DeviceId device) {
    var cursors = new HashMap<String, FileCursor>();
    database
        .query(
            """
            SELECT text, identity, size, modified, read_bytes, fingerprint
            FROM file JOIN name ON name.id = file.path WHERE device = ?\
            """,
            row -> cursor(row, row.getString(1)),
            names.find(device))
        .forEach(cursor -> cursors.put(cursor.file(), cursor));
    return cursors;
  }

  public List<FileRead> readings(DeviceId machine) {
    long device = names.find(machine);
    var damages = new HashMap<Long, List<Damage>>();
    database.query(
        """
        SELECT file, file_byte, bytes, why, recovered FROM damage WHERE device = ?
        ORDER BY file, file_byte\
        """,
        row -> damages.computeIfAbsent(row.getLong(1), _ -> new ArrayList<>()).add(damage(row)),
        device);
    return database.query(
        "SELECT " + COLUMNS + " FROM file WHERE device = ? ORDER BY path",
        row -> read(row, Map.of(), damages.getOrDefault(row.getLong(1), List.of())),
        device);
  }

  /// This machine's files that were read after a revision, each from its start.
  public List<Changed<FileRead>> changed(long after, int most) {
    return database.query(
        "SELECT "
            + COLUMNS
            + ", revision FROM file WHERE revision > ? AND device = 0 ORDER BY revision LIMIT "
            + most,
        row -> new Changed<>(row.getLong(10), read(row, Map.of(), damages(row.getLong(1)))),
        after);
  }

  /// The file of this machine that was read last, where there is one.
  public List<FileRead> last() {
    return database.query(
        "SELECT " + COLUMNS + " FROM file WHERE device = 0 ORDER BY revision DESC LIMIT 1",
        row -> read(row, Map.of(), damages(row.getLong(1))));
  }

  private List<Damage> damages(long file) {
    return database.query(
        """
        SELECT file, file_byte, bytes, why, recovered FROM damage WHERE device = 0 AND file = ?
        ORDER BY file_byte\
        """,
        this::damage,
        file);
  }

  private Damage damage(ResultSet row) throws SQLException {
    return new Damage(
        new Origin.Line(names.text(row.getLong(1)), row.getLong(2)),
        row.getLong(3),
        row.getString(4),
        row.getInt(5));
  }

  public List<Changed<ProjectPath>> changedPaths(long after, int most) {
    return database.query(
        "SELECT revision, name, path FROM project WHERE revision > ? ORDER BY revision LIMIT "
            + most,
        row ->
            new Changed<>(
                row.getLong(1), new ProjectPath(names.project(row.getLong(2)), row.getString(3))),
        after);
  }

  public Map<ProjectName, String> projectPaths() {
    var paths = new TreeMap<ProjectName, String>();
    database.query(
        "SELECT name, path FROM project",
        row -> paths.put(names.project(row.getLong(1)), row.getString(2)) == null);
    return paths;
  }

  public Map<DeviceId, Quality> quality() {
    var quality = new TreeMap<DeviceId, Quality>();
    database.query(
        """
        SELECT file.device, COUNT(*), SUM(damages), SUM(bytes), SUM(recovered)
        FROM file LEFT JOIN (SELECT device, file, COUNT(*) AS damages, SUM(bytes) AS bytes,
          SUM(recovered) AS recovered FROM damage GROUP BY device, file) AS damaged
        ON damaged.device = file.device AND damaged.file = file.path GROUP BY file.device\
        """,
        row ->
            quality.put(
                    names.device(row.getLong(1)),
                    new Quality(row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5), 0))
                == null);
    return quality;
  }

  public Map<DeviceId, LineNames> lineNames() {
    var types = new TreeMap<DeviceId, Map<String, Long>>();
    var fields = new TreeMap<DeviceId, Map<String, Long>>();
    database.query(
        "SELECT device, line_types, unknown_fields FROM file",
        row -> {
          DeviceId device = names.device(row.getLong(1));
          add(types.computeIfAbsent(device, _ -> new HashMap<>()), row.getString(2));
          add(fields.computeIfAbsent(device, _ -> new HashMap<>()), row.getString(3));
          return true;
        });
    var all = new TreeMap<DeviceId, LineNames>();
    types.forEach(
        (device, counts) ->
            all.put(device, new LineNames(counts, fields.getOrDefault(device, Map.of()))));
    return all;
  }

  private static void add(Map<String, Long> sum, String text) {
    counts(text).forEach((name, count) -> sum.merge(name, count, Long::sum));
  }

  private FileRead read(ResultSet row, Map<ProjectName, String> projects, List<Damage> damages)
      throws SQLException {
    return new FileRead(
        cursor(row, names.text(row.getLong(1))),
        true,
        0,
        counts(row.getString(7)),
        counts(row.getString(8)),
        counts(row.getString(9)),
        projects,
        damages);
  }

  private static FileCursor cursor(ResultSet row, String path) throws SQLException {
    return new FileCursor(
        path,
        row.getString(2),
        row.getLong(3),
        instant(row.getLong(4)),
        row.getLong(5),
        row.getLong(6));
  }

  private static long nanos(Instant at) {
    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), NANOS), at.getNano());
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
  }

  private static Map<String, Long> sum(Map<String, Long> a, Map<String, Long> b) {
    var sum = new HashMap<>(a);
    b.forEach((name, count) -> sum.merge(name, count, Long::sum));
    return sum;
  }

  private static String text(Map<String, Long> counts) {
    var text = new StringBuilder();
    new TreeMap<>(counts)
        .forEach(
            (name, count) ->
                text.append(count).append(' ').append(Escapes.escape(name)).append('\n'));
    return text.toString();
  }

  private static Map<String, Long> counts(String text) {
    var counts = new HashMap<String, Long>();
    for (String line : text.split("\n", -1)) {
      int space = line.indexOf(' ');
      if (space > 0) {
        counts.put(
            Escapes.unescape(line.substring(space + 1)), Long.parseLong(line.substring(0, space)));
      }
    }
    return counts;
  }
}
