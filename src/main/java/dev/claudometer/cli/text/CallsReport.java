package dev.claudometer.cli.text;

import dev.claudometer.report.Money;
import dev.claudometer.report.work.ClientWork;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
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
  private final @Nullable Map<String, ClientWork> decisions;

  /// @param name of the list in JSON
  /// @param title of the column
  /// @param costs of those for which they are known
  /// @param decisions on calls, of those that telemetry tells of; null where there can be none
  public CallsReport(
      String name,
      String title,
      Map<String, Long> calls,
      Map<String, Money> costs,
      @Nullable Map<String, ClientWork> decisions,
      boolean rarestFirst) {
    this.costs = costs;
    this.decisions = decisions;
    this.name = name;
    this.title = title;
    Comparator<Map.Entry<String, Long>> byCalls = Map.Entry.comparingByValue();
    this.calls =
        all(calls).entrySet().stream()
            .sorted((rarestFirst ? byCalls : byCalls.reversed()).thenComparing(Map.Entry::getKey))
            .toList();
  }

  /// What has a cost may have been called before the period, and what was decided on may have no
  /// transcript.
  private Map<String, Long> all(Map<String, Long> called) {
    var all = new TreeMap<>(called);
    costs.keySet().forEach(each -> all.putIfAbsent(each, 0L));
    if (decisions != null) {
      decisions.keySet().forEach(each -> all.putIfAbsent(each, 0L));
    }
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
    if (decisions != null) {
      ClientWork decided = decisions.get(call.getKey());
      row.put("accepted", decided == null ? null : decided.toolsAccepted());
      row.put("rejected", decided == null ? null : decided.toolsRejected());
    }
    Money cost = costs.get(call.getKey());
    row.put("cost", cost == null || cost.known() == null ? null : cost.known().dollars());
    return row;
  }

  @Override
  public Sheet sheet() {
    List<String> fields =
        decisions == null
            ? List.of("name", "calls", "cost")
            : List.of("name", "calls", "accepted", "rejected", "cost");
    return Sheet.of(fields, calls.stream().map(this::row).toList());
  }

  @Override
  public void table(PrintStream out, Style style) {
    if (calls.isEmpty()) {
      out.println("No calls found.");
      return;
    }
    TextTable table = TextTable.withColumns(columns(style));
    calls.forEach(call -> table.add(cells(call, style)));
    table.print(out, style);
    if (style.costs()) {
      out.println(
          style.dim(
              "A response pays once for all of its calls, so a call has no cost of its own."));
    }
  }

  private List<String> columns(Style style) {
    List<String> columns = new ArrayList<>(List.of(title, ">Calls"));
    if (decisions != null && !decisions.isEmpty()) {
      columns.addAll(List.of(">Accepted", ">Rejected", ">Accept rate"));
    }
    if (style.costs()) {
      columns.add(">Cost (USD)");
    }
    return columns;
  }

  private List<String> cells(Map.Entry<String, Long> call, Style style) {
    List<String> cells =
        new ArrayList<>(List.of(Printable.of(call.getKey()), style.number(call.getValue())));
    if (decisions != null && !decisions.isEmpty()) {
      cells.addAll(decided(decisions.get(call.getKey()), style));
    }
    if (style.costs()) {
      cells.add(cost(call.getKey(), style));
    }
    return cells;
  }

  private static List<String> decided(@Nullable ClientWork work, Style style) {
    BigDecimal rate = work == null ? null : work.toolAcceptRate();
    return work == null || rate == null
        ? List.of("", "", "")
        : List.of(
            style.number(work.toolsAccepted()),
            style.number(work.toolsRejected()),
            rate.movePointRight(2).setScale(0, RoundingMode.HALF_UP) + "%");
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
