package dev.claudometer.store.sql.event;

import dev.claudometer.model.ApiCall;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usd;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.quality.Told;
import dev.claudometer.store.sql.engine.Changed;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.Ledger;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.engine.PackedText;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What Claude Code's telemetry tells of calls, by the call's id.
public final class CallTable {

  private static final String SELECT =
      """
      SELECT revision, id, request, session, at, duration, model, input, output, cache_write_5m,
        cache_write_1h, cache_read, split, fast, source, agent, effort, cost, device, state, project
      FROM call \
      """;

  private static final String PUT =
      """
      INSERT INTO call (revision, id, request, session, at, duration, model, input, output,
        cache_write_5m, cache_write_1h, cache_read, split, fast, source, agent, effort, cost,
        device, state, project)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, session = excluded.session,
        at = excluded.at, duration = excluded.duration, model = excluded.model,
        input = excluded.input, output = excluded.output,
        cache_write_5m = excluded.cache_write_5m, cache_write_1h = excluded.cache_write_1h,
        cache_read = excluded.cache_read, split = excluded.split, fast = excluded.fast,
        source = excluded.source, agent = excluded.agent, effort = excluded.effort,
        cost = excluded.cost, device = excluded.device, state = excluded.state,
        project = excluded.project\
      """;

  private static final int AT_ONCE = 64;
  private static final String MARKS = "(?" + ", ?".repeat(AT_ONCE - 1) + ")";

  private final Database database;
  private final NameTable names;
  private final Ledger ledger;

  public CallTable(Database database, NameTable names, Ledger ledger) {
    this.database = database;
    this.names = names;
    this.ledger = ledger;
  }

  /// Whether any machine has ever told of a call.
  public boolean isEmpty() {
    return database.query("SELECT 1 FROM call LIMIT 1", row -> row.getInt(1)).isEmpty();
  }

  /// Those of some ids, in the order of ids.
  public List<CallRow> ofIds(Collection<String> ids) {
    return among("id", ids.stream().map(id -> PackedText.REQUEST_ID.stored(id, database)).toList());
  }

  /// Those of some sessions that only telemetry knows of.
  public List<CallRow> alone(Collection<SessionId> sessions) {
    return among(
        "state = %d AND session".formatted(CallState.ALONE.code()),
        sessions.stream().map(names::find).toList());
  }

  /// Those of some sessions that no request names, within a range.
  public List<CallRow> unnamed(Collection<SessionId> sessions, TimeRange range) {
    return among(
        "request = '' AND at >= ? AND at < ? AND session",
        sessions.stream().map(names::find).toList(),
        range.from().toEpochMilli(),
        range.to().toEpochMilli());
  }

  /// Those that no request names, within a range.
  public List<CallRow> unnamed(TimeRange range) {
    return database.query(
        SELECT + "WHERE request = '' AND at >= ? AND at < ?",
        this::read,
        range.from().toEpochMilli(),
        range.to().toEpochMilli());
  }

  /// @param condition up to what is among the values
  /// @param before the values, parameters of the condition
  private List<CallRow> among(String condition, Collection<?> values, Object... before) {
    List<Object> all = new ArrayList<>(values);
    List<CallRow> rows = new ArrayList<>();
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      Object[] page = Arrays.copyOf(before, before.length + AT_ONCE);
      for (int i = 0; i < AT_ONCE; i++) {
        page[before.length + i] = all.get(Math.min(from + i, all.size() - 1));
      }
      rows.addAll(database.query(SELECT + "WHERE " + condition + " IN " + MARKS, this::read, page));
    }
    return rows;
  }

  public void put(CallRow row) throws SQLException {
    ApiCall call = row.call();
    TokenCounts tokens = call.tokens();
    PreparedStatement put = database.statement(PUT);
    put.setLong(1, ledger.next());
    PackedText.REQUEST_ID.set(put, 2, call.id(), database);
    put.setString(3, call.requestId());
    put.setLong(4, names.id(call.session()));
    put.setLong(5, call.at().toEpochMilli());
    put.setLong(6, call.duration().toMillis());
    put.setLong(7, names.id(call.model()));
    put.setLong(8, tokens.input());
    put.setLong(9, tokens.output());
    put.setLong(10, tokens.cacheWrite5m());
    put.setLong(11, tokens.cacheWrite1h());
    put.setLong(12, tokens.cacheRead());
    put.setLong(13, call.split() ? 1 : 0);
    put.setLong(14, call.fast() ? 1 : 0);
    put.setLong(15, names.id(call.source()));
    put.setLong(16, names.id(call.agent()));
    put.setLong(17, names.id(call.effort()));
    if (call.cost() == null) {
      put.setNull(18, Types.BIGINT);
    } else {
      put.setLong(18, call.cost().nanos());
    }
    put.setLong(19, names.id(row.device()));
    put.setLong(20, row.state().code());
    put.setLong(21, names.id(row.project()));
    database.session().put(put);
  }

  /// Writes out what was put: before it is asked for.
  public void flush() throws SQLException {
    database.session().flush();
  }

  /// Forgets the calls before an instant.
  public void forget(Instant before) throws SQLException {
    database.update("DELETE FROM call WHERE at < ?", before.toEpochMilli());
  }

  /// What this machine was told, changed after a revision.
  public List<Changed<ApiCall>> changed(long after, int most) {
    return database.query(
        SELECT + "WHERE revision > ? AND device = 0 ORDER BY revision LIMIT " + most,
        row -> new Changed<>(row.getLong(1), read(row).call()),
        after);
  }

  /// How many calls each device told of in a range.
  public Map<DeviceId, Told> told(TimeRange range) {
    var told = new TreeMap<DeviceId, Told>();
    database.query(
        """
        SELECT device,
          SUM(CASE state WHEN 1 THEN 1 ELSE 0 END),
          SUM(CASE state WHEN 2 THEN 1 ELSE 0 END),
          SUM(CASE state WHEN 3 THEN 1 ELSE 0 END)
        FROM call WHERE at >= ? AND at < ? GROUP BY device\
        """,
        row ->
            told.put(
                names.device(row.getLong(1)),
                new Told(row.getLong(2), row.getLong(3), row.getLong(4))),
        range.from().toEpochMilli(),
        range.to().toEpochMilli());
    return told;
  }

  private CallRow read(ResultSet row) throws SQLException {
    return new CallRow(
        new ApiCall(
            PackedText.REQUEST_ID.of(row, 2),
            row.getString(3),
            names.session(row.getLong(4)),
            Instant.ofEpochMilli(row.getLong(5)),
            Duration.ofMillis(row.getLong(6)),
            names.text(row.getLong(7)),
            new TokenCounts(
                row.getLong(8), row.getLong(9), row.getLong(10), row.getLong(11), row.getLong(12)),
            row.getLong(13) == 1,
            row.getLong(14) == 1,
            names.text(row.getLong(15)),
            names.text(row.getLong(16)),
            names.text(row.getLong(17)),
            cost(row)),
        names.device(row.getLong(19)),
        CallState.of(row.getInt(20)),
        names.project(row.getLong(21)));
  }

  private static @Nullable Usd cost(ResultSet row) throws SQLException {
    long nanos = row.getLong(18);
    return row.wasNull() ? null : new Usd(nanos);
  }
}
