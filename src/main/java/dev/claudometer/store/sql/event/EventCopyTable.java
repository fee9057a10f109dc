package dev.claudometer.store.sql.event;

import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.usage.Tellers;
import dev.claudometer.usage.Tellers.Told;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/// What each machine tells of responses that several tell of. Its rows are those of events; one
/// that contradicts what counts is not `counted`.
public final class EventCopyTable {

  private static final String PUT = EventColumn.put("event_copy", EventColumn.DEVICE);

  private static final String OF_EVENT =
      EventColumn.select("event_copy") + "WHERE message = ? AND request = ? AND part = ?";

  private final Database database;
  private final NameTable names;
  private final EventTable events;

  public EventCopyTable(Database database, NameTable names, EventTable events) {
    this.database = database;
    this.names = names;
    this.events = events;
  }

  /// Whether no response is told of by several machines.
  public boolean isEmpty() {
    return database.query("SELECT 1 FROM event_copy LIMIT 1", row -> row.getInt(1)).isEmpty();
  }

  /// What machines tell of a response or a part; none where only one does.
  public List<Told> of(EventId id) {
    return database.query(
        OF_EVENT,
        row -> {
          EventRow copy = events.read(row);
          return new Told(copy.device(), copy.event());
        },
        id.message(),
        id.request(),
        id.part());
  }

  /// Writes what all machines tell of a response.
  ///
  /// @param like the row of the response
  public void write(EventRow like, List<Told> all) throws SQLException {
    for (Told told : all) {
      PreparedStatement write = database.statement(PUT);
      EventRow copy = like.with(told.event(), told.device());
      events.bind(write, copy.counted(!Tellers.disputed(told, all)), 0);
      database.session().put(write);
    }
  }

  /// How many copies contradict what counts, by machine.
  public List<Disputed> disputed() {
    return database.query(
        "SELECT device, COUNT(*) FROM event_copy WHERE counted = 0 GROUP BY device ORDER BY device",
        row -> new Disputed(names.text(row.getLong(1)), row.getLong(2)));
  }

  /// A machine, and how many of its copies contradict what counts.
  public record Disputed(String device, long copies) {}
}
