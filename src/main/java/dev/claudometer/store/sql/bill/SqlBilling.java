package dev.claudometer.store.sql.bill;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledBucket;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.OrganizationEntry;
import dev.claudometer.model.SpendCap;
import dev.claudometer.model.SpendLimit;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.bill.BilledCharge;
import dev.claudometer.store.bill.BilledSum;
import dev.claudometer.store.bill.BilledTotals;
import dev.claudometer.store.bill.Billing;
import dev.claudometer.store.bill.MonthSeal;
import dev.claudometer.store.poll.Poll;
import dev.claudometer.store.sql.bill.BucketTable.Outcome;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.Ledger;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.engine.PollTable;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Anthropic's bills in a database.
public final class SqlBilling implements Billing {

  private static final String SUMS = BucketTable.sums();

  private final Database database;
  private final NameTable names;
  private final TotalTable totals;
  private final HighWaterTable told;
  private final DayTable days;
  private final BucketTable buckets;
  private final EntryTable entries;
  private final SealTable seals;
  private final SpendLimitTable limits;
  private final PollTable polls;
  private final Ledger ledger;

  public SqlBilling(Database database) {
    this.database = database;
    names = new NameTable(database);
    totals = new TotalTable(database, names);
    told = new HighWaterTable(database, names);
    days = new DayTable(database, names);
    days.make();
    buckets = new BucketTable(database, names, totals);
    entries = new EntryTable(database);
    seals = new SealTable(database);
    limits = new SpendLimitTable(database);
    polls = new PollTable(database);
    ledger = new Ledger(database);
  }

  @Override
  public Placed put(List<BilledBucket> all, Poll poll) {
    return database.transaction(
        () -> {
          ledger.open();
          long revision = ledger.next();
          var outcomes = new EnumMap<Outcome, Integer>(Outcome.class);
          Set<Day> changed = new LinkedHashSet<>();
          for (BilledBucket bucket : all) {
            Outcome outcome = buckets.put(bucket, revision);
            outcomes.merge(outcome, 1, Integer::sum);
            if (outcome != Outcome.UNCHANGED && outcome != Outcome.OUTDATED) {
              changed.add(Day.of(bucket));
            }
          }
          for (Day day : changed) {
            days.renew(day.report(), day.number());
          }
          Placed placed = placed(outcomes);
          if (placed.added() + placed.revised() + placed.grown() > 0) {
            // who asked at an earlier revision has to ask again
            ledger.close();
          }
          polls.put(poll);
          return placed;
        },
        names::forget);
  }

  private static Placed placed(Map<Outcome, Integer> outcomes) {
    return new Placed(
        outcomes.getOrDefault(Outcome.ADDED, 0),
        outcomes.getOrDefault(Outcome.REVISED, 0),
        outcomes.getOrDefault(Outcome.GROWN, 0),
        outcomes.getOrDefault(Outcome.UNCHANGED, 0),
        outcomes.getOrDefault(Outcome.OUTDATED, 0));
  }

  private record Day(BilledReport report, long number) {

    static Day of(BilledBucket bucket) {
      long millis = bucket.from().toEpochMilli();
      return new Day(bucket.report(), Math.floorDiv(millis, DayTable.DAY_MILLIS));
    }
  }

  private record Days(long from, long to) {

    /// Null where a range does not consist of whole days.
    static @Nullable Days of(TimeRange range) {
      long from = range.from().toEpochMilli();
      long to = range.to().toEpochMilli();
      boolean whole =
          (from == Long.MIN_VALUE || from % DayTable.DAY_MILLIS == 0)
              && (to == Long.MAX_VALUE || to % DayTable.DAY_MILLIS == 0);
      return whole
          ? new Days(
              Math.floorDiv(from, DayTable.DAY_MILLIS), Math.floorDiv(to, DayTable.DAY_MILLIS))
          : null;
    }
  }

  @Override
  public List<BilledSum> sums(
      BilledReport report, TimeRange range, Duration step, Set<BilledDimension> by) {
    Days whole = Days.of(range);
    if (whole != null && by.size() < 2 && step.toMillis() % DayTable.DAY_MILLIS == 0) {
      return days.sums(report.name(), whole.from(), whole.to(), step.toDays(), one(by)).stream()
          .map(
              sum ->
                  new BilledSum(
                      Instant.ofEpochMilli(sum.day() * DayTable.DAY_MILLIS),
                      sum.group(),
                      sum.amounts()))
          .toList();
    }
    return ofLines(report, range, step, by);
  }

  private static @Nullable BilledDimension one(Set<BilledDimension> by) {
    return by.isEmpty() ? null : by.iterator().next();
  }

  private List<BilledSum> ofLines(
      BilledReport report, TimeRange range, Duration step, Set<BilledDimension> by) {
    var sums = new LineSums(names, by);
    long millis = step.toMillis();
    Days whole = Days.of(range);
    if (whole != null && millis % DayTable.DAY_MILLIS == 0) {
      days.lines(report, whole.from(), whole.to(), step.toDays(), sums);
    } else {
      database.query(
          SUMS,
          row -> sums.add(row.getLong(1) * millis, row.getLong(2), BucketTable.amounts(row, 3)),
          millis,
          names.find(report.name()),
          range.from().toEpochMilli(),
          range.to().toEpochMilli());
    }
    return sums.sums();
  }

  @Override
  public List<BilledCharge> charges(TimeRange range) {
    Days whole = wholeDays(range);
    return days.charges(whole.from(), whole.to());
  }

  @Override
  public Set<String> named(BilledReport report, TimeRange range, BilledDimension dimension) {
    Days whole = wholeDays(range);
    return days.named(report, whole.from(), whole.to(), dimension);
  }

  private static Days wholeDays(TimeRange range) {
    Days whole = Days.of(range);
    if (whole == null) {
      throw new IllegalArgumentException(range + " is not of whole UTC days");
    }
    return whole;
  }

  @Override
  public Map<BilledGroup, BilledAmounts> sums(
      BilledReport report, TimeRange range, Set<BilledDimension> by) {
    Map<BilledGroup, BilledAmounts> sums = new HashMap<>();
    Days whole = Days.of(range);
    if (whole != null && by.size() < 2) {
      days.sums(report.name(), whole.from(), whole.to(), 0, one(by))
          .forEach(sum -> sums.merge(sum.group(), sum.amounts(), BilledAmounts::plus));
      return sums;
    }
    for (BilledSum sum : ofLines(report, range, Duration.ofDays(1), by)) {
      sums.merge(sum.group(), sum.amounts(), BilledAmounts::plus);
    }
    return sums;
  }

  @Override
  public @Nullable TimeRange known(BilledReport report) {
    return database
        .query(
            """
            SELECT MIN(starts_at), MAX(ends_at) FROM billed_bucket WHERE report = ?
            HAVING COUNT(*) > 0\
            """,
            row ->
                new TimeRange(
                    Instant.ofEpochMilli(row.getLong(1)), Instant.ofEpochMilli(row.getLong(2))),
            names.find(report.name()))
        .stream()
        .findFirst()
        .orElse(null);
  }

  @Override
  public List<Instant> revised(BilledReport report, TimeRange range) {
    return buckets.revised(report, range.from(), range.to());
  }

  @Override
  public BilledTotals totals(long after) {
    return totals.since(after);
  }

  @Override
  public Map<BilledGroup, BilledAmounts> tell(
      String counter, Map<BilledGroup, BilledAmounts> sums) {
    if (!sums.isEmpty()) {
      database.transaction(
          () -> {
            told.raise(counter, sums);
            return sums;
          },
          names::forget);
    }
    return told.told(counter);
  }

  @Override
  public void name(List<OrganizationEntry> told, Poll poll) {
    database.transaction(
        () -> {
          for (OrganizationEntry entry : told) {
            entries.put(entry);
          }
          polls.put(poll);
          return told.size();
        });
  }

  @Override
  public List<OrganizationEntry> entries() {
    return entries.all();
  }

  @Override
  public void limit(List<SpendLimit> told, List<SpendCap> caps, Poll poll) {
    database.transaction(
        () -> {
          limits.put(told);
          limits.putCaps(caps);
          polls.put(poll);
          return told.size();
        });
  }

  @Override
  public List<SpendLimit> spendLimits() {
    return limits.all();
  }

  @Override
  public List<SpendCap> spendCaps() {
    return limits.caps();
  }

  @Override
  public MonthSeal seal(YearMonth month, Instant at, String by, String content) {
    return database.transaction(() -> seals.add(month, at, by, content));
  }

  @Override
  public List<MonthSeal> seals() {
    return seals.all();
  }

  @Override
  public List<String> brokenSeals() {
    return seals.broken();
  }

  @Override
  public Poll poll(String source) {
    return polls.of(source);
  }

  @Override
  public void keep(Poll poll) {
    polls.keep(poll);
  }
}
