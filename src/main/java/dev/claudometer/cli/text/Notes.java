package dev.claudometer.cli.text;

import dev.claudometer.usage.CostMode;
import dev.claudometer.usage.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What a reader must know to trust a report's sums: what has no price, and what had not ended.
final class Notes {

  private Notes() {}

  static List<String> of(UsageRow sum, CostMode mode, Style style) {
    List<String> notes = new ArrayList<>();
    Totals totals = sum.totals();
    if (totals.unpriced(mode) > 0 && style.costs()) {
      String models =
          sum.unpricedModels(mode).stream()
              .map(id -> Printable.of(id.isEmpty() ? "unknown" : id))
              .collect(Collectors.joining(", "));
      notes.add(
          style.warn(
              "+ "
                  + style.number(totals.unpriced(mode))
                  + " of "
                  + (totals.parts() == 0
                      ? style.count(totals.billed(), "response", "responses")
                      : style.number(totals.billed()) + " responses and parts")
                  + (mode == CostMode.DISPLAY
                      ? " of which the client wrote no cost: "
                      : " without a known price, not in the cost: ")
                  + models));
    }
    if (totals.unfinalised() > 0) {
      double share = 100.0 * totals.unfinalised() / totals.responses();
      notes.add(
          style.dim(
              String.format(
                  Locale.ROOT,
                  totals.unfinalised() == 1
                      ? "%s of %s (%.1f %%) is unfinalised: its output is what the log says, and may"
                          + " be too low ('claudometer doctor' explains)"
                      : "%s of %s (%.1f %%) are unfinalised: their output is what the log says, and"
                          + " may be too low ('claudometer doctor' explains)",
                  style.number(totals.unfinalised()),
                  style.count(totals.responses(), "response", "responses"),
                  share)));
    }
    return notes;
  }
}
