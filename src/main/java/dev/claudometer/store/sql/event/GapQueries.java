package dev.claudometer.store.sql.event;

import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.DeviceId;
import dev.claudometer.store.quality.Gaps;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NameTable;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;

/// Finds what transcripts prove that telemetry lacks, and the other way round.
public final class GapQueries {

  private static final String SUMS =
      "SELECT device, SUM(value) FROM activity WHERE kind = ? GROUP BY device";

  /// Clients before 2.1.114 name no requests: of their sessions nothing is proved.
  private static final String WITHOUT_EVENT =
      """
      SELECT event.device, COUNT(*) FROM event JOIN (SELECT session, MIN(at - duration) AS since
          FROM call WHERE request <> '' AND session <> 0 GROUP BY session) AS heard
        ON heard.session = event.session
      WHERE at >= ? AND counted = 1 AND part = 0 AND stop_reason IS NOT NULL AND request_id <> ''
        AND at >= heard.since AND NOT (%s)
        AND NOT EXISTS (SELECT 1 FROM call WHERE call.id = event.request_id)
      GROUP BY event.device\
      """
          .formatted(EventTable.ONLY_TOLD);

  /// When the first of those sessions began: what was before need not be looked at.
  private static final String HEARD_FIRST =
      "SELECT MIN(at - duration) FROM call WHERE request <> '' AND session <> 0"
          + " HAVING COUNT(*) > 0";

  private static final String WITHOUT_TRANSCRIPT =
      """
      SELECT device, COUNT(*) FROM call JOIN name ON name.id = call.source
      WHERE state = 2 AND (name.text LIKE 'repl_main_thread%' OR name.text = 'sdk'
        OR name.text LIKE 'agent:%')
      GROUP BY device\
      """;

  private final Database database;
  private final NameTable names;

  public GapQueries(Database database, NameTable names) {
    this.database = database;
    this.names = names;
  }

  /// By device; those without any are left out.
  public Map<DeviceId, Gaps> gaps() {
    var gaps = new TreeMap<DeviceId, Gaps>();
    add(gaps, SUMS, count -> new Gaps(count, 0, 0, 0), names.find(ActivityKind.EVENTS_LOST.name()));
    add(
        gaps,
        SUMS,
        count -> new Gaps(-count, 0, 0, 0),
        names.find(ActivityKind.EVENTS_LATE.name()));
    for (long first : database.query(HEARD_FIRST, row -> row.getLong(1))) {
      add(gaps, WITHOUT_EVENT, count -> new Gaps(0, count, 0, 0), first);
    }
    add(gaps, WITHOUT_TRANSCRIPT, count -> new Gaps(0, 0, count, 0));
    add(
        gaps,
        SUMS,
        count -> new Gaps(0, 0, 0, count),
        names.find(ActivityKind.TRANSCRIPTS_DELETED.name()));
    return gaps;
  }

  private void add(
      Map<DeviceId, Gaps> gaps, String sql, LongFunction<Gaps> gap, Object... parameters) {
    database.query(
        sql,
        row ->
            gaps.merge(names.device(row.getLong(1)), gap.apply(row.getLong(2)), Gaps::plus)
                .equals(Gaps.NONE),
        parameters);
  }
}
