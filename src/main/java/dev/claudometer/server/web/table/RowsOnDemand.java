package dev.claudometer.server.web.table;

import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.function.Function;

/// Rows that are written when somebody looks at them, each once: of thousands a page shows fifty.
/// For one thread.
public final class RowsOnDemand<T> extends AbstractList<List<Cell>> implements RandomAccess {

  private final List<T> about;
  private final Function<T, List<Cell>> row;
  private final Map<Integer, List<Cell>> written = new HashMap<>();

  /// @param about what each row is about
  public RowsOnDemand(List<T> about, Function<T, List<Cell>> row) {
    this.about = about;
    this.row = row;
  }

  @Override
  public List<Cell> get(int at) {
    return written.computeIfAbsent(at, _ -> row.apply(about.get(at)));
  }

  @Override
  public int size() {
    return about.size();
  }
}
