package dev.claudometer.store.sqlite;

import dev.claudometer.model.Damage;
import dev.claudometer.model.FileCursor;
import dev.claudometer.model.Origin;
import dev.claudometer.model.Reading;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How far each file has been read, and what its lines were.
final class FileTable {

  private static final String COLUMNS =
      "path, identity, size, modified, offset, fingerprint, line_types, unknown_fields, versions";

  private static final long NANOS = 1_000_000_000;

  private final Database database;
  private final NameTable names;

  FileTable(Database database, NameTable names) {
    this.database = database;
    this.names = names;
  }

  void put(Reading reading) throws SQLException {
    FileCursor cursor = reading.cursor();
    long path = names.id(cursor.file());
    if (reading.fromStart()) {
      database.update("DELETE FROM damage WHERE file = ?", path);
    }
    Reading sum = reading.fromStart() ? reading : plus(path, reading);
    database.update(
        "INSERT OR REPLACE INTO file (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        path,
        cursor.identity(),
        cursor.size(),
        nanos(cursor.modified()),
        cursor.offset(),
        cursor.fingerprint(),
        text(sum.lineTypes()),
        text(sum.unknownFields()),
        text(sum.versions()));
    for (Damage damage : reading.damages()) {
      database.update(
          "INSERT OR REPLACE INTO damage (file, offset, bytes, why, recovered) VALUES (?, ?, ?, ?, ?)",
          path,
          damage.origin().offset(),
          damage.bytes(),
          damage.why(),
          damage.recovered());
    }
    for (var project : reading.projectPaths().entrySet()) {
      database.update(
          "INSERT OR REPLACE INTO project (name, path) VALUES (?, ?)",
          names.id(project.getKey()),
          project.getValue());
    }
  }

  private Reading plus(long path, Reading reading) {
    List<Reading> stored =
        database.query(
            "SELECT " + COLUMNS + " FROM file WHERE path = ?",
            row -> read(row, Map.of(), List.of()),
            path);
    if (stored.isEmpty()) {
      return reading;
    }
    Reading before = stored.getFirst();
    return new Reading(
        reading.cursor(),
        false,
        reading.bytesRead(),
        sum(before.lineTypes(), reading.lineTypes()),
        sum(before.unknownFields(), reading.unknownFields()),
        sum(before.versions(), reading.versions()),
        reading.projectPaths(),
        reading.damages());
  }

  Map<String, FileCursor> cursors() {
    var cursors = new HashMap<String, FileCursor>();
    database
        .query(
            """
            SELECT text, identity, size, modified, offset, fingerprint
            FROM file JOIN name ON name.id = file.path""",
            row -> cursor(row, row.getString(1)))
        .forEach(cursor -> cursors.put(cursor.file(), cursor));
    return cursors;
  }

  List<Reading> readings() {
    var damages = new HashMap<Long, List<Damage>>();
    database.query(
        "SELECT file, offset, bytes, why, recovered FROM damage ORDER BY file, offset",
        row ->
            damages
                .computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                .add(
                    new Damage(
                        new Origin(names.text(row.getLong(1)), row.getLong(2)),
                        row.getLong(3),
                        row.getString(4),
                        row.getInt(5))));
    return database.query(
        "SELECT " + COLUMNS + " FROM file ORDER BY path",
        row -> read(row, Map.of(), damages.getOrDefault(row.getLong(1), List.of())));
  }

  Map<String, String> projectPaths() {
    var paths = new TreeMap<String, String>();
    database.query(
        "SELECT name, path FROM project",
        row -> paths.put(names.text(row.getLong(1)), row.getString(2)) == null);
    return paths;
  }

  private Reading read(ResultSet row, Map<String, String> projects, List<Damage> damages)
      throws SQLException {
    return new Reading(
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
