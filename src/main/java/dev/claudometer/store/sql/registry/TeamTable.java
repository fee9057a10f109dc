package dev.claudometer.store.sql.registry;

import dev.claudometer.store.registry.Teams;
import dev.claudometer.store.sql.engine.Database;
import java.util.Map;
import java.util.TreeMap;

/// Which team each person is in.
final class TeamTable implements Teams {

  private final Database database;

  TeamTable(Database database) {
    this.database = database;
  }

  @Override
  public Map<String, String> byPerson() {
    var teams = new TreeMap<String, String>();
    database.query(
        "SELECT person, team FROM team_member",
        row -> teams.put(row.getString(1), row.getString(2)) == null);
    return teams;
  }

  @Override
  public void put(String person, String team) {
    if (team.isEmpty()) {
      database.write("DELETE FROM team_member WHERE person = ?", person);
    } else {
      database.write(
          """
          INSERT INTO team_member (person, team) VALUES (?, ?)
          ON CONFLICT (person) DO UPDATE SET team = excluded.team\
          """,
          person,
          team);
    }
  }
}
