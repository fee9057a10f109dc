package dev.claudometer.server.web.frame;

import dev.claudometer.server.http.Problem;
import dev.claudometer.server.web.table.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The tables of a page, each made when it is asked for: a file needs one of them only.
public final class Tables {

  private final Map<String, Supplier<Table>> tables = new LinkedHashMap<>();

  /// Those that are made already.
  static Tables of(List<Table> made) {
    var tables = new Tables();
    made.forEach(table -> tables.with(table.id(), () -> table));
    return tables;
  }

  /// With one more.
  ///
  /// @param id the table's own
  public Tables with(String id, Supplier<Table> table) {
    tables.put(id, table);
    return this;
  }

  List<Table> all() {
    return tables.values().stream().map(Supplier::get).toList();
  }

  Table asked(@Nullable String id) {
    Supplier<Table> table = id == null ? null : tables.get(id);
    if (table == null) {
      throw Problem.of(404, "there is no such table on this page");
    }
    return table.get();
  }
}
