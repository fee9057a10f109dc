package dev.claudometer.report.bill;

import static java.time.ZoneOffset.UTC;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledReport;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.bill.BilledSum;
import dev.claudometer.store.bill.Billing;
import dev.claudometer.usage.PeriodKind;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What an organisation used and was billed, by UTC day or month. Tokens, requests and money come
/// from three reports: what one does not tell is unknown, not zero.
public final class BillRows {

  private static final Duration DAY = Duration.ofDays(1);

  private final Billing billing;
  private final TimeRange range;
  private final PeriodKind kind;
  private final Known known;

  /// Of the periods in a range.
  ///
  /// @param kind days or months
  public BillRows(Billing billing, TimeRange range, PeriodKind kind) {
    this.billing = billing;
    this.range = range;
    this.kind = kind;
    known = new Known(billing);
  }

  /// What reports say of a group in a period; null is unknown.
  ///
  /// @param first the first day of the period
  /// @param group empty where nothing is split
  public record UsageRow(
      LocalDate first,
      String group,
      @Nullable BilledAmounts tokens,
      @Nullable BilledAmounts requests,
      BilledCost cost) {}

  /// What a person did with Claude Code in a period.
  ///
  /// @param models tokens and estimated cost
  public record WorkRow(
      LocalDate first,
      String person,
      BilledAmounts work,
      BilledAmounts edits,
      BilledAmounts models) {}

  private record Key(LocalDate first, String group) {

    static final Comparator<Key> ORDER = Comparator.comparing(Key::first).thenComparing(Key::group);
  }

  private final class Cells {

    private final Map<Key, Map<BilledReport, BilledAmounts>> cells = new TreeMap<>(Key.ORDER);
    private final Map<Key, Long> unbilled = new HashMap<>();

    void add(BilledReport report, Set<BilledDimension> by, Function<BilledSum, String> group) {
      for (BilledSum sum : billing.sums(report, range, DAY, by)) {
        cells
            .computeIfAbsent(new Key(first(sum.at()), group.apply(sum)), _ -> new TreeMap<>())
            .merge(report, sum.amounts(), BilledAmounts::plus);
      }
    }

    void addUnbilled(Set<BilledDimension> by, Function<BilledSum, String> group) {
      for (BilledSum sum : new Unbilled(billing).sums(range, DAY, by)) {
        var key = new Key(first(sum.at()), group.apply(sum));
        cells.computeIfAbsent(key, _ -> new TreeMap<>());
        unbilled.merge(key, sum.amounts().tokens().total(), Long::sum);
      }
    }
  }

  /// A month begins on its first day, whatever a week does.
  private LocalDate first(Instant at) {
    return kind.first(LocalDate.ofInstant(at, UTC), DayOfWeek.MONDAY);
  }

  /// What reports say of each period and group.
  ///
  /// @param by null for no split
  public List<UsageRow> usage(@Nullable BillBy by) {
    var names = new BillNames(billing.entries());
    var cells = new Cells();
    for (BilledReport report :
        List.of(
            BilledReport.MESSAGES,
            BilledReport.REQUESTS,
            BilledReport.COST,
            BilledReport.KEY_COST)) {
      if (by == null && report != BilledReport.KEY_COST) {
        cells.add(report, Set.of(), _ -> "");
      } else if (by != null && by.toldBy(report)) {
        cells.add(report, by.dimensions(), sum -> names.of(by, sum.group()));
      }
    }
    if (by == null) {
      cells.addUnbilled(Set.of(), _ -> "");
    } else if (by.toldBy(BilledReport.MESSAGES)) {
      cells.addUnbilled(by.dimensions(), sum -> names.of(by, sum.group()));
    } else {
      cells.addUnbilled(Set.of(), _ -> BillNames.PRIORITY);
    }
    List<UsageRow> rows = new ArrayList<>();
    cells.cells.forEach(
        (key, told) -> rows.add(usage(key, told, by, cells.unbilled.getOrDefault(key, 0L))));
    return rows;
  }

  private UsageRow usage(
      Key key, Map<BilledReport, BilledAmounts> told, @Nullable BillBy by, long unbilled) {
    BilledReport bill =
        by == null || by.toldBy(BilledReport.COST) ? BilledReport.COST : BilledReport.KEY_COST;
    return new UsageRow(
        key.first(),
        key.group(),
        said(key, told, by, BilledReport.MESSAGES),
        said(key, told, by, BilledReport.REQUESTS),
        BilledCost.of(told.get(bill), said(key, told, by, bill), unbilled));
  }

  private @Nullable BilledAmounts said(
      Key key, Map<BilledReport, BilledAmounts> told, @Nullable BillBy by, BilledReport report) {
    BilledAmounts amounts = told.get(report);
    return by == null || by.toldBy(report)
        ? known.said(report, period(key.first()), amounts)
        : amounts;
  }

  private TimeRange period(LocalDate first) {
    return new TimeRange(
        first.atStartOfDay(UTC).toInstant(), kind.next(first).atStartOfDay(UTC).toInstant());
  }

  /// What people did with Claude Code, as Anthropic counts it. The three reports come from one
  /// record each: what one of them lacks is none.
  public List<WorkRow> claudeCode() {
    var cells = new Cells();
    for (BilledReport report :
        List.of(
            BilledReport.CLAUDE_CODE,
            BilledReport.CLAUDE_CODE_TOOLS,
            BilledReport.CLAUDE_CODE_MODELS)) {
      cells.add(report, Set.of(BilledDimension.ACTOR), BillRows::actor);
    }
    List<WorkRow> rows = new ArrayList<>();
    cells.cells.forEach(
        (key, told) ->
            rows.add(
                new WorkRow(
                    key.first(),
                    key.group(),
                    Known.orNone(told.get(BilledReport.CLAUDE_CODE)),
                    Known.orNone(told.get(BilledReport.CLAUDE_CODE_TOOLS)),
                    Known.orNone(told.get(BilledReport.CLAUDE_CODE_MODELS)))));
    return rows;
  }

  private static String actor(BilledSum sum) {
    String actor = sum.group().value(BilledDimension.ACTOR);
    return actor == null || actor.isEmpty() ? "(" + BilledDimension.ACTOR.none() + ")" : actor;
  }
}
