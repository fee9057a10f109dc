package dev.claudometer.store.sql.event;

import dev.claudometer.model.FileCursor;
import dev.claudometer.model.ToldDay;
import dev.claudometer.model.ToldHome;
import dev.claudometer.store.ToldHistory;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.Escapes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The statistics of Claude Code as rows: one for each home, and one for each of its days.
public final class ToldTable implements ToldHistory {

  private static final String PUT_HOME =
      """
      INSERT INTO told_home (projects, file, last_day, hours, sessions) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (projects) DO UPDATE SET file = excluded.file, last_day = excluded.last_day,
        hours = excluded.hours, sessions = excluded.sessions
      WHERE excluded.sessions > told_home.sessions OR (excluded.sessions = told_home.sessions
        AND excluded.last_day > told_home.last_day)\
      """;

  private static final String PUT_DAY =
      """
      INSERT INTO told_day (projects, day, sessions, tool_calls, messages, all_tokens, tokens)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (projects, day) DO UPDATE SET sessions = excluded.sessions,
        tool_calls = excluded.tool_calls, messages = excluded.messages,
        all_tokens = excluded.all_tokens, tokens = excluded.tokens\
      """;

  private final Database database;

  public ToldTable(Database database) {
    this.database = database;
  }

  @Override
  public void put(ToldHome told) {
    List<ToldDay> known = days(told.projects());
    if (known.containsAll(told.days()) && homes().contains(told)) {
      return;
    }
    Map<LocalDate, ToldDay> before =
        known.stream().collect(Collectors.toMap(ToldDay::date, day -> day));
    database.transaction(
        () -> {
          database.update(
              PUT_HOME,
              told.projects(),
              told.file(),
              told.lastComputed().toEpochDay(),
              told.hours().stream().map(String::valueOf).collect(Collectors.joining(" ")),
              told.sessions());
          for (ToldDay day : told.days()) {
            put(told.projects(), day.fuller(before.getOrDefault(day.date(), day)));
          }
          return told;
        });
  }

  private void put(String projects, ToldDay day) throws SQLException {
    database.update(
        PUT_DAY,
        projects,
        day.date().toEpochDay(),
        day.sessions(),
        day.toolCalls(),
        day.messages(),
        day.allTokens() ? 1 : 0,
        new TreeMap<>(day.tokens())
            .entrySet().stream()
                .map(model -> model.getValue() + " " + Escapes.escape(model.getKey()))
                .collect(Collectors.joining("\n")));
  }

  @Override
  public List<ToldHome> homes() {
    return database.query(
        "SELECT projects, file, last_day, hours FROM told_home ORDER BY projects",
        row ->
            new ToldHome(
                row.getString(1),
                row.getString(2),
                LocalDate.ofEpochDay(row.getLong(3)),
                List.of(row.getString(4).split(" ", -1)).stream().map(Long::valueOf).toList(),
                days(row.getString(1))));
  }

  private List<ToldDay> days(String projects) {
    return database.query(
        """
        SELECT day, sessions, tool_calls, messages, tokens, all_tokens FROM told_day
        WHERE projects = ? ORDER BY day\
        """,
        ToldTable::day,
        projects);
  }

  private static ToldDay day(ResultSet row) throws SQLException {
    return new ToldDay(
        LocalDate.ofEpochDay(row.getLong(1)),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        tokens(row.getString(5)),
        row.getLong(6) == 1);
  }

  private static Map<String, Long> tokens(String text) {
    var tokens = new HashMap<String, Long>();
    for (String line : text.split("\n", -1)) {
      int space = line.indexOf(' ');
      if (space > 0) {
        tokens.put(
            Escapes.unescape(line.substring(space + 1)), Long.valueOf(line.substring(0, space)));
      }
    }
    return tokens;
  }

  /// Files that are gone stay known, and so do the sums of what retention has deleted.
  @Override
  public List<Instant> sessionStarts(String projects) {
    Set<String> sessions = new HashSet<>();
    database.query(
        """
        SELECT path.text FROM file JOIN name AS path ON path.id = file.path
        WHERE file.device = 0 AND substr(path.text, 1, ?) = ?\
        """,
        row ->
            sessions.add(
                new FileCursor(row.getString(1), "", 0, Instant.EPOCH, 0, 0).session().text()),
        projects.length(),
        projects);
    var starts = new ArrayList<Instant>();
    database.query(
        """
        SELECT name.text, MIN(first_at) FROM rollup_session
        JOIN name ON name.id = rollup_session.session WHERE device = 0 GROUP BY name.text\
        """,
        row ->
            sessions.contains(row.getString(1))
                && starts.add(Instant.ofEpochMilli(row.getLong(2))));
    return starts;
  }
}
