package dev.claudometer.cli.text;

import java.io.PrintStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A bill in all forms.
public record BillPrintout(BillReport bill) implements Printout {

  @Override
  public Map<String, @Nullable Object> document() {
    return new BillJson(bill).document();
  }

  @Override
  public Sheet sheet() {
    return new BillJson(bill).sheet();
  }

  @Override
  public void table(PrintStream out, Style style) {
    new BillTable(bill, style).print(out);
  }
}
