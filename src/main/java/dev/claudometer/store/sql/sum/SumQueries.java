package dev.claudometer.store.sql.sum;

import dev.claudometer.store.Dimension;
import dev.claudometer.store.Slice;
import dev.claudometer.store.Sums;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.Where;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.engine.SumColumns;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Answers from the rollups: whole UTC days from the sums by day, their edges from quarter hours,
/// parts of a quarter hour from its events, what is about nothing in particular from the sums by
/// time alone, and sessions of all time from their own sums. All are exact.
public final class SumQueries {

  private static final long LONG_MILLIS = Duration.ofDays(7).toMillis();

  private final Database database;
  private final NameTable names;
  private final @Nullable KeptSums kept;
  private final SumParts parts;

  /// @param kept what is remembered; null in a process that is asked once
  public SumQueries(Database database, NameTable names, @Nullable KeptSums kept) {
    this.database = database;
    this.names = names;
    this.kept = kept;
    parts = new SumParts(database, names);
  }

  public List<Slice> sums(TimeRange range, Where where, Set<Dimension> by) {
    if (kept != null && where.isInSums() && !SumParts.areOfSessions(where, by)) {
      return sums(range, where, List.of(by)).getFirst();
    }
    var conditions = Conditions.of(where, names);
    if (by.contains(Dimension.SESSION) && where.isInSums() && isLong(Stretch.of(range))) {
      return ofSessions(new SessionUse(Stretch.of(range), conditions, true), by);
    }
    List<SumPart> all = parts.of(Stretch.of(range), where, by);
    if (all.size() == 1) {
      return slices(all.getFirst(), conditions, by);
    }
    var sums = new SliceSums();
    for (SumPart part : all) {
      slices(part, conditions, by).forEach(sums::add);
    }
    return sums.slices();
  }

  private List<Slice> slices(SumPart part, Conditions conditions, Set<Dimension> by) {
    return database.query(
        part.select(SumPart.columns(by), conditions, "1, 2, 3, 4, 5"),
        row -> SliceSums.read(row, 1, names),
        conditions.after(part.from(), part.to()));
  }

  /// From one look at each table.
  public List<List<Slice>> sums(TimeRange range, Where where, List<Set<Dimension>> splits) {
    var sums = new SplitSums(splits);
    var conditions = Conditions.of(where, names);
    Set<Dimension> all = splits.stream().flatMap(Set::stream).collect(Collectors.toSet());
    return database.snapshot(
        session -> {
          for (SumPart part : parts.of(Stretch.of(range), where, all)) {
            KeptPart inMemory = KeptPart.of(part, kept, session, where, names);
            if (inMemory != null) {
              inMemory.addTo(sums);
            } else {
              session.query(
                  part.rows(sums.columns(), conditions),
                  sums::add,
                  conditions.after(part.from(), part.to()));
            }
          }
          return sums.slices(names);
        });
  }

  /// Rows of whole UTC days.
  public void days(TimeRange days, Sums.DayReader reader) {
    Stretch stretch = Stretch.of(days);
    long from = Math.ceilDiv(stretch.firstQuarter(), Rollups.QUARTERS_A_DAY);
    long to = Math.floorDiv(stretch.endQuarter(), Rollups.QUARTERS_A_DAY);
    long[] amounts = new long[SumColumns.NAMES.size()];
    if (from >= to || kept == null || !remembered(kept, from, to, amounts, reader)) {
      stored(from, to, amounts, reader);
    }
  }

  private void stored(long from, long to, long[] amounts, Sums.DayReader reader) {
    database.query(
        "SELECT day, model, device, "
            + SumColumns.EACH
            + " FROM rollup_day WHERE day >= ? AND day < ?",
        row -> {
          SumColumns.read(row, 4, amounts);
          reader.read(
              row.getLong(1), names.text(row.getLong(2)), names.device(row.getLong(3)), amounts);
          return true;
        },
        from,
        to);
  }

  /// @return false where there are too many to remember
  private boolean remembered(
      KeptSums sums, long from, long to, long[] amounts, Sums.DayReader reader) {
    return database.snapshot(
        session -> {
          List<SumRows> blocks = sums.rows(session, KeptTable.DAYS, from, to);
          if (blocks == null) {
            return false;
          }
          for (SumRows rows : blocks) {
            for (int row = 0; row < rows.size(); row++) {
              rows.read(row, amounts);
              reader.read(
                  rows.place(row),
                  names.text(rows.name(Dimension.MODEL, row)),
                  names.device(rows.name(Dimension.DEVICE, row)),
                  amounts);
            }
          }
          return true;
        });
  }

  /// Whether to look at the sums of all sessions is less than to look at the quarter hours.
  private static boolean isLong(Stretch stretch) {
    return stretch.to() - stretch.from() > LONG_MILLIS && !stretch.isAllTime();
  }

  private List<Slice> ofSessions(SessionUse use, Set<Dimension> by) {
    return database.query(
        use.with()
            + " SELECT "
            + SumPart.columns(by)
            + SumColumns.SUMS
            + " FROM used GROUP BY 1, 2, 3, 4, 5",
        row -> SliceSums.read(row, 1, names),
        use.parameters().toArray());
  }
}
