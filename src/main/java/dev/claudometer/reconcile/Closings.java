package dev.claudometer.reconcile;

import static java.time.ZoneOffset.UTC;

import dev.claudometer.model.Usd;
import dev.claudometer.store.bill.MonthSeal;
import dev.claudometer.store.bill.MonthSeals;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/// What a reconciliation has to say of its months that were closed.
record Closings(MonthSeals seals) {

  /// A sentence for each month that is whole within a period and was closed, and for each seal of
  /// any month that was changed or is missing: it may have been of these days.
  ///
  /// @param days the period's days in UTC
  List<String> notes(Period period, Supplier<List<Reconciliation.Row>> days) {
    Map<YearMonth, MonthSeal> last = new LinkedHashMap<>();
    seals.seals().stream()
        .filter(seal -> !seal.month().atDay(1).isBefore(period.first()))
        .filter(seal -> !seal.month().atEndOfMonth().isAfter(period.last()))
        .forEach(seal -> last.put(seal.month(), seal));
    List<String> notes = new ArrayList<>();
    if (!last.isEmpty()) {
      List<Reconciliation.Row> rows = days.get();
      last.forEach((month, seal) -> notes.add(note(month, seal, rows)));
    }
    seals.brokenSeals().forEach(problem -> notes.add("Closed months: " + problem + "."));
    return notes;
  }

  private static String note(YearMonth month, MonthSeal seal, List<Reconciliation.Row> rows) {
    List<Correction> corrections =
        SealedFigures.of(rows.stream().filter(row -> row.name().startsWith(month + "-")).toList())
            .since(SealedFigures.of(seal.content()));
    String closed =
        "Closed: "
            + month
            + " on "
            + LocalDate.ofInstant(seal.at(), UTC)
            + " by "
            + seal.by()
            + "; ";
    return corrections.isEmpty()
        ? closed + "nothing has changed since."
        : closed
            + (corrections.size() == 1 ? "1 figure is" : corrections.size() + " figures are")
            + " not as then, billed by $"
            + sum(corrections, "billed").dollars().toPlainString()
            + " and counted by $"
            + sum(corrections, "counted").dollars().toPlainString()
            + ": claudometer reconcile --closed "
            + month
            + ".";
  }

  private static Usd sum(List<Correction> corrections, String what) {
    return corrections.stream()
        .filter(correction -> correction.what().equals(what))
        .map(
            correction ->
                Objects.requireNonNullElse(correction.cost(), Usd.ZERO)
                    .minus(Objects.requireNonNullElse(correction.costBefore(), Usd.ZERO)))
        .reduce(Usd.ZERO, Usd::plus);
  }
}
