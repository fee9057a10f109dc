package dev.claudometer.store.sql.event;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.EventKey;
import dev.claudometer.store.quality.Dispute;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.engine.PackedText;
import dev.claudometer.usage.Tellers;
import dev.claudometer.usage.Tellers.Told;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What each machine tells of responses that several tell of. Its rows are those of events; one
/// that contradicts what counts is not `counted`.
public final class EventCopyTable {

  private static final String PUT = EventColumn.putCopy();

  private static final String OF_EVENT =
      EventColumn.select("event_copy") + "WHERE message = ? AND request = ? AND part = ?";

  private static final String DISPUTES =
      """
      SELECT e.message_id, e.request_id, e.part, e.at, e.device,
        e.input + e.output + e.cache_write_5m + e.cache_write_1h + e.cache_read,
        c.device, c.input + c.output + c.cache_write_5m + c.cache_write_1h + c.cache_read,
        c.at + c.attributed_after
      FROM event_copy AS c JOIN event AS e
      ON e.message = c.message AND e.request = c.request AND e.part = c.part
      WHERE c.counted = 0 ORDER BY e.at DESC, e.message, e.request, e.part, c.device LIMIT ?\
      """;

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
      events.bindCopy(write, copy.counted(!Tellers.disputed(told, all)));
      database.session().put(write);
    }
  }

  /// How many copies contradict what counts, by machine.
  public Map<DeviceId, Long> disputed() {
    var counts = new TreeMap<DeviceId, Long>();
    database
        .query(
            "SELECT device, COUNT(*) FROM event_copy WHERE counted = 0 GROUP BY device",
            row -> Map.entry(names.device(row.getLong(1)), row.getLong(2)))
        .forEach(count -> counts.put(count.getKey(), count.getValue()));
    return counts;
  }

  /// Copies that contradict what counts, the latest first.
  public List<Dispute> disputes(int most) {
    return database.query(
        DISPUTES,
        row ->
            new Dispute(
                new EventKey(
                    PackedText.MESSAGE_ID.of(row, 1),
                    PackedText.REQUEST_ID.of(row, 2),
                    row.getInt(3)),
                Instant.ofEpochMilli(row.getLong(4)),
                names.device(row.getLong(5)),
                row.getLong(6),
                names.device(row.getLong(7)),
                row.getLong(8),
                Instant.ofEpochMilli(row.getLong(9))),
        most);
  }
}
