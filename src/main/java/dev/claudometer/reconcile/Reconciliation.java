package dev.claudometer.reconcile;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.Usd;
import dev.claudometer.report.Money;
import dev.claudometer.report.bill.BilledCost;
import dev.claudometer.store.quality.Told;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was counted in some days beside what was billed for them. The parts are the whole
/// difference, to the nano-dollar.
///
/// @param last included
/// @param zone whose days were counted; bills are in UTC
/// @param counted as all reports count it
/// @param contract the same by contract; null where there is none
/// @param telemetry calls of these days that telemetry told of, among them those that it alone told
/// @param told by Anthropic's usage report; null where it is not known
/// @param billed by Anthropic's cost report, as far as it is known
/// @param parts null where nothing is known of the bill, and so of the difference
/// @param open what may be a part of the difference and cannot be put in dollars
/// @param rows the same, split as asked
public record Reconciliation(
    LocalDate first,
    LocalDate last,
    ZoneId zone,
    Money counted,
    @Nullable Usd contract,
    Told telemetry,
    @Nullable BilledAmounts told,
    BilledCost billed,
    @Nullable List<Part> parts,
    List<String> open,
    By by,
    List<Row> rows) {

  /// What was billed beyond what was counted; null where nothing is known of the bill.
  public @Nullable Usd difference() {
    return parts == null ? null : sum(parts);
  }

  /// The part of it that nothing explains; null as above.
  public @Nullable Usd unknown() {
    return parts == null ? null : unknown(parts);
  }

  private static Usd unknown(List<Part> parts) {
    return sum(parts.stream().filter(part -> part.cause() == DifferenceCause.UNKNOWN).toList());
  }

  private static Usd sum(List<Part> parts) {
    return parts.stream().map(Part::amount).reduce(Usd.ZERO, Usd::plus);
  }

  /// A part of the whole.
  ///
  /// @param name a UTC day, a model, a workspace, a key or a person
  /// @param counted null where transcripts do not tell whose it is, or nothing of it has a price
  /// @param told the tokens of the usage report at list prices; null where that cannot be known
  /// @param billed null where the bill is not split so, or not known
  /// @param parts of the difference, as far as the two are known; null where transcripts do not
  ///   tell whose they are
  public record Row(
      String name,
      @Nullable Usd counted,
      @Nullable Usd told,
      @Nullable Usd billed,
      @Nullable List<Part> parts) {

    public @Nullable Usd difference() {
      return parts == null || billed == null || counted == null ? null : sum(parts);
    }

    /// The part of it that nothing explains; null where it is not known.
    public @Nullable Usd unknown() {
      return parts == null || billed == null ? null : Reconciliation.unknown(parts);
    }
  }
}
