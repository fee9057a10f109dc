package dev.claudometer.server.web.table;

import dev.claudometer.model.Usd;
import dev.claudometer.report.bill.MemberSpending;
import dev.claudometer.server.web.table.Table.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What members of an organisation may spend in a period, and have spent in the one that runs.
public record SpendingTable(Figures figures) {

  public Table of(List<MemberSpending> members) {
    return Table.of(
        "spending",
        "Spend limits of members",
        List.of(
            Column.text("member", "Member"),
            Column.text("period", "Period"),
            Column.number("limitUsd", "Limit"),
            Column.number("spentUsd", "Spent"),
            Column.number("leftUsd", "Left"),
            Column.text("source", "From"),
            Column.time("at", "Told")),
        members.stream().map(this::row).toList(),
        "Nothing is known of spend limits: only Claude Enterprise has them.");
  }

  private List<Cell> row(MemberSpending member) {
    return List.of(
        Cell.name(member.called()),
        Cell.name(member.period()),
        amount(member.limitCost(), "none"),
        Cell.money(figures, member.spentCost()),
        amount(member.leftCost(), "—"),
        Cell.name(member.source().replace('_', ' ')),
        Cell.time(figures, member.at()));
  }

  /// A limit that is not there is none, and nothing unknown.
  private Cell amount(@Nullable Usd amount, String none) {
    return amount == null ? new Cell(none, null, "", List.of()) : Cell.money(figures, amount);
  }
}
