package dev.claudometer.cli.text;

import dev.claudometer.json.PrintedJson;
import dev.claudometer.text.Foreign;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lines of CSV (RFC 4180), with the names of the columns above them. What is unknown is an empty
/// cell; a text is one line, and no formula; a number is written out, `0.0000001`, never with an
/// exponent.
public final class Sheet {

  private final List<String> head;
  private final List<List<@Nullable Object>> rows = new ArrayList<>();

  public Sheet(List<String> head) {
    this.head = List.copyOf(head);
  }

  /// A sheet whose columns are the keys of its rows.
  public static Sheet of(Iterable<String> keys, List<Map<String, @Nullable Object>> rows) {
    List<String> head = new ArrayList<>();
    keys.forEach(head::add);
    var sheet = new Sheet(head);
    rows.forEach(row -> sheet.add(new ArrayList<>(row.values())));
    return sheet;
  }

  public void add(List<? extends @Nullable Object> cells) {
    rows.add(new ArrayList<>(cells));
  }

  void print(PrintStream out, boolean costs) {
    List<Integer> shown = new ArrayList<>();
    for (int i = 0; i < head.size(); i++) {
      if (costs || !Costs.named(head.get(i))) {
        shown.add(i);
      }
    }
    line(out, shown.stream().map(head::get).toList());
    for (List<@Nullable Object> row : rows) {
      line(out, shown.stream().map(column -> text(row.get(column))).toList());
    }
  }

  private static String text(@Nullable Object cell) {
    return switch (cell) {
      case null -> "";
      case BigDecimal number -> number.toPlainString();
      case Double number -> new BigDecimal(Double.toString(number)).toPlainString();
      case Instant at -> PrintedJson.instant(at);
      case Number number -> number.toString();
      default -> Foreign.cell(cell.toString());
    };
  }

  private static void line(PrintStream out, List<String> cells) {
    out.print(String.join(",", cells) + "\r\n");
  }
}
