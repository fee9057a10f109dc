package dev.claudometer.store.sql.registry;

import static java.util.Comparator.comparing;

import dev.claudometer.store.registry.SavedView;
import dev.claudometer.store.registry.Views;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.Ids;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Views of pages under a name.
final class ViewTable implements Views {

  private static final String SELECT =
      "SELECT id, name, address, period, owner, shared, created_at FROM saved_view ";

  private final Database database;
  private final Ids ids;

  ViewTable(Database database, Ids ids) {
    this.database = database;
    this.ids = ids;
  }

  @Override
  public SavedView add(SavedView view) {
    var added =
        new SavedView(
            ids.next("v_", view.createdAt()),
            view.name(),
            view.address(),
            view.period(),
            view.owner(),
            view.shared(),
            view.createdAt());
    database.write(
        """
        INSERT INTO saved_view (id, name, address, period, owner, shared, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)\
        """,
        added.id(),
        added.name(),
        added.address(),
        added.period(),
        added.owner(),
        added.shared() ? 1 : 0,
        added.createdAt().toEpochMilli());
    return added;
  }

  @Override
  public @Nullable SavedView find(String id) {
    return database.query(SELECT + "WHERE id = ?", ViewTable::read, id).stream()
        .findFirst()
        .orElse(null);
  }

  @Override
  public List<SavedView> list() {
    return sorted(database.query(SELECT, ViewTable::read));
  }

  @Override
  public List<SavedView> seenBy(String person) {
    return sorted(
        database.query(SELECT + "WHERE owner = ? OR shared = 1", ViewTable::read, person));
  }

  /// Databases differ in how they sort texts.
  private static List<SavedView> sorted(List<SavedView> views) {
    return views.stream()
        .sorted(
            comparing(SavedView::name, String.CASE_INSENSITIVE_ORDER)
                .thenComparing(SavedView::name)
                .thenComparing(SavedView::id))
        .toList();
  }

  @Override
  public void update(SavedView view) {
    database.write(
        """
        UPDATE saved_view SET name = ?, address = ?, period = ?, owner = ?, shared = ?
        WHERE id = ?\
        """,
        view.name(),
        view.address(),
        view.period(),
        view.owner(),
        view.shared() ? 1 : 0,
        view.id());
  }

  @Override
  public void remove(String id) {
    database.write("DELETE FROM saved_view WHERE id = ?", id);
  }

  private static SavedView read(ResultSet row) throws SQLException {
    return new SavedView(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getLong(6) == 1,
        Instant.ofEpochMilli(row.getLong(7)));
  }
}
