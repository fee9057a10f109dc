package dev.claudometer.store.sql.bill;

import dev.claudometer.model.OrganizationEntry;
import dev.claudometer.model.OrganizationEntry.Kind;
import dev.claudometer.store.sql.engine.Database;
import java.sql.SQLException;
import java.util.List;

/// Names of an organisation's keys, people and workspaces.
final class EntryTable {

  private final Database database;

  EntryTable(Database database) {
    this.database = database;
  }

  void put(OrganizationEntry entry) throws SQLException {
    database.update(
        """
        INSERT INTO organization_entry (kind, id, name, email, status, owner, workspace)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (kind, id) DO UPDATE SET name = excluded.name, email = excluded.email,
          status = excluded.status, owner = excluded.owner, workspace = excluded.workspace\
        """,
        entry.kind().name(),
        entry.id(),
        entry.name(),
        entry.email(),
        entry.status(),
        entry.owner(),
        entry.workspace());
  }

  List<OrganizationEntry> all() {
    return database.query(
        """
        SELECT kind, id, name, email, status, owner, workspace FROM organization_entry
        ORDER BY kind, id\
        """,
        row ->
            new OrganizationEntry(
                Kind.valueOf(row.getString(1)),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7)));
  }
}
