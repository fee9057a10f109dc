package dev.claudometer.server.web;

import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledReport;
import dev.claudometer.report.Question;
import dev.claudometer.report.bill.BillAnswers.Organization;
import dev.claudometer.report.bill.BillAnswers.ReportState;
import dev.claudometer.server.api.Api;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.web.frame.Picker;
import dev.claudometer.server.web.frame.Reports;
import dev.claudometer.server.web.frame.Sheets;
import dev.claudometer.server.web.frame.Tables;
import dev.claudometer.server.web.table.BilledTable;
import dev.claudometer.server.web.table.Cell;
import dev.claudometer.server.web.table.ComparedTable;
import dev.claudometer.server.web.table.Escaped;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.Table;
import dev.claudometer.server.web.table.Table.Column;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What Anthropic says the organisation used and was billed. Reports count each for itself: none is
/// added to another, nor to what agents sent.
final class OrganizationPage {

  private static final String WHY =
      "It can differ from what is counted here: the page Bill has the reasons.";

  private static final int MOST_ROWS = 250;

  private static final List<Split> SPLITS =
      List.of(
          new Split(BilledReport.COST, BilledDimension.WORKSPACE, "Billed by"),
          new Split(BilledReport.COST, BilledDimension.DESCRIPTION, "Billed by"),
          new Split(BilledReport.MESSAGES, BilledDimension.MODEL, "Tokens by"),
          new Split(BilledReport.MESSAGES, BilledDimension.API_KEY, "Tokens by"),
          new Split(
              BilledReport.CLAUDE_CODE_MODELS,
              BilledDimension.ACTOR,
              "Claude Code, estimated by Anthropic, by"));

  private final Reports reports;
  private final Api api;

  OrganizationPage(Sheets sheets, Api api) {
    reports = new Reports(sheets);
    this.api = api;
  }

  List<Route> routes() {
    return List.of(
        Route.page(
            "/organization/reports", Access.FINANCE, "What Anthropic says was billed", this::show));
  }

  private Reply show(Call call) {
    Figures figures = Figures.of(api.settings());
    Question question = api.organization().period(call);
    var tables = new Tables();
    tables.with(
        "compared",
        () -> new ComparedTable(figures).table(api.organization().compared(question), MOST_ROWS));
    tables.with(
        "days",
        () ->
            new BilledTable("days", "Billed by UTC day", "day", figures)
                .of(api.organization().days(question)));
    SPLITS.forEach(split -> tables.with(split.id(), () -> table(split, question, figures)));
    tables.with("reports", () -> known(api.organization().organization(), figures));
    return reports.page(
        call,
        "Anthropic’s reports",
        "/organization",
        "report",
        tables,
        () -> content(call, question));
  }

  private Map<String, ?> content(Call call, Question question) {
    String name = api.organization().name();
    return Map.of(
        "intro",
        (name.isEmpty()
                ? "A server with an admin key of the organisation asks Anthropic for its bill. "
                : "What Anthropic says of " + Escaped.name(name) + ". ")
            + WHY,
        "picker",
        Picker.of(call, question.range(), ZoneId.of("UTC"), api.settings().beginnings()));
  }

  /// What a report tells by a dimension.
  private record Split(BilledReport report, BilledDimension by, String caption) {

    String id() {
      return report.name().toLowerCase(Locale.ROOT) + "-" + word();
    }

    String word() {
      return by.name().toLowerCase(Locale.ROOT);
    }
  }

  private Table table(Split split, Question question, Figures figures) {
    return new BilledTable(
            split.id(),
            split.caption() + " " + split.word().replace('_', ' '),
            split.word(),
            figures)
        .of(api.organization().groups(question, split.report(), split.by()));
  }

  private static Table known(Organization organization, Figures figures) {
    return Table.of(
        "reports",
        "How far each report is known",
        List.of(
            Column.text("report", "Report"),
            Column.time("from", "From"),
            Column.time("to", "To"),
            Column.number("revised", "Buckets that Anthropic revised")),
        organization.reports().stream().map(report -> state(report, figures)).toList(),
        "");
  }

  private static List<Cell> state(ReportState state, Figures figures) {
    return List.of(
        Cell.name(state.report().name().toLowerCase(Locale.ROOT).replace('_', ' ')),
        Cell.time(figures, state.from()),
        Cell.time(figures, state.to()),
        Cell.count(state.revised()));
  }
}
