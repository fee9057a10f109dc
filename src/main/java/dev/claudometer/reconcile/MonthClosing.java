package dev.claudometer.reconcile;

import static java.time.ZoneOffset.UTC;

import dev.claudometer.store.bill.MonthSeal;
import dev.claudometer.store.bill.MonthSeals;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Closes months: their days are sealed as they are, and what changes later is told as a
/// correction.
public final class MonthClosing {

  private static final Set<DifferenceCause> OPEN =
      Set.of(DifferenceCause.NOT_BILLED_YET, DifferenceCause.NOT_READ);

  private final Reconciler reconciler;
  private final MonthSeals seals;

  public MonthClosing(Reconciler reconciler, MonthSeals seals) {
    this.reconciler = reconciler;
    this.seals = seals;
  }

  /// What became of closing.
  ///
  /// @param obstacle why the month could not be closed; empty where it was
  public record Outcome(ClosedMonth month, String obstacle) {}

  /// Closes a month in UTC; one that was closed before only where something has changed.
  public Outcome close(YearMonth month, String by, Instant now) {
    Reconciliation days = days(month, now);
    SealedFigures figures = SealedFigures.of(days.rows());
    MonthSeal last = last(month);
    String obstacle = obstacle(month, days, now);
    if (obstacle.isEmpty() && last != null && figures.text().equals(last.content())) {
      obstacle = month + " is closed, and nothing has changed since";
    }
    if (obstacle.isEmpty()) {
      seals.seal(month, now, by, figures.text());
    }
    return new Outcome(closed(month, figures), obstacle);
  }

  private static String obstacle(YearMonth month, Reconciliation days, Instant now) {
    if (month.plusMonths(1).atDay(1).atStartOfDay(UTC).toInstant().isAfter(now)) {
      return month + " is not over in UTC";
    }
    List<Part> parts = days.parts();
    return parts == null || parts.stream().anyMatch(part -> OPEN.contains(part.cause()))
        ? "Anthropic's bill is not known of all days of " + month
        : "";
  }

  /// What is known of the closing of a month.
  public ClosedMonth closed(YearMonth month, Instant now) {
    return last(month) == null
        ? new ClosedMonth(month.toString(), seals.brokenSeals(), List.of(), List.of())
        : closed(month, SealedFigures.of(days(month, now).rows()));
  }

  private Reconciliation days(YearMonth month, Instant now) {
    return reconciler.reconcile(Period.of(month, UTC), By.DAY, now);
  }

  private @Nullable MonthSeal last(YearMonth month) {
    return of(month).stream().reduce((_, later) -> later).orElse(null);
  }

  private List<MonthSeal> of(YearMonth month) {
    return seals.seals().stream().filter(seal -> seal.month().equals(month)).toList();
  }

  private ClosedMonth closed(YearMonth month, SealedFigures now) {
    List<ClosedMonth.Seal> closings = new ArrayList<>();
    SealedFigures before = null;
    for (MonthSeal seal : of(month)) {
      SealedFigures figures = SealedFigures.of(seal.content());
      closings.add(
          new ClosedMonth.Seal(
              seal.number(),
              seal.at(),
              seal.by(),
              seal.hash(),
              before == null ? List.of() : figures.since(before)));
      before = figures;
    }
    return new ClosedMonth(
        month.toString(),
        seals.brokenSeals(),
        closings,
        before == null ? List.of() : now.since(before));
  }
}
