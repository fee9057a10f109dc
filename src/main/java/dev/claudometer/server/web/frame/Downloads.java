package dev.claudometer.server.web.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.RecordJson;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.web.table.Cell;
import dev.claudometer.server.web.table.Table;
import dev.claudometer.server.web.table.Table.Column;
import dev.claudometer.text.Foreign;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Tables as files, written while their rows are read: all of them, however many there are.
final class Downloads {

  private static final RecordJson JSON = new RecordJson();

  private Downloads() {}

  /// @param form `csv` or `json`
  static Reply of(Table table, String form) {
    return switch (form) {
      case "csv" -> new Reply(200, headers(table, "text/csv; charset=utf-8", "csv"), csv(table));
      case "json" -> new Reply(200, headers(table, "application/json", "json"), json(table));
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

  private static InputStream json(Table table) {
    var first = new boolean[] {true};
    Stream<String> rows =
        table
            .all()
            .get()
            .map(
                row -> {
                  String comma = first[0] ? "" : ",";
                  first[0] = false;
                  return comma + new String(JSON.write(object(table, row)), UTF_8);
                });
    return bytes(Stream.of(Stream.of("["), rows, Stream.of("]")).flatMap(part -> part));
  }

  private static Map<String, @Nullable Object> object(Table table, List<Cell> row) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int i = 0; i < row.size(); i++) {
      object.put(table.columns().get(i).key(), row.get(i).value());
    }
    return object;
  }

  private static InputStream csv(Table table) {
    String head =
        table.columns().stream()
            .map(Column::key)
            .map(Foreign::cell)
            .collect(Collectors.joining(","));
    Stream<String> rows =
        table
            .all()
            .get()
            .map(
                row ->
                    row.stream().map(cell -> value(cell.value())).collect(Collectors.joining(",")));
    return bytes(Stream.concat(Stream.of(head), rows).map(line -> line + "\r\n"));
  }

  private static InputStream bytes(Stream<String> texts) {
    return new WrittenTexts(texts.iterator());
  }

  private static String value(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case BigDecimal number -> number.toPlainString();
      case Double number -> new BigDecimal(number.toString()).toPlainString();
      case Number number -> number.toString();
      default -> Foreign.cell(value.toString());
    };
  }
}
