package dev.claudometer.store.sql.engine;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The columns that hold packed texts, where the database takes bytes in columns of text.
public final class PackedColumns {

  private static final Map<String, PackedText> OF_EVENTS =
      Map.of(
          "message_id", PackedText.MESSAGE_ID,
          "request_id", PackedText.REQUEST_ID,
          "tools", PackedText.TOOLS);

  private static final Map<String, Map<String, PackedText>> COLUMNS =
      Map.of(
          "event_row", OF_EVENTS,
          "event_copy", OF_EVENTS,
          "call", Map.of("id", PackedText.REQUEST_ID));

  private static final int AT_ONCE = 2_000;

  private PackedColumns() {}

  /// How a column's texts are packed; null where they are not.
  public static @Nullable PackedText of(String table, String column) {
    return COLUMNS.getOrDefault(table, Map.of()).get(column);
  }

  private record Texts(long revision, String message, String request, @Nullable String tools) {}

  /// Packs what events of old stores hold. Used within a transaction.
  static void packEvents(Database database) throws SQLException {
    if (!database.packs()) {
      return;
    }
    List<Texts> page = page(database, -1);
    while (!page.isEmpty()) {
      for (Texts texts : new ArrayList<>(page)) {
        database.update(
            "UPDATE event SET message_id = ?, request_id = ? WHERE revision = ?",
            PackedText.MESSAGE_ID.stored(texts.message(), database),
            PackedText.REQUEST_ID.stored(texts.request(), database),
            texts.revision());
        if (texts.tools() != null) {
          database.update(
              "UPDATE event SET tools = ? WHERE revision = ?",
              PackedText.TOOLS.stored(texts.tools(), database),
              texts.revision());
        }
      }
      page = page(database, page.getLast().revision());
    }
  }

  private static List<Texts> page(Database database, long after) {
    return database.query(
        "SELECT revision, message_id, request_id, tools FROM event WHERE revision > ?"
            + " ORDER BY revision LIMIT "
            + AT_ONCE,
        row -> new Texts(row.getLong(1), row.getString(2), row.getString(3), row.getString(4)),
        after);
  }
}
