package dev.claudometer.server.web;

import dev.claudometer.report.work.ClientAnswers.Row;
import dev.claudometer.report.work.ClientAnswers.Rows;
import dev.claudometer.report.work.ClientWork;
import dev.claudometer.server.web.table.Address;
import dev.claudometer.server.web.table.Cell;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.Table;
import dev.claudometer.server.web.table.Table.Column;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What Claude Code did for whom, as its telemetry tells.
final class ClientWorkTable {

  private ClientWorkTable() {}

  /// By person.
  ///
  /// @param about the period that a person's page is opened with
  static Table of(Rows people, Address about) {
    return Table.of(
        "client-work",
        "What Claude Code did",
        List.of(
            Column.text("person", "Person"),
            Column.number("linesAdded", "Lines added"),
            Column.number("linesRemoved", "Lines removed"),
            Column.number("commits", "Commits"),
            Column.number("pullRequests", "Pull requests"),
            Column.number("editAcceptRate", "Edits accepted"),
            Column.number("toolAcceptRate", "Tools allowed"),
            Column.number("userSeconds", "Active, the person"),
            Column.number("clientSeconds", "Active, Claude Code")),
        people.rows().stream().map(row -> row(row, about)).toList(),
        "No device has sent telemetry in this time: Claude Code tells this there alone.");
  }

  private static List<Cell> row(Row row, Address about) {
    ClientWork work = row.work();
    Cell name =
        row.key().isEmpty()
            ? Cell.name("no owner").valued("")
            : Cell.name(row.name()).to(about.at("/person").with("person", row.key()).text());
    return List.of(
        name,
        Cell.count(work.linesAdded()),
        Cell.count(work.linesRemoved()),
        Cell.count(work.commits()),
        Cell.count(work.pullRequests()),
        rate(work.editAcceptRate()),
        rate(work.toolAcceptRate()),
        seconds(work.userSeconds()),
        seconds(work.clientSeconds()));
  }

  private static Cell rate(@Nullable BigDecimal rate) {
    return rate == null
        ? Cell.unknown()
        : new Cell(
            rate.movePointRight(2).setScale(0, RoundingMode.HALF_UP) + " %", rate, "", List.of());
  }

  private static Cell seconds(BigDecimal seconds) {
    var length = Duration.ofMillis(seconds.movePointRight(3).longValue());
    return new Cell(Figures.span(length), seconds, "", List.of());
  }
}
