package dev.claudometer.server.web;

import dev.claudometer.report.work.ClientAnswers.By;
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
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What Claude Code did, as its telemetry tells.
///
/// @param about the period and scope that pages behind names are opened with
record ClientWorkTable(Address about) {

  private static final String NOTHING =
      "No device has sent telemetry in this period: lines, commits and accept rates come from"
          + " Claude Code's telemetry alone.";

  /// By person.
  Table people(Rows people) {
    return table("client-work", "What Claude Code did", "person", "no owner", people);
  }

  /// By repository, which clients name only where they are told to; else by project.
  Table repositories(Function<By, Rows> work) {
    Rows repositories = work.apply(By.REPOSITORY);
    return repositories.rows().stream().allMatch(row -> row.key().isEmpty())
        ? table(
            "work",
            "What Claude Code did, by project",
            "project",
            "unknown",
            work.apply(By.PROJECT))
        : table(
            "work", "What Claude Code did, by repository", "repository", "unknown", repositories);
  }

  Table branches(Rows branches) {
    return table("work-branches", "What Claude Code did, by branch", "branch", "unknown", branches);
  }

  /// @param by what they are split by, as addresses call it
  /// @param nameless what a row without a name is called
  private Table table(String id, String caption, String by, String nameless, Rows work) {
    String title = by.substring(0, 1).toUpperCase(Locale.ROOT) + by.substring(1);
    return Table.of(
        id,
        caption,
        List.of(
            Column.text(by, title),
            Column.number("linesAdded", "Lines added"),
            Column.number("linesRemoved", "Lines removed"),
            Column.number("commits", "Commits"),
            Column.number("pullRequests", "Pull requests"),
            Column.number("editAcceptRate", "Edits accepted"),
            Column.number("toolAcceptRate", "Tools allowed"),
            Column.number("userSeconds", "Active, the person"),
            Column.number("clientSeconds", "Active, Claude Code")),
        work.rows().stream().map(row -> row(row, by, nameless)).toList(),
        NOTHING);
  }

  private List<Cell> row(Row row, String by, String nameless) {
    ClientWork work = row.work();
    return List.of(
        name(row, by, nameless),
        Cell.count(work.linesAdded()),
        Cell.count(work.linesRemoved()),
        Cell.count(work.commits()),
        Cell.count(work.pullRequests()),
        rate(work.editAcceptRate()),
        rate(work.toolAcceptRate()),
        seconds(work.userSeconds()),
        seconds(work.clientSeconds()));
  }

  /// A repository has no page of its own.
  private Cell name(Row row, String by, String nameless) {
    if (row.key().isEmpty()) {
      return Cell.name(nameless).valued("");
    }
    Cell name = Cell.name(row.name()).valued(row.key());
    return by.equals("repository") ? name : name.to(about.at("/" + by).with(by, row.key()).text());
  }

  private static Cell rate(@Nullable BigDecimal rate) {
    return rate == null
        ? Cell.dash()
        : new Cell(
            rate.movePointRight(2).setScale(0, RoundingMode.HALF_UP) + " %", rate, "", List.of());
  }

  private static Cell seconds(BigDecimal seconds) {
    var length = Duration.ofMillis(seconds.movePointRight(3).longValue());
    return new Cell(Figures.span(length), seconds, "", List.of());
  }
}
