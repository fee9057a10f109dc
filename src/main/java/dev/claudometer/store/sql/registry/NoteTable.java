package dev.claudometer.store.sql.registry;

import static java.util.Comparator.comparing;

import dev.claudometer.store.registry.DayNote;
import dev.claudometer.store.registry.DayNotes;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.Ids;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What people wrote beside days.
final class NoteTable implements DayNotes {

  private static final String SELECT =
      "SELECT id, day, text, author, shared, created_at FROM day_note ";

  private final Database database;
  private final Ids ids;

  NoteTable(Database database, Ids ids) {
    this.database = database;
    this.ids = ids;
  }

  @Override
  public DayNote add(DayNote note) {
    var added =
        new DayNote(
            ids.next("n_", note.createdAt()),
            note.day(),
            note.text(),
            note.author(),
            note.shared(),
            note.createdAt());
    database.write(
        """
        INSERT INTO day_note (id, day, text, author, shared, created_at)
        VALUES (?, ?, ?, ?, ?, ?)\
        """,
        added.id(),
        added.day().toEpochDay(),
        added.text(),
        added.author(),
        added.shared() ? 1 : 0,
        added.createdAt().toEpochMilli());
    return added;
  }

  @Override
  public @Nullable DayNote find(String id) {
    return database.query(SELECT + "WHERE id = ?", NoteTable::read, id).stream()
        .findFirst()
        .orElse(null);
  }

  @Override
  public List<DayNote> seenBy(String person, LocalDate from, LocalDate to) {
    return sorted(
        database.query(
            SELECT + "WHERE day BETWEEN ? AND ? AND (author = ? OR shared = 1)",
            NoteTable::read,
            from.toEpochDay(),
            to.toEpochDay(),
            person));
  }

  @Override
  public List<DayNote> of(String author) {
    return sorted(database.query(SELECT + "WHERE author = ?", NoteTable::read, author));
  }

  private static List<DayNote> sorted(List<DayNote> notes) {
    return notes.stream()
        .sorted(
            comparing(DayNote::day).thenComparing(DayNote::createdAt).thenComparing(DayNote::id))
        .toList();
  }

  @Override
  public void update(DayNote note) {
    database.write(
        "UPDATE day_note SET day = ?, text = ?, author = ?, shared = ? WHERE id = ?",
        note.day().toEpochDay(),
        note.text(),
        note.author(),
        note.shared() ? 1 : 0,
        note.id());
  }

  @Override
  public void remove(String id) {
    database.write("DELETE FROM day_note WHERE id = ?", id);
  }

  private static DayNote read(ResultSet row) throws SQLException {
    return new DayNote(
        row.getString(1),
        LocalDate.ofEpochDay(row.getLong(2)),
        row.getString(3),
        row.getString(4),
        row.getLong(5) == 1,
        Instant.ofEpochMilli(row.getLong(6)));
  }
}
