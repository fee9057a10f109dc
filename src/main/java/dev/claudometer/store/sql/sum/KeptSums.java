package dev.claudometer.store.sql.sum;

import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.SqlSession;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Sums in the memory of a process that is asked again and again, in blocks: days, or some
/// sessions. A block is right while the store tells the revision that it was read at; after a
/// delivery only the blocks are read again that it has changed.
public final class KeptSums {

  private static final String REVISIONS =
      "SELECT block, revision FROM sum_revision WHERE kind = ? AND block >= ? AND block < ?"
          + " ORDER BY block";

  private final Database database;
  private final long most;
  private final Map<KeptTable, TreeMap<Long, Kept>> kept = new EnumMap<>(KeptTable.class);
  private final Map<KeptTable, Integer> tooMany = new EnumMap<>(KeptTable.class);
  private long bytes;

  /// @param most so many bytes of rows, about
  public KeptSums(Database database, long most) {
    this.database = database;
    this.most = most;
    for (KeptTable table : KeptTable.values()) {
      kept.put(table, new TreeMap<>());
    }
  }

  /// Which state of which store: what is put back to an earlier one is another.
  private record State(String store, long generation) {}

  private record Kept(State state, long revision, SumRows rows) {}

  private record Block(long number, long revision) {}

  /// The rows of places from one to before another, and of what else is in the same blocks; block
  /// by block, in their order.
  ///
  /// @param session in a snapshot: revisions and rows have to be of one moment
  /// @return null where they alone would take more than may be remembered: the store has to be
  ///   asked, which never has all of them in memory
  @Nullable List<SumRows> rows(SqlSession session, KeptTable table, long from, long to)
      throws SQLException {
    State state =
        session
            .query(
                "SELECT store, generation FROM ledger",
                row -> new State(row.getString(1), row.getLong(2)))
            .getFirst();
    List<Block> blocks =
        session.query(
            REVISIONS,
            row -> new Block(row.getLong(1), row.getLong(2)),
            table.kind(),
            table.block(from),
            table.block(to - 1) + 1);
    @Nullable SumRows[] rows = known(table, state, blocks);
    long left = rows == null ? -1 : most - bytes(rows);
    for (int i = 0; rows != null && left >= 0 && i < rows.length; i++) {
      if (rows[i] == null) {
        int end = i + 1;
        while (end < rows.length && rows[end] == null) {
          end++;
        }
        left = read(session, table, blocks.subList(i, end), state, rows, i, left);
      }
    }
    if (rows == null || left < 0) {
      tooMany(table, blocks.size());
      return null;
    }
    return List.of(Arrays.copyOf(rows, rows.length, SumRows[].class));
  }

  private static long bytes(@Nullable SumRows[] rows) {
    return Arrays.stream(rows).filter(Objects::nonNull).mapToLong(SumRows::bytes).sum();
  }

  /// Nobody tries again to read so many.
  private synchronized void tooMany(KeptTable table, int blocks) {
    tooMany.merge(table, blocks, Math::min);
  }

  /// Null for those that have to be read, and in the place of all where so many were too many.
  private synchronized @Nullable SumRows @Nullable [] known(
      KeptTable table, State state, List<Block> blocks) {
    if (blocks.size() >= tooMany.getOrDefault(table, Integer.MAX_VALUE)) {
      return null;
    }
    TreeMap<Long, Kept> of = kept.get(table);
    var rows = new @Nullable SumRows[blocks.size()];
    for (int i = 0; i < rows.length; i++) {
      Block block = blocks.get(i);
      Kept known = of == null ? null : of.get(block.number());
      rows[i] =
          known != null && known.revision() == block.revision() && known.state().equals(state)
              ? known.rows()
              : null;
    }
    return rows;
  }

  /// Reads blocks that follow each other.
  ///
  /// @param left what their rows may take
  /// @return what is left after them; less than 0 where there was not enough
  private long read(
      SqlSession session,
      KeptTable table,
      List<Block> blocks,
      State state,
      @Nullable SumRows[] rows,
      int first,
      long left)
      throws SQLException {
    long rowsLeft = left / table.mostBytesOfARow();
    Map<Long, SumRows.Builder> builders = new TreeMap<>();
    blocks.forEach(block -> builders.put(block.number(), table.builder()));
    List<Boolean> all =
        session.query(
            table.select(),
            row -> {
              Objects.requireNonNull(builders.get(table.block(row.getLong(1)))).add(row);
              return true;
            },
            table.begin(blocks.getFirst().number()),
            table.begin(blocks.getLast().number() + 1),
            rowsLeft + 1);
    if (all.size() > rowsLeft) {
      return -1;
    }
    long after = left;
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      SumRows read = Objects.requireNonNull(builders.get(block.number())).rows();
      rows[first + i] = read;
      after -= read.bytes();
      keep(table, block.number(), new Kept(state, block.revision(), read));
    }
    return Math.max(0, after);
  }

  /// Where it becomes too much, the oldest are forgotten. What a transaction has changed that is
  /// not stored yet is not remembered: the next one may use its revision for something else.
  private synchronized void keep(KeptTable table, long block, Kept one) {
    TreeMap<Long, Kept> of = kept.get(table);
    if (of == null || database.isWriting()) {
      return;
    }
    Kept before = of.put(block, one);
    bytes += one.rows().bytes() - (before == null ? 0 : before.rows().bytes());
    while (bytes > most && !of.isEmpty()) {
      bytes -= of.pollFirstEntry().getValue().rows().bytes();
    }
  }

  /// Gives the memory back.
  public synchronized void forget() {
    kept.values().forEach(TreeMap::clear);
    tooMany.clear();
    bytes = 0;
  }
}
