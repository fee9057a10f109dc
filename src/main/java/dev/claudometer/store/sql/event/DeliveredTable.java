package dev.claudometer.store.sql.event;

import dev.claudometer.model.Claim;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.Held;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NameTable;
import java.sql.SQLException;

/// Up to which of its own revisions everything is here that a sender has told. It is stored with
/// what was told, so it is never ahead of it, whatever state the database is put back to.
public final class DeliveredTable {

  /// A machine whose store was made anew is another sender; so many are remembered of each.
  private static final int SENDERS = 30;

  private static final String HELD =
      "SELECT COALESCE((SELECT up_to FROM delivered WHERE device = ? AND sender = ?), 0),"
          + " revision, generation FROM ledger";

  private static final String RAISE =
      """
      INSERT INTO delivered (device, sender, up_to) VALUES (?, ?, ?)
      ON CONFLICT (device, sender) DO UPDATE SET up_to = excluded.up_to
      WHERE excluded.up_to > delivered.up_to\
      """;

  private static final String LIMIT =
      """
      DELETE FROM delivered WHERE device = ? AND sender <> ? AND sender NOT IN
        (SELECT sender FROM delivered WHERE device = ? ORDER BY up_to DESC LIMIT\
      """;

  private final Database database;
  private final NameTable names;

  public DeliveredTable(Database database, NameTable names) {
    this.database = database;
    this.names = names;
  }

  /// Takes note of what is stored in the same transaction.
  ///
  /// @return false where something is missing between that and what was here: then nothing is noted
  public boolean take(DeviceId device, Claim claim) throws SQLException {
    long number = names.id(device);
    long here = held(number, claim.sender()).upTo();
    if (claim.after() > here) {
      return false;
    }
    if (claim.upTo() > here) {
      database.update(RAISE, number, claim.sender(), claim.upTo());
    }
    if (here == 0) {
      database.update(LIMIT + " " + SENDERS + ")", number, claim.sender(), number);
    }
    return true;
  }

  public Held held(DeviceId device, String sender) {
    return held(names.find(device), sender);
  }

  private Held held(long device, String sender) {
    return database
        .query(
            HELD, row -> new Held(row.getLong(1), row.getLong(2), row.getLong(3)), device, sender)
        .getFirst();
  }
}
