package dev.claudometer.store.sql;

import dev.claudometer.model.Activity;
import dev.claudometer.model.FileRead;
import dev.claudometer.model.Observation;
import dev.claudometer.model.ProjectName;
import dev.claudometer.store.Changes;
import dev.claudometer.store.Outbox;
import dev.claudometer.store.sql.engine.Changed;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.ProjectPath;
import dev.claudometer.store.sql.event.ActivityTable;
import dev.claudometer.store.sql.event.CallTable;
import dev.claudometer.store.sql.event.EventTable;
import dev.claudometer.store.sql.event.FileTable;
import dev.claudometer.store.sql.event.SessionTotalTable;
import dev.claudometer.store.sql.quota.LimitTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/// Finds what has changed by revision, in every table that is forwarded.
final class SqlOutbox implements Outbox {

  /// A reading carries no more project paths than this.
  private static final int PATHS = 500;

  private final Database database;
  private final EventTable events;
  private final ActivityTable activities;
  private final SessionTotalTable sessionTotals;
  private final LimitTable limits;
  private final CallTable calls;
  private final FileTable files;

  SqlOutbox(
      Database database,
      EventTable events,
      ActivityTable activities,
      SessionTotalTable sessionTotals,
      LimitTable limits,
      CallTable calls,
      FileTable files) {
    this.database = database;
    this.events = events;
    this.activities = activities;
    this.sessionTotals = sessionTotals;
    this.limits = limits;
    this.calls = calls;
    this.files = files;
  }

  @Override
  public Changes changes(long after, int most) {
    return database.snapshot(_ -> page(after, most));
  }

  private Changes page(long after, int most) {
    List<Changed<? extends Observation>> observations = new ArrayList<>();
    observations.addAll(events.changed(after, most));
    observations.addAll(activities.changed(after, most));
    observations.addAll(sessionTotals.changed(after, most));
    observations.addAll(limits.changed(after, most));
    observations.addAll(calls.changed(after, most));
    observations.sort(Comparator.comparingLong(Changed::revision));
    List<Changed<FileRead>> readings = files.changed(after, most);
    List<Changed<ProjectPath>> paths = files.changedPaths(after, PATHS);
    long newest = newest();
    long upTo =
        Math.min(
            end(Stream.concat(observations.stream(), readings.stream()), most, newest),
            end(paths.stream(), PATHS, newest));
    return new Changes(
        until(upTo, observations),
        withPaths(until(upTo, readings), until(upTo, paths)),
        upTo,
        upTo < newest);
  }

  @Override
  public Changes telemetry(long after, int most) {
    return database.snapshot(
        _ -> {
          List<Changed<? extends Observation>> told = new ArrayList<>(calls.changed(after, most));
          told.addAll(activities.changed(after, most));
          told.sort(Comparator.comparingLong(Changed::revision));
          long newest = newest();
          long upTo = end(told.stream(), most, newest);
          told.removeIf(
              change -> change.what() instanceof Activity activity && !activity.kind().isSum());
          return new Changes(until(upTo, told), List.of(), upTo, upTo < newest);
        });
  }

  private long newest() {
    return database.number("SELECT revision FROM ledger");
  }

  /// The revision of the last change that a page holds, where at most so many go into it.
  private static long end(Stream<? extends Changed<?>> changes, int most, long newest) {
    return changes.map(Changed::revision).sorted().skip(most - 1L).findFirst().orElse(newest);
  }

  private static <T> List<T> until(long upTo, List<? extends Changed<? extends T>> changes) {
    return changes.stream()
        .filter(change -> change.revision() <= upTo)
        .<T>map(Changed::what)
        .toList();
  }

  /// Paths travel with a reading, of whichever file: where there is none, the last one goes again.
  private List<FileRead> withPaths(List<FileRead> readings, List<ProjectPath> paths) {
    if (paths.isEmpty()) {
      return readings;
    }
    List<FileRead> carriers = new ArrayList<>(readings.isEmpty() ? files.last() : readings);
    if (!carriers.isEmpty()) {
      Map<ProjectName, String> carried = new HashMap<>();
      paths.forEach(path -> carried.put(path.project(), path.path()));
      carriers.set(0, carriers.getFirst().withProjectPaths(carried));
    }
    return carriers;
  }

  @Override
  public long waiting(long after, long most) {
    long all =
        Stream.of("event", "activity", "session_total", "limit_stretch", "call", "file")
            .mapToLong(table -> waiting(table, after, most))
            .sum();
    return Math.min(all, most);
  }

  private long waiting(String table, long after, long most) {
    return database
        .query(
            "SELECT COUNT(*) FROM (SELECT 1 FROM "
                + table
                + " WHERE revision > ? AND device = 0 LIMIT ?) AS changed",
            row -> row.getLong(1),
            after,
            most)
        .getFirst();
  }

  @Override
  public long acknowledged(String destination) {
    return known("acknowledged", destination);
  }

  @Override
  public long generation(String destination) {
    return known("generation", destination);
  }

  private long known(String column, String destination) {
    return database
        .query(
            "SELECT " + column + " FROM outbox WHERE destination = ?",
            row -> row.getLong(1),
            destination)
        .stream()
        .findFirst()
        .orElse(0L);
  }

  @Override
  public void acknowledge(String destination, long revision, long generation) {
    database.write(
        """
        INSERT INTO outbox (destination, acknowledged, generation) VALUES (?, ?, ?)
        ON CONFLICT (destination) DO UPDATE
        SET acknowledged = excluded.acknowledged, generation = excluded.generation\
        """,
        destination,
        revision,
        generation);
  }

  @Override
  public String sender() {
    return database.query("SELECT store FROM ledger", row -> row.getString(1)).getFirst();
  }

  @Override
  public void rename() {
    database.write("UPDATE ledger SET store = ?", UUID.randomUUID().toString().replace("-", ""));
  }

  @Override
  public void settle() {
    database.settle();
  }

  @Override
  public Set<String> destinations() {
    return new TreeSet<>(database.query("SELECT destination FROM outbox", row -> row.getString(1)));
  }

  @Override
  public void forgetDestination(String destination) {
    database.write("DELETE FROM outbox WHERE destination = ?", destination);
  }
}
