package dev.claudometer.server.web.table;

import dev.claudometer.model.CreditReading;
import dev.claudometer.model.Usd;
import dev.claudometer.report.bill.ConfiguredLimit;
import dev.claudometer.report.bill.MemberSpending;
import dev.claudometer.server.web.table.Table.Column;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What members of an organisation may spend in a period and have spent in the one that runs, and
/// the limits that are configured. Amounts stay in the currency of the organisation.
public record SpendingTable(Figures figures) {

  public Table of(List<MemberSpending> members) {
    return Table.of(
        "spending",
        "Spend limits of members",
        List.of(
            Column.text("member", "Member"),
            Column.text("period", "Period"),
            Column.number("limit", "Limit"),
            Column.number("spent", "Spent"),
            Column.number("left", "Left"),
            Column.inFiles("currency"),
            Column.text("source", "From"),
            Column.time("at", "As of")),
        members.stream().map(this::row).toList(),
        "Nothing is known of spend limits: only Claude Enterprise has them.");
  }

  private List<Cell> row(MemberSpending member) {
    return List.of(
        Cell.name(member.called()),
        Cell.name(member.period()),
        amount(member.limitCost(), member.currency(), "none"),
        amount(member.spentCost(), member.currency(), "—"),
        amount(member.leftCost(), member.currency(), "—"),
        Cell.name(member.currency()),
        Cell.name(member.source().replace('_', ' ')),
        Cell.time(figures, member.at()));
  }

  public Table configured(List<ConfiguredLimit> limits) {
    return Table.of(
        "configured",
        "Configured spend limits",
        List.of(
            Column.text("scope", "For"),
            Column.text("name", "Name"),
            Column.text("period", "Period"),
            Column.number("limit", "Limit"),
            Column.inFiles("currency"),
            Column.text("enabled", "In force"),
            Column.time("at", "As of")),
        limits.stream().map(this::row).toList(),
        "Nothing is known of configured spend limits.");
  }

  private List<Cell> row(ConfiguredLimit limit) {
    return List.of(
        Cell.name(limit.scope().replace('_', ' ')),
        Cell.name(limit.name()),
        Cell.name(limit.period()),
        amount(limit.limitCost(), limit.currency(), "none"),
        Cell.name(limit.currency()),
        Cell.name(limit.enabled() ? "yes" : "switched off"),
        Cell.time(figures, limit.at()));
  }

  /// A limit that is not there is none, and nothing unknown.
  private Cell amount(@Nullable Usd amount, String currency, String none) {
    if (amount == null) {
      return new Cell(none, null, "", List.of());
    }
    return currency.equals(CreditReading.DOLLARS)
        ? Cell.money(figures, amount)
        : new Cell(in(currency).money(amount), amount.dollars(), "", List.of());
  }

  private Figures in(String currency) {
    return new Figures(figures.zone(), currency, BigDecimal.ONE, "");
  }
}
