package dev.claudometer.report.bill;

import static java.time.ZoneOffset.UTC;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.Measure;
import dev.claudometer.model.Usd;
import dev.claudometer.report.Interval;
import dev.claudometer.report.Money;
import dev.claudometer.report.Question;
import dev.claudometer.report.Split;
import dev.claudometer.report.TimeSeries;
import dev.claudometer.report.UsageAnswers;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.bill.BilledSum;
import dev.claudometer.store.bill.Billing;
import dev.claudometer.usage.Totals;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What was counted beside what Anthropic says, by UTC day and model, and the difference.
public final class BillComparison {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Set<BilledDimension> BY_MODEL = Set.of(BilledDimension.MODEL);

  private final UsageAnswers usage;
  private final Billing billing;

  public BillComparison(UsageAnswers usage, Billing billing) {
    this.usage = usage;
    this.billing = billing;
  }

  /// A day of a model. What is told of no model, such as web searches, has an empty one.
  ///
  /// @param counted by us
  /// @param billed what it cost, says the cost report
  /// @param told its tokens, says the report of messages; null is unknown
  public record Row(
      LocalDate day,
      String model,
      Totals counted,
      BilledCost billed,
      @Nullable BilledAmounts told) {

    /// What was billed beyond what was counted; null where one of them is unknown.
    public @Nullable Usd costDifference() {
      Usd theirs = billed.total();
      Usd ours = Money.of(counted).known();
      return theirs == null || ours == null ? null : theirs.minus(ours);
    }

    public @Nullable Long toldTokens(Measure measure) {
      return told == null ? null : told.of(measure);
    }

    public @Nullable Long toldCacheWrite() {
      return told == null ? null : told.cacheWrite();
    }
  }

  private record Key(LocalDate day, String model) {

    /// The latest day first.
    static final Comparator<Key> ORDER =
        Comparator.comparing(Key::day).reversed().thenComparing(Key::model);

    TimeRange range() {
      return new TimeRange(
          day.atStartOfDay(UTC).toInstant(), day.plusDays(1).atStartOfDay(UTC).toInstant());
    }
  }

  /// The latest day first.
  public List<Row> rows(Question question) {
    Map<Key, Totals> counted = new HashMap<>();
    for (TimeSeries.Point point :
        usage.series(question.at(UTC).split(Split.MODEL), Interval.DAY).points()) {
      counted.put(key(point.at(), point.key()), point.totals());
    }
    Map<Key, BilledAmounts> billed = byModel(BilledReport.COST, question);
    Map<Key, BilledAmounts> told = byModel(BilledReport.MESSAGES, question);
    Map<Key, Long> unbilled = unbilled(question);
    Set<Key> keys = new TreeSet<>(Key.ORDER);
    keys.addAll(counted.keySet());
    keys.addAll(billed.keySet());
    keys.addAll(told.keySet());
    var known = new Known(billing);
    return keys.stream()
        .map(
            key ->
                new Row(
                    key.day(),
                    key.model(),
                    counted.getOrDefault(key, Totals.ZERO),
                    BilledCost.of(
                        billed.get(key),
                        known.said(BilledReport.COST, key.range(), null),
                        unbilled.getOrDefault(key, 0L)),
                    known.said(BilledReport.MESSAGES, key.range(), told.get(key))))
        .toList();
  }

  private Map<Key, BilledAmounts> byModel(BilledReport report, Question question) {
    Map<Key, BilledAmounts> sums = new HashMap<>();
    for (BilledSum sum : billing.sums(report, question.range(), DAY, BY_MODEL)) {
      sums.merge(key(sum), sum.amounts(), BilledAmounts::plus);
    }
    return sums;
  }

  private Map<Key, Long> unbilled(Question question) {
    Map<Key, Long> tokens = new HashMap<>();
    for (BilledSum sum : new Unbilled(billing).sums(question.range(), DAY, BY_MODEL)) {
      tokens.merge(key(sum), sum.amounts().tokens().total(), Long::sum);
    }
    return tokens;
  }

  private static Key key(BilledSum sum) {
    String model = sum.group().value(BilledDimension.MODEL);
    return key(sum.at(), model == null ? "" : model);
  }

  private static Key key(Instant at, String model) {
    return new Key(LocalDate.ofInstant(at, UTC), model);
  }
}
