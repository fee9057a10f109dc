package dev.claudometer.cli.text;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Several reports in one answer: in JSON each under its name, and the totals of the first.
public record Sections(List<UsagePrintout> reports) implements Printout {

  public Sections {
    reports = List.copyOf(reports);
  }

  @Override
  public Map<String, @Nullable Object> document() {
    var document = new LinkedHashMap<String, @Nullable Object>();
    reports.forEach(report -> report.document().forEach(document::putIfAbsent));
    document.putLast("totals", document.get("totals"));
    return document;
  }

  /// That of the first: reports have columns of their own.
  @Override
  public Sheet sheet() {
    return reports.getFirst().sheet();
  }

  @Override
  public void table(PrintStream out, Style style) {
    String between = "";
    for (UsagePrintout report : reports) {
      out.print(between);
      report.table(out, style);
      between = "\n";
    }
  }
}
