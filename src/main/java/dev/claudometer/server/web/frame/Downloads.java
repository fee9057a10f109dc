package dev.claudometer.server.web.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.web.table.Cell;
import dev.claudometer.server.web.table.Table;
import dev.claudometer.server.web.table.Table.Column;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Tables as files.
final class Downloads {

  private Downloads() {}

  /// @param form `csv` or `json`
  static Reply of(Table table, String form) {
    return switch (form) {
      case "csv" ->
          new Reply(
              200, headers(table, "text/csv; charset=utf-8", "csv"), csv(table).getBytes(UTF_8));
      case "json" -> new Reply(200, headers(table, "application/json", "json"), objects(table));
      default -> throw Problem.of(422, "'as' has to be csv or json");
    };
  }

  private static Map<String, String> headers(Table table, String type, String ending) {
    return Map.of(
        "Content-Type",
        type,
        "Content-Disposition",
        "attachment; filename=\"" + table.id() + "." + ending + "\"");
  }

  private static List<Map<String, @Nullable Object>> objects(Table table) {
    List<Map<String, @Nullable Object>> objects = new ArrayList<>();
    for (List<Cell> row : table.rows()) {
      Map<String, @Nullable Object> object = new LinkedHashMap<>();
      for (int i = 0; i < row.size(); i++) {
        object.put(table.columns().get(i).key(), row.get(i).value());
      }
      objects.add(object);
    }
    return objects;
  }

  private static String csv(Table table) {
    var csv = new StringBuilder();
    csv.append(
        table.columns().stream()
            .map(Column::key)
            .map(Downloads::quoted)
            .collect(Collectors.joining(",")));
    for (List<Cell> row : table.rows()) {
      csv.append("\r\n");
      csv.append(row.stream().map(cell -> value(cell.value())).collect(Collectors.joining(",")));
    }
    return csv.append("\r\n").toString();
  }

  private static String value(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case BigDecimal number -> number.toPlainString();
      case Double number -> new BigDecimal(number.toString()).toPlainString();
      case Number number -> number.toString();
      default -> quoted(value.toString());
    };
  }

  /// A spreadsheet shall take no name for a formula.
  private static String quoted(String text) {
    String harmless = text.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + text : text;
    return harmless.matches("[\\w.:-]*") ? harmless : "\"" + harmless.replace("\"", "\"\"") + "\"";
  }
}
