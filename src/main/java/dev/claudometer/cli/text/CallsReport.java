package dev.claudometer.cli.text;

import dev.claudometer.report.Money;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How often something was called. What a call costs is said to be unknown: a response pays once
/// for all of its calls. What was used for the caller's sake is told where a response names it.
public final class CallsReport implements Printout {

  private final String name;
  private final String title;
  private final List<Map.Entry<String, Long>> calls;
  private final Map<String, Money> costs;

  /// @param name of the list in JSON
  /// @param title of the column
  /// @param costs of those for which they are known
  public CallsReport(
      String name,
      String title,
      Map<String, Long> calls,
      Map<String, Money> costs,
      boolean rarestFirst) {
    this.costs = costs;
    this.name = name;
    this.title = title;
    Comparator<Map.Entry<String, Long>> byCalls = Map.Entry.comparingByValue();
    this.calls =
        all(calls, costs).entrySet().stream()
            .sorted((rarestFirst ? byCalls : byCalls.reversed()).thenComparing(Map.Entry::getKey))
            .toList();
  }

  /// What has a cost may have been called before the period.
  private static Map<String, Long> all(Map<String, Long> calls, Map<String, Money> costs) {
    var all = new TreeMap<>(calls);
    costs.keySet().forEach(name -> all.putIfAbsent(name, 0L));
    return all;
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
    Money cost = costs.get(call.getKey());
    row.put("cost", cost == null || cost.known() == null ? null : cost.known().dollars());
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
            style.costs() ? List.of(title, ">Calls", ">Cost (USD)") : List.of(title, ">Calls"));
    for (Map.Entry<String, Long> call : calls) {
      String shown = Printable.of(call.getKey());
      String count = style.number(call.getValue());
      table.add(
          style.costs()
              ? List.of(shown, count, cost(call.getKey(), style))
              : List.of(shown, count));
    }
    table.print(out, style);
    if (style.costs()) {
      out.println(
          style.dim(
              "A response pays once for all of its calls, so a call has no cost of its own."));
    }
  }

  private String cost(String name, Style style) {
    Money cost = costs.get(name);
    if (cost == null) {
      return "not separate";
    }
    return cost.known() == null
        ? "unpriced"
        : style.dollars(cost.known()) + (cost.unpriced() > 0 ? "+" : "");
  }
}
