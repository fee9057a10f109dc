package dev.claudometer.server.web.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Rows of figures, for people, for CSV and for JSON.
///
/// @param id tells the tables of a page apart
/// @param empty what to do where there are no rows
/// @param drawing what is drawn of it
/// @param orders where the store sorts and pages: what to ask it for, by a column's key; empty
///   where the rows here are all that there are
/// @param all what CSV and JSON have, read as it is written: the rows, and those that are too many
///   for a page
/// @param total what stands below all rows, of whatever page; empty for none
public record Table(
    String id,
    String caption,
    List<Column> columns,
    List<List<Cell>> rows,
    String empty,
    Drawing drawing,
    Map<String, String> orders,
    Supplier<Stream<List<Cell>>> all,
    List<Cell> total) {

  private static final int LEVELS = 5;

  /// How a table is drawn: the first column along, the others as parts.
  public enum Drawing {
    NONE,
    /// Stacked.
    BARS,
    /// Each for itself.
    LINES,
    /// The larger, the more.
    HEAT
  }

  /// What stands above a column.
  ///
  /// @param key as CSV and JSON call it
  /// @param kind empty, `number`, `bar`, `gauge`, `time`, which is never broken, `long`, or `file`
  public record Column(String key, String name, String kind) {

    public static Column text(String key, String name) {
      return new Column(key, name, "");
    }

    public static Column number(String key, String name) {
      return new Column(key, name, "number");
    }

    /// A share that is drawn as a length, with a mark at that of the column after it.
    public static Column gauge(String key, String name) {
      return new Column(key, name, "gauge");
    }

    /// What a page says elsewhere: only CSV and JSON have it.
    public static Column inFiles(String key) {
      return new Column(key, "", "file");
    }

    /// A number that a page shows where a row has one.
    public static Column optional(String key, String name) {
      return new Column(key, name, "optional");
    }

    /// A number that is drawn as a length.
    public static Column bar(String key, String name) {
      return new Column(key, name, "bar");
    }

    private boolean isOptional() {
      return kind.equals("optional");
    }

    private Column where(boolean told) {
      return new Column(key, name, told ? "number" : "file");
    }

    public boolean shown() {
      return !kind.equals("file");
    }

    /// Sentences: as many lines as they take.
    public static Column prose(String key, String name) {
      return new Column(key, name, "long");
    }

    public static Column time(String key, String name) {
      return new Column(key, name, "time");
    }
  }

  public static Table of(
      String id, String caption, List<Column> columns, List<List<Cell>> rows, String empty) {
    List<Column> decided = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      int at = i;
      Column column = columns.get(i);
      decided.add(
          column.isOptional()
              ? column.where(rows.stream().anyMatch(row -> row.get(at).value() != null))
              : column);
    }
    return new Table(
        id, caption, decided, rows, empty, Drawing.NONE, Map.of(), rows::stream, List.of());
  }

  /// With a column more.
  ///
  /// @param cells one for each row
  Table with(Column column, List<Cell> cells) {
    List<List<Cell>> wider = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      wider.add(Stream.concat(rows.get(i).stream(), Stream.of(cells.get(i))).toList());
    }
    List<Column> heads = Stream.concat(columns.stream(), Stream.of(column)).toList();
    return new Table(id, caption, heads, wider, empty, drawing, orders, wider::stream, total);
  }

  /// With other rows, as many as there are.
  Table of(List<List<Cell>> others) {
    return new Table(id, caption, columns, others, empty, drawing, orders, others::stream, total);
  }

  Table drawn(Drawing how) {
    return new Table(id, caption, columns, rows, empty, how, orders, all, total);
  }

  /// A table of which a page shows only some rows.
  public Table of(Supplier<Stream<List<Cell>>> more) {
    return new Table(id, caption, columns, rows, empty, drawing, orders, more, total);
  }

  /// A table that the store sorts.
  ///
  /// @param by what to ask it for, by a column's key
  public Table ordered(Map<String, String> by) {
    return new Table(id, caption, columns, rows, empty, drawing, by, all, total);
  }

  /// With a last row that all others add up to.
  public Table totalling(List<Cell> sums) {
    return new Table(id, caption, columns, rows, empty, drawing, orders, all, sums);
  }

  /// A caption that says how many rows a page shows, where files have more.
  static String cut(String caption, int shown, int all) {
    return shown == all
        ? caption
        : caption
            + String.format(
                Locale.ROOT, " (the first %,d of %,d rows: the files have all)", shown, all);
  }

  /// Whether a script draws it.
  public boolean plotted() {
    return drawing == Drawing.BARS || drawing == Drawing.LINES;
  }

  /// The drawing's name, for scripts.
  public String kind() {
    return drawing.name().toLowerCase(Locale.ROOT);
  }

  /// How much a cell has of the most that any has, by area: 0 for nothing, else 1 to 5.
  public int level(Cell cell) {
    double most = rows.stream().flatMap(List::stream).mapToDouble(Table::amount).max().orElse(0);
    return most <= 0 || amount(cell) <= 0
        ? 0
        : (int) Math.ceil(LEVELS * Math.sqrt(amount(cell) / most));
  }

  private static double amount(Cell cell) {
    return cell.value() instanceof Number number ? number.doubleValue() : 0;
  }
}
