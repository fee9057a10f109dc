package dev.claudometer.report.bill;

import static java.time.ZoneOffset.UTC;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.OrganizationEntry;
import dev.claudometer.model.OrganizationEntry.Kind;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.bill.BilledSum;
import dev.claudometer.store.bill.Billing;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What Anthropic says a whole organisation used and was billed. Reports count each for itself:
/// none is added to another, nor to what was counted.
public final class BillAnswers {

  private static final Duration DAY = Duration.ofDays(1);

  private final Billing billing;

  public BillAnswers(Billing billing) {
    this.billing = billing;
  }

  /// What members may spend, and have spent, as it was told last.
  public List<MemberSpending> spending() {
    return billing.spendLimits().stream().map(MemberSpending::of).toList();
  }

  /// The spend limits that are configured, as they were told last.
  public List<ConfiguredLimit> configured() {
    var names = new BillNames(billing.entries());
    Map<String, String> members =
        spending().stream()
            .collect(
                Collectors.toMap(MemberSpending::member, MemberSpending::called, (one, _) -> one));
    return billing.spendCaps().stream()
        .map(cap -> ConfiguredLimit.of(cap, members.getOrDefault(cap.of(), names.name(cap.of()))))
        .toList();
  }

  /// How far a report is known. Outside of it usage is unknown, not none.
  ///
  /// @param revised buckets that were changed after they had ended
  public record ReportState(
      BilledReport report, @Nullable Instant from, @Nullable Instant to, int revised) {}

  public record Organization(String name, List<ReportState> reports) {}

  /// A part of a group.
  ///
  /// @param id null where Anthropic names nothing: `name` says what that means
  public record Part(@Nullable String id, String name) {}

  /// An hour or a day of a report.
  ///
  /// @param group a dimension that the report is not grouped by is not in it
  /// @param unbilledTokens of a report of cost: tokens whose dollars it does not tell, see
  ///   [Unbilled]
  public record Bucket(
      Instant at, Map<BilledDimension, Part> group, BilledAmounts amounts, long unbilledTokens) {}

  /// What a report tells of one group in a whole period.
  ///
  /// @param unbilledTokens as above
  public record GroupSum(String name, BilledAmounts amounts, long unbilledTokens) {

    public BilledCost cost() {
      return new BilledCost(amounts.cost(), unbilledTokens);
    }
  }

  public Organization organization() {
    return new Organization(name(), Stream.of(BilledReport.values()).map(this::state).toList());
  }

  /// Empty where it is not known.
  public String name() {
    return billing.entries().stream()
        .filter(entry -> entry.kind() == Kind.ORGANIZATION)
        .map(OrganizationEntry::name)
        .findFirst()
        .orElse("");
  }

  private ReportState state(BilledReport report) {
    TimeRange known = billing.known(report);
    return new ReportState(
        report,
        known == null ? null : known.from(),
        known == null ? null : known.to(),
        billing.revised(report, TimeRange.ALL).size());
  }

  /// What a report tells of each step of a period, by time and then by group.
  public List<Bucket> buckets(
      BilledReport report, TimeRange range, Duration step, Set<BilledDimension> by) {
    var names = new BillNames(billing.entries());
    var cells = new BillCells<At>();
    billing
        .sums(report, range, step, by)
        .forEach(sum -> cells.tell(new At(sum.at(), sum.group()), sum.amounts()));
    unbilled(report, range, step, by)
        .forEach(sum -> cells.lack(new At(sum.at(), sum.group()), sum.amounts()));
    return cells.keys().stream()
        .map(
            key ->
                new Bucket(
                    key.at(), group(key.group(), names), cells.amounts(key), cells.unbilled(key)))
        .sorted(
            Comparator.comparing(Bucket::at)
                .thenComparing(bucket -> String.valueOf(bucket.group())))
        .toList();
  }

  private record At(Instant at, BilledGroup group) {}

  private List<BilledSum> unbilled(
      BilledReport report, TimeRange range, Duration step, Set<BilledDimension> by) {
    boolean cost = report == BilledReport.COST || report == BilledReport.KEY_COST;
    return cost ? new Unbilled(billing).sums(range, step, by) : List.of();
  }

  private static Map<BilledDimension, Part> group(BilledGroup group, BillNames names) {
    Map<BilledDimension, Part> parts = new LinkedHashMap<>();
    group
        .values()
        .forEach(
            (dimension, id) ->
                parts.put(
                    dimension,
                    id.isEmpty()
                        ? new Part(null, dimension.none())
                        : new Part(id, names.name(id))));
    return parts;
  }

  /// What a report tells of a whole period, by the name of each group.
  public List<GroupSum> groups(BilledReport report, TimeRange range, BilledDimension by) {
    var names = new BillNames(billing.entries());
    var cells = new BillCells<String>();
    billing
        .sums(report, range, Set.of(by))
        .forEach((group, amounts) -> cells.tell(name(group, by, names, ""), amounts));
    unbilled(report, range, DAY, Set.of(by))
        .forEach(
            sum -> cells.lack(name(sum.group(), by, names, BillNames.PRIORITY), sum.amounts()));
    return sums(cells);
  }

  private static String name(
      BilledGroup group, BilledDimension by, BillNames names, String ungrouped) {
    String id = group.value(by);
    return id == null ? ungrouped : id.isEmpty() ? by.none() : names.name(id);
  }

  private static List<GroupSum> sums(BillCells<String> cells) {
    return cells.keys().stream()
        .sorted()
        .map(name -> new GroupSum(name, cells.amounts(name), cells.unbilled(name)))
        .toList();
  }

  /// What a report tells of each UTC day, without any split.
  public List<GroupSum> days(BilledReport report, TimeRange range) {
    var cells = new BillCells<String>();
    billing
        .sums(report, range, DAY, Set.of())
        .forEach(sum -> cells.tell(day(sum.at()), sum.amounts()));
    unbilled(report, range, DAY, Set.of()).forEach(sum -> cells.lack(day(sum.at()), sum.amounts()));
    return sums(cells);
  }

  /// What a report tells of one UTC day, by [BilledGroup#named]; nothing where it does not reach
  /// the day yet. A group that it told of before and does not name used none, unless its dollars
  /// are in no report: then it is left out.
  ///
  /// @param before what it ever told of each group
  public Map<BilledGroup, BilledAmounts> day(
      BilledReport report,
      LocalDate day,
      Set<BilledDimension> by,
      Map<BilledGroup, BilledAmounts> before) {
    Instant begin = day.atStartOfDay(UTC).toInstant();
    TimeRange known = billing.known(report);
    if (known == null || !known.to().isAfter(begin)) {
      return Map.of();
    }
    var range = new TimeRange(begin, begin.plus(DAY));
    Map<BilledGroup, BilledAmounts> sums = new LinkedHashMap<>();
    before.forEach((group, told) -> sums.put(group, told.none()));
    unbilled(report, range, DAY, by).forEach(sum -> sums.remove(sum.group().named(by)));
    for (BilledSum sum : billing.sums(report, range, DAY, by)) {
      sums.merge(sum.group().named(by), sum.amounts(), BilledAmounts::plus);
    }
    return sums;
  }

  private static String day(Instant at) {
    return LocalDate.ofInstant(at, UTC).toString();
  }
}
