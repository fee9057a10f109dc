package dev.claudometer.server.web;

import java.util.List;

/// Rows of figures, for people, for CSV and for JSON.
///
/// @param id tells the tables of a page apart
/// @param empty what to do where there are no rows
/// @param chart whether a chart is drawn of it: the first column along, the others stacked
public record Table(
    String id,
    String caption,
    List<Column> columns,
    List<List<Cell>> rows,
    String empty,
    boolean chart) {

  /// What stands above a column.
  ///
  /// @param key as CSV and JSON call it
  /// @param kind empty, `number`, or `time`, which is never broken
  public record Column(String key, String name, String kind) {

    static Column text(String key, String name) {
      return new Column(key, name, "");
    }

    static Column number(String key, String name) {
      return new Column(key, name, "number");
    }

    static Column time(String key, String name) {
      return new Column(key, name, "time");
    }
  }

  static Table of(
      String id, String caption, List<Column> columns, List<List<Cell>> rows, String empty) {
    return new Table(id, caption, columns, rows, empty, false);
  }

  Table drawn() {
    return new Table(id, caption, columns, rows, empty, true);
  }
}
