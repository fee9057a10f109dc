package dev.claudometer.cli.text;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How often something was called. Its cost is said to be unknown: a response pays once for all of
/// its calls.
public final class CallsReport implements Printout {

  private final String name;
  private final String title;
  private final List<Map.Entry<String, Long>> calls;

  /// @param name of the list in JSON
  /// @param title of the column
  public CallsReport(String name, String title, Map<String, Long> calls, boolean rarestFirst) {
    this.name = name;
    this.title = title;
    Comparator<Map.Entry<String, Long>> byCalls = Map.Entry.comparingByValue();
    this.calls =
        calls.entrySet().stream()
            .sorted((rarestFirst ? byCalls : byCalls.reversed()).thenComparing(Map.Entry::getKey))
            .toList();
  }

  @Override
  public Map<String, @Nullable Object> document() {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put(name, calls.stream().map(this::row).toList());
    return document;
  }

  private Map<String, @Nullable Object> row(Map.Entry<String, Long> call) {
    var row = new LinkedHashMap<String, @Nullable Object>();
    row.put("name", call.getKey());
    row.put("calls", call.getValue());
    row.put("cost", null);
    return row;
  }

  @Override
  public Sheet sheet() {
    return Sheet.of(List.of("name", "calls", "cost"), calls.stream().map(this::row).toList());
  }

  @Override
  public void table(PrintStream out, Style style) {
    if (calls.isEmpty()) {
      out.println("No calls found.");
      return;
    }
    TextTable table =
        TextTable.withColumns(
            style.costs() ? List.of(title, ">Calls", "Cost") : List.of(title, ">Calls"));
    for (Map.Entry<String, Long> call : calls) {
      String shown = Printable.of(call.getKey());
      String count = style.number(call.getValue());
      table.add(style.costs() ? List.of(shown, count, "not separate") : List.of(shown, count));
    }
    table.print(out, style);
    if (style.costs()) {
      out.println(
          style.dim(
              "A response pays once for all of its calls, so a call has no cost of its own."));
    }
  }
}
