package dev.claudometer.store.sql.registry;

import dev.claudometer.store.registry.AuditEntry;
import dev.claudometer.store.registry.AuditLog;
import dev.claudometer.store.registry.Registry.Deed;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.HashChain;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What was done, in a chain: whoever changes an entry has to change all that follow.
final class AuditTable implements AuditLog {

  private static final String SELECT =
      "SELECT number, at, actor, action, subject, detail, address, hash FROM audit ";

  /// Tells which entry is the last, so that it is missed.
  private static final String HEAD = "audit.head";

  private final Database database;

  AuditTable(Database database) {
    this.database = database;
  }

  void add(Deed deed) {
    List<AuditEntry> last =
        database.query(SELECT + "ORDER BY number DESC LIMIT 1", AuditTable::read);
    long number = last.isEmpty() ? 1 : last.getFirst().number() + 1;
    String before = last.isEmpty() ? "" : last.getFirst().hash();
    String hash = hash(before, number, deed);
    database.write(
        """
        INSERT INTO audit (number, at, actor, action, subject, detail, address, hash)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        number,
        deed.at().toEpochMilli(),
        deed.actor(),
        deed.action(),
        deed.subject(),
        deed.detail(),
        deed.address(),
        hash);
    database.write(
        """
        INSERT INTO server_setting (name, value) VALUES (?, ?)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value\
        """,
        HEAD,
        number + " " + hash);
  }

  @Override
  public List<AuditEntry> before(long number, int most) {
    return database.query(
        SELECT + "WHERE number < ? ORDER BY number DESC LIMIT " + most, AuditTable::read, number);
  }

  @Override
  public List<String> verify() {
    var problems = new ArrayList<String>();
    String before = "";
    long next = 1;
    for (AuditEntry entry : database.query(SELECT + "ORDER BY number", AuditTable::read)) {
      if (entry.number() != next) {
        problems.add("audit entry " + next + " is missing");
      } else if (!entry.hash().equals(hash(before, next, deed(entry)))) {
        problems.add("audit entry " + next + " was changed");
      }
      before = entry.hash();
      next = entry.number() + 1;
    }
    String head = next - 1 + " " + before;
    if (!database
        .query("SELECT value FROM server_setting WHERE name = ?", row -> row.getString(1), HEAD)
        .stream()
        .allMatch(head::equals)) {
      problems.add("the last audit entries are missing");
    }
    return problems;
  }

  private static Deed deed(AuditEntry entry) {
    return new Deed(
        entry.actor(),
        entry.address(),
        entry.action(),
        entry.subject(),
        entry.detail(),
        entry.at());
  }

  private static String hash(String before, long number, Deed deed) {
    return HashChain.hash(
        before,
        number,
        deed.at(),
        List.of(deed.actor(), deed.action(), deed.subject(), deed.detail(), deed.address()));
  }

  private static AuditEntry read(ResultSet row) throws SQLException {
    return new AuditEntry(
        row.getLong(1),
        Instant.ofEpochMilli(row.getLong(2)),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getString(8));
  }
}
