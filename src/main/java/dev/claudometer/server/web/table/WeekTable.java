package dev.claudometer.server.web.table;

import dev.claudometer.report.Money;
import dev.claudometer.report.UsageAnswers.Hour;
import dev.claudometer.server.web.table.Table.Column;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Cost by day of the week and hour: a row for each day, a column for each hour.
///
/// @param about a page of the same period: each hour with usage leads to what it was made of
public record WeekTable(Figures figures, Address about) {

  private static final int HOURS = 24;

  public Table table(List<Hour> week) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.text("day", "Day"));
    for (int hour = 0; hour < HOURS; hour++) {
      String name = String.format(Locale.ROOT, "%02d", hour);
      columns.add(Column.number("hour" + name, name));
    }
    List<List<Cell>> rows = new ArrayList<>();
    boolean used = week.stream().anyMatch(hour -> hour.totals().responses() > 0);
    for (int day = 0; used && day < week.size() / HOURS; day++) {
      rows.add(row(week.subList(day * HOURS, (day + 1) * HOURS)));
    }
    return Table.of(
            "week",
            "Cost by day and hour, in " + figures.currency(),
            columns,
            rows,
            "Nothing was used in this period: choose a longer one.")
        .drawn(Table.Drawing.HEAT);
  }

  private List<Cell> row(List<Hour> day) {
    List<Cell> row = new ArrayList<>();
    row.add(Cell.name(day.getFirst().day().getDisplayName(TextStyle.SHORT, Locale.ENGLISH)));
    day.forEach(hour -> row.add(cell(hour)));
    return row;
  }

  private Cell cell(Hour hour) {
    Cell cost = Cell.cost(figures, Money.of(hour.totals()));
    return hour.totals().responses() == 0
        ? cost
        : cost.to(
            about
                .at("/hours")
                .with("day", hour.day().name().toLowerCase(Locale.ROOT))
                .with("hour", String.valueOf(hour.hour()))
                .text());
  }
}
