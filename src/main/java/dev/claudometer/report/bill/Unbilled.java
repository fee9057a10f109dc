package dev.claudometer.report.bill;

import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.bill.BilledSum;
import dev.claudometer.store.bill.Billing;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Usage whose dollars no report tells: Priority Tier is billed by a contract of its own, so its
/// tokens stand in the usage report and not in the cost report ("Priority Tier costs use a
/// different billing model and are not included", Usage and Cost API). Should a cost row of that
/// tier come after all, its usage is billed.
public final class Unbilled {

  private static final Duration DAY = Duration.ofDays(1);

  private static final Set<BilledDimension> TIER = EnumSet.of(BilledDimension.SERVICE_TIER);

  /// What the cost report is split by, of what the usage report is split by.
  private static final Set<BilledDimension> IN_BOTH =
      EnumSet.of(
          BilledDimension.WORKSPACE,
          BilledDimension.MODEL,
          BilledDimension.CONTEXT_WINDOW,
          BilledDimension.INFERENCE_GEO);

  private final Billing billing;

  public Unbilled(Billing billing) {
    this.billing = billing;
  }

  private record Cell(Instant day, BilledGroup group) {

    static Cell of(BilledSum sum, Set<BilledDimension> by) {
      long millis = sum.at().toEpochMilli();
      return new Cell(
          Instant.ofEpochMilli(millis - Math.floorMod(millis, DAY.toMillis())), sum.group().by(by));
    }
  }

  /// Its tokens by step and group; none where all of them are in a report of cost.
  ///
  /// @param step steps begin at multiples of it since the epoch (UTC)
  public List<BilledSum> sums(TimeRange range, Duration step, Set<BilledDimension> by) {
    List<Instant> used =
        priority(BilledReport.MESSAGES, range, DAY, TIER).map(BilledSum::at).sorted().toList();
    if (used.isEmpty()) {
      return List.of();
    }
    TimeRange near = within(range, used.getFirst(), used.getLast().plus(DAY));
    Set<BilledDimension> same = EnumSet.copyOf(IN_BOTH);
    same.retainAll(by);
    Set<Cell> billed = billed(near, same);
    return priority(BilledReport.MESSAGES, near, step, tiered(by))
        .filter(sum -> !billed.contains(Cell.of(sum, same)))
        .map(sum -> new BilledSum(sum.at(), sum.group().by(by), sum.amounts()))
        .toList();
  }

  private Set<Cell> billed(TimeRange range, Set<BilledDimension> by) {
    boolean any = priority(BilledReport.COST, range, DAY, TIER).findAny().isPresent();
    return any
        ? Set.copyOf(
            priority(BilledReport.COST, range, DAY, tiered(by))
                .map(sum -> Cell.of(sum, by))
                .distinct()
                .toList())
        : Set.of();
  }

  private Stream<BilledSum> priority(
      BilledReport report, TimeRange range, Duration step, Set<BilledDimension> by) {
    return billing.sums(report, range, step, by).stream()
        .filter(sum -> inPriority(sum.group()))
        .filter(sum -> report == BilledReport.COST || sum.amounts().tokens().total() > 0);
  }

  /// The same of totals of all time, in which no days are told apart.
  ///
  /// @param used groups of the usage report, by some dimensions and the tier
  /// @param billed groups of the cost report, by whatever it is split
  public static Set<BilledGroup> among(
      Set<BilledGroup> used, Set<BilledGroup> billed, Set<BilledDimension> by) {
    Set<BilledGroup> told = billed.stream().map(bill -> bill.named(by)).collect(Collectors.toSet());
    return used.stream()
        .filter(group -> inPriority(group) && !told.contains(group))
        .collect(Collectors.toSet());
  }

  /// `priority`, and whatever other tiers of that kind are named.
  private static boolean inPriority(BilledGroup group) {
    return group.named(BilledDimension.SERVICE_TIER).startsWith("priority");
  }

  private static Set<BilledDimension> tiered(Set<BilledDimension> by) {
    Set<BilledDimension> tiered = EnumSet.copyOf(TIER);
    tiered.addAll(by);
    return tiered;
  }

  private static TimeRange within(TimeRange range, Instant from, Instant to) {
    return new TimeRange(
        from.isAfter(range.from()) ? from : range.from(),
        to.isBefore(range.to()) ? to : range.to());
  }
}
