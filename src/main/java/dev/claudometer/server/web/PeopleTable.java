package dev.claudometer.server.web;

import dev.claudometer.model.Usd;
import dev.claudometer.report.Money;
import dev.claudometer.report.Named;
import dev.claudometer.report.PeopleUse;
import dev.claudometer.report.PersonUse;
import dev.claudometer.server.web.OverviewPage.Card;
import dev.claudometer.server.web.table.Address;
import dev.claudometer.server.web.table.Cell;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.SignedAmounts;
import dev.claudometer.server.web.table.Table;
import dev.claudometer.server.web.table.Table.Column;
import dev.claudometer.usage.Totals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What each person used, beside the period before.
record PeopleTable(PeopleUse people, Figures figures) {

  private static final int TOP = 5;

  /// What a reader wants to know before the rows.
  List<Card> cards() {
    Totals all = all(PersonUse::totals);
    List<PersonUse> named = people.people().stream().filter(use -> !use.name().isEmpty()).toList();
    List<Long> costs =
        named.stream()
            .filter(use -> use.totals().billed() > 0)
            .map(use -> nanos(use.totals()))
            .sorted(Comparator.reverseOrder())
            .toList();
    List<Card> cards = new ArrayList<>();
    cards.add(
        new Card(
            "Cost",
            figures.cost(Money.of(all)),
            Figures.change(nanos(all), nanos(all(PersonUse::previous)))));
    cards.add(new Card("Active people", costs.size() + " of " + named.size(), ""));
    if (!costs.isEmpty()) {
      long sum = costs.stream().mapToLong(Long::longValue).sum();
      cards.add(
          new Card(
              "Per active person",
              figures.money(new Usd(sum / costs.size())),
              "median " + figures.money(new Usd(costs.get(costs.size() / 2)))));
    }
    if (costs.size() > TOP && nanos(all) > 0) {
      long top = costs.stream().limit(TOP).mapToLong(Long::longValue).sum();
      cards.add(new Card("Top five", Figures.percent((double) top / nanos(all)), "of the cost"));
    }
    people.people().stream()
        .filter(use -> use.name().isEmpty() && use.totals().billed() > 0)
        .map(
            use -> new Card("Without an owner", figures.cost(Money.of(use.totals())), without(use)))
        .forEach(cards::add);
    return cards;
  }

  private static String without(PersonUse use) {
    int devices = use.devices().size();
    return devices == 1 ? "1 device" : Figures.count(devices) + " devices";
  }

  private Totals all(Function<PersonUse, Totals> use) {
    return people.people().stream().map(use).reduce(Totals.ZERO, Totals::plus);
  }

  private static long nanos(Totals totals) {
    return totals.reportedElseCalculated().nanos();
  }

  /// @param about the period that a person's page is opened with
  Table table(Address about) {
    long all = nanos(all(PersonUse::totals));
    Table table =
        Table.of(
            "people",
            "Cost by person",
            List.of(
                Column.text("person", "Person"),
                Column.number("costUsd", "Cost"),
                Column.number("changeUsd", "Change"),
                Column.number("previousUsd", "Before"),
                Column.bar("share", "Share"),
                Column.number("sessions", "Sessions"),
                Column.number("activeDays", "Active days"),
                Column.number("responses", "Responses"),
                Column.time("lastSeen", "Last seen"),
                Column.text("devices", "Devices"),
                Column.inFiles("unpriced")),
            people.people().stream().map(use -> row(use, all, about)).toList(),
            "Nobody has used anything yet, and no device is enrolled.");
    return people.people().size() < 2 ? table : table.totalling(total());
  }

  private List<Cell> row(PersonUse use, long all, Address about) {
    Cell name =
        use.name().isEmpty()
            ? Cell.name("no owner").valued("")
            : Cell.name(use.name()).to(about.at("/person").with("person", use.name()).text());
    return List.of(
        name,
        Cell.cost(figures, Money.of(use.totals())),
        change(use.totals(), use.previous()),
        Cell.cost(figures, Money.of(use.previous())),
        share(nanos(use.totals()), all),
        Cell.count(use.sessions()),
        Cell.count(use.activeDays()),
        Cell.count(use.totals().responses()),
        Cell.time(figures, use.lastSeen()),
        Cell.name(use.devices().stream().map(Named::name).collect(Collectors.joining(", "))),
        Cell.count(use.totals().unpriced()));
  }

  /// Drawn beside the largest, told of all.
  private Cell share(long part, long all) {
    double share = all == 0 ? 0 : (double) part / all;
    Cell bar = Cell.bar(part, largest());
    return new Cell(Figures.percent(share), share, "", List.of(), bar.drawn(), null);
  }

  private long largest() {
    return people.people().stream().mapToLong(use -> nanos(use.totals())).max().orElse(0);
  }

  private Cell change(Totals now, Totals before) {
    if (Money.of(now).isUnknown() || Money.of(before).isUnknown()) {
      return Cell.unknown();
    }
    Usd change = now.reportedElseCalculated().minus(before.reportedElseCalculated());
    return new Cell(new SignedAmounts(figures).signed(change), change.dollars(), "", List.of());
  }

  /// A session can be on devices of several people, and a day is of many: these have no sum.
  private List<Cell> total() {
    Totals all = all(PersonUse::totals);
    Totals before = all(PersonUse::previous);
    return List.of(
        Cell.name("Total"),
        Cell.cost(figures, Money.of(all)),
        change(all, before),
        Cell.cost(figures, Money.of(before)),
        Cell.none(),
        Cell.none(),
        Cell.none(),
        Cell.count(all.responses()),
        Cell.none(),
        Cell.none(),
        Cell.count(all.unpriced()));
  }
}
