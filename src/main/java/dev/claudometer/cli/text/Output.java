package dev.claudometer.cli.text;

import dev.claudometer.json.PrintedJson;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/// Where and in which form answers are printed.
///
/// @param filter a jq filter for JSON, null for all of it
/// @param style of tables, and whether costs are shown in any form
public record Output(PrintStream out, Form form, @Nullable String filter, Style style) {

  /// A form that answers can have.
  public enum Form {
    TABLE,
    JSON,
    CSV
  }

  public void print(Printout answer) {
    switch (form) {
      case TABLE -> answer.table(out, style);
      case CSV -> answer.sheet().print(out, style.costs());
      case JSON -> json(answer.document());
    }
  }

  private void json(@Nullable Object document) {
    Object shown = style.costs() ? document : Costs.without(document);
    if (filter == null) {
      PrintedJson.print(out, shown);
    } else {
      JqFilter.print(out, shown, filter);
    }
  }
}
