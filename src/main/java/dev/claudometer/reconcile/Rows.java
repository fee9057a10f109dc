package dev.claudometer.reconcile;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.Usd;
import dev.claudometer.reconcile.Reconciliation.Row;
import dev.claudometer.report.Money;
import dev.claudometer.store.bill.Billing;
import dev.claudometer.usage.Totals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The parts of a reconciliation by what was asked.
record Rows(Billing billing, SettledPeriod account) {

  private static final String MIDNIGHT = "(UTC midnight)";

  List<Row> of(By by) {
    return switch (by) {
      case DAY -> days();
      case MODEL -> models();
      case WORKSPACE -> workspaces();
      case KEY -> keys();
      case PERSON -> people();
    };
  }

  /// Rows while they are added up.
  private static final class Sums {
    private Totals counted = Totals.ZERO;
    private long billed;
    private boolean known;
    private @Nullable Long told = 0L;
    private final Tally tally = new Tally();

    void add(Settled cell) {
      counted = counted.plus(cell.counted());
      billed += cell.billed();
      known |= cell.known();
      told = told == null || cell.told() == null ? null : told + cell.told();
      tally.add(cell.tally());
    }

    Row row(String name) {
      return new Row(
          name,
          Money.of(counted).known(),
          told == null ? null : new Usd(told),
          known ? new Usd(billed) : null,
          tally.parts());
    }
  }

  private Map<String, Sums> sums(Function<CellKey, String> name) {
    Map<String, Sums> sums = new TreeMap<>();
    account
        .settled()
        .forEach(cell -> sums.computeIfAbsent(name.apply(cell.key()), _ -> new Sums()).add(cell));
    return sums;
  }

  /// The hours of other days stand in a row of their own.
  private List<Row> days() {
    List<Row> rows = utcDays();
    long beyond = account.midnight().values().stream().reduce(0L, Math::addExact);
    if (beyond != 0) {
      var tally = new Tally();
      tally.add(DifferenceCause.UTC_MIDNIGHT, beyond, "");
      rows.add(new Row(MIDNIGHT, new Usd(-beyond), Usd.ZERO, Usd.ZERO, tally.parts()));
    }
    return rows;
  }

  /// Days as they are billed.
  List<Row> utcDays() {
    List<Row> rows = new ArrayList<>();
    sums(key -> key.day().toString()).forEach((day, sums) -> rows.add(sums.row(day)));
    return rows;
  }

  private List<Row> models() {
    Map<String, Sums> sums = sums(CellKey::model);
    sums.values().forEach(row -> row.counted = Totals.ZERO);
    account
        .models()
        .forEach((model, totals) -> sums.computeIfAbsent(model, _ -> new Sums()).counted = totals);
    account
        .midnight()
        .forEach(
            (model, nanos) ->
                sums.computeIfAbsent(model, _ -> new Sums())
                    .tally
                    .add(DifferenceCause.UTC_MIDNIGHT, nanos, ""));
    List<Row> rows = new ArrayList<>();
    sums.forEach((model, row) -> rows.add(row.row(model.isEmpty() ? "(no model)" : model)));
    return rows;
  }

  private List<Row> workspaces() {
    Holders holders = account.holders();
    return rows(
        Map.of(),
        told(use -> holders.workspace(use.value(BilledDimension.WORKSPACE))),
        billed(
            BilledReport.COST,
            Set.of(BilledDimension.WORKSPACE),
            group -> holders.workspace(group.named(BilledDimension.WORKSPACE))));
  }

  private List<Row> keys() {
    Holders holders = account.holders();
    return rows(
        Map.of(),
        told(use -> holders.holder(use.group())),
        billed(
            BilledReport.KEY_COST,
            Set.of(BilledDimension.API_KEY),
            group -> holders.key(group.named(BilledDimension.API_KEY))));
  }

  private List<Row> people() {
    Holders holders = account.holders();
    Map<String, @Nullable Usd> counted = new HashMap<>();
    account
        .people()
        .forEach((person, totals) -> counted.put(named(person), Money.of(totals).known()));
    return rows(
        counted,
        told(
            use ->
                named(
                    holders.person(
                        use.value(BilledDimension.ACCOUNT), use.value(BilledDimension.API_KEY)))),
        billed(
            BilledReport.KEY_COST,
            Set.of(BilledDimension.API_KEY),
            group -> named(holders.person("", group.named(BilledDimension.API_KEY)))));
  }

  private static String named(String person) {
    return person.isEmpty() ? "(nobody)" : person;
  }

  private Map<String, @Nullable Long> told(Function<ToldUse, String> name) {
    Map<String, @Nullable Long> told = new TreeMap<>();
    account
        .uses()
        .values()
        .forEach(
            uses -> {
              for (ToldUse use : uses) {
                String of = name.apply(use);
                Long amount = use.list();
                Long before = told.getOrDefault(of, 0L);
                told.put(of, before == null || amount == null ? null : (Long) (before + amount));
              }
            });
    return told;
  }

  private Map<String, Long> billed(
      BilledReport report, Set<BilledDimension> by, Function<BilledGroup, String> name) {
    Map<String, Long> billed = new TreeMap<>();
    billing
        .sums(report, account.period().billed(), by)
        .forEach(
            (group, amounts) -> billed.merge(name.apply(group), nanos(amounts), Math::addExact));
    return billed;
  }

  private static long nanos(BilledAmounts amounts) {
    Usd cost = amounts.cost();
    return cost == null ? 0 : cost.nanos();
  }

  /// What neither transcripts nor a report tell of a part stays unknown, and with it the
  /// difference.
  private static List<Row> rows(
      Map<String, @Nullable Usd> counted,
      Map<String, @Nullable Long> told,
      Map<String, Long> billed) {
    Set<String> names = new TreeSet<>(told.keySet());
    names.addAll(billed.keySet());
    names.addAll(counted.keySet());
    List<Row> rows = new ArrayList<>();
    for (String name : names) {
      Long list = told.get(name);
      Long cost = billed.get(name);
      rows.add(
          new Row(
              name,
              counted.get(name),
              list == null ? null : new Usd(list),
              cost == null ? null : new Usd(cost),
              null));
    }
    return rows;
  }
}
