package dev.claudometer.store.sql;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.FileRead;
import dev.claudometer.model.Origin;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.store.Batch;
import dev.claudometer.store.Holdings;
import dev.claudometer.store.quality.Quality;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.Ledger;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.event.EventRow;
import dev.claudometer.store.sql.event.EventTable;
import dev.claudometer.store.sql.event.TranscriptTable;
import dev.claudometer.store.sql.sum.Rollups;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What was sent without message ids counts only where nothing better has come: it gives way to the
/// transcript of its session, whichever machine tells of that, up to when it was last read.
///
/// That depends on what is stored and not on the order in which it came.
final class GivingWay {

  private static final String SENT = "WHERE file_byte < 0 AND file = ?";

  private final Database database;
  private final NameTable names;
  private final EventTable events;
  private final TranscriptTable transcripts;
  private final Rollups rollups;
  private final Ledger ledger;

  GivingWay(Database database, NameTable names, EventTable events, Rollups rollups, Ledger ledger) {
    this.database = database;
    this.names = names;
    this.events = events;
    transcripts = new TranscriptTable(database, names);
    this.rollups = rollups;
    this.ledger = ledger;
  }

  /// Who says within one transaction whether events give way.
  final class Judge {
    private final Map<SessionId, Long> known = new HashMap<>();

    boolean givesWay(UsageEvent event) {
      return !event.hasMessageId()
          && event.at().toEpochMilli()
              <= known.computeIfAbsent(
                  event.attribution().session(), name -> transcripts.until(names.find(name)));
    }
  }

  /// Brings the sessions of the files of a batch in step. Used within a transaction.
  ///
  /// @return how many events do not count any more
  long settle(Batch batch) throws SQLException {
    if (batch.readings().isEmpty() || !anySent()) {
      return 0;
    }
    var sessions = new TreeSet<SessionId>();
    for (FileRead file : batch.readings()) {
      sessions.add(file.cursor().session());
    }
    sessions.remove(SessionId.NONE);
    return settleSessions(sessions);
  }

  /// Brings sessions in step.
  long settleSessions(Collection<SessionId> sessions) throws SQLException {
    long gone = 0;
    var shares = new HashSet<Share>();
    for (SessionId session : sessions) {
      gone += settle(of(names.find(session)), shares);
    }
    rollups.flush();
    for (SessionId session : sessions) {
      rollups.removeParts(names.find(session));
    }
    for (Share share : shares) {
      rollups.restart(share.device(), share.project(), share.model());
    }
    var devices = new TreeSet<DeviceId>();
    shares.forEach(share -> devices.add(share.device()));
    for (DeviceId device : devices) {
      rollups.observeSessionsAgain(device);
    }
    return gone;
  }

  /// Brings every session in step, in a store that did not know this rule.
  void bringInStep(Writing writing) {
    if (isDue()) {
      writing.run(this::settleAll);
    }
  }

  private boolean isDue() {
    return !database
        .query(
            "SELECT 1 FROM event "
                + SENT
                + " AND counted = 1 AND at <= (SELECT MAX(until) FROM transcript"
                + " WHERE transcript.session = event.session) LIMIT 1",
            row -> row.getInt(1),
            names.find(Origin.Sent.DAEMON))
        .isEmpty();
  }

  private long settleAll() throws SQLException {
    return settleSessions(
        database.query(
            "SELECT DISTINCT session FROM event " + SENT,
            row -> names.session(row.getLong(1)),
            names.find(Origin.Sent.DAEMON)));
  }

  private boolean anySent() {
    return !database
        .query("SELECT 1 FROM event_row WHERE file_byte < 0 LIMIT 1", row -> row.getInt(1))
        .isEmpty();
  }

  private List<EventRow> of(long session) {
    return database.query(
        EventTable.SELECT + SENT + " AND session = ?",
        events::read,
        names.find(Origin.Sent.DAEMON),
        session);
  }

  /// What counters have told too much of.
  private record Share(DeviceId device, ProjectName project, String model) {

    static Share of(EventRow row) {
      return new Share(row.device(), row.event().attribution().project(), row.model());
    }
  }

  private long settle(List<EventRow> rows, Set<Share> shares) throws SQLException {
    var judge = new Judge();
    long gone = 0;
    for (EventRow row : rows) {
      EventRow settled = row.counted(!judge.givesWay(row.event()));
      if (!settled.equals(row)) {
        rollups.replace(row, settled);
        events.write(settled, ledger.next());
        if (!settled.counted()) {
          shares.add(Share.of(settled));
          gone++;
        }
      }
    }
    return gone;
  }

  /// Says of each device how many of its events have given way.
  Map<DeviceId, Quality> told(Map<DeviceId, Quality> read) {
    var quality = new TreeMap<>(read);
    byDevice()
        .forEach(
            (device, responses) ->
                quality.merge(
                    device,
                    Quality.NOTHING.withGivenWay(responses),
                    (files, sent) -> files.withGivenWay(sent.givenWay())));
    return quality;
  }

  /// Tells the events that have given way from replays.
  Holdings told(Holdings holdings) {
    return holdings.withGivenWay(byDevice().values().stream().mapToLong(Long::longValue).sum());
  }

  private Map<DeviceId, Long> byDevice() {
    var counts = new TreeMap<DeviceId, Long>();
    database.query(
        "SELECT device, COUNT(*) FROM event " + SENT + " AND counted = 0 GROUP BY device",
        row -> counts.put(names.device(row.getLong(1)), row.getLong(2)) == null,
        names.find(Origin.Sent.DAEMON));
    return counts;
  }
}
