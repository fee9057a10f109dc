package dev.claudometer.server.web;

import static java.time.ZoneOffset.UTC;

import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledReport;
import dev.claudometer.report.BillAnswers.Organization;
import dev.claudometer.report.BillAnswers.ReportState;
import dev.claudometer.report.Question;
import dev.claudometer.server.api.Api;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.web.frame.Picker;
import dev.claudometer.server.web.frame.Reports;
import dev.claudometer.server.web.frame.Sheets;
import dev.claudometer.server.web.table.BilledTable;
import dev.claudometer.server.web.table.Cell;
import dev.claudometer.server.web.table.ComparedTable;
import dev.claudometer.server.web.table.Escaped;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.Table;
import dev.claudometer.server.web.table.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What Anthropic says the organisation used and was billed. Reports count each for itself: none is
/// added to another, nor to what agents sent.
final class OrganizationPage {

  private static final String WHY =
      "It can differ from what is counted here: Anthropic bills what keys and workspaces of the"
          + " organisation used, also on machines and in programs without an agent, and not what a"
          + " subscription paid for; its list prices may be discounted, its bill is late by hours,"
          + " and Claude Code may delete transcripts before an agent has"
          + " read them.";

  private static final int MOST_ROWS = 250;

  private final Reports reports;
  private final Api api;

  OrganizationPage(Sheets sheets, Api api) {
    reports = new Reports(sheets);
    this.api = api;
  }

  List<Route> routes() {
    return List.of(
        Route.page("/organization", Access.FINANCE, "What Anthropic says was billed", this::show));
  }

  private Reply show(Call call) {
    Figures figures = Figures.of(api.settings());
    Organization organization = api.organization().organization();
    Question question = api.organization().period(call);
    List<Table> tables = new ArrayList<>();
    tables.add(
        new ComparedTable(figures).table(api.organization().compared(question)).first(MOST_ROWS));
    tables.add(
        new BilledTable("days", "Billed by UTC day", "day", figures)
            .of(api.organization().days(question)));
    tables.add(split(question, figures, BilledReport.COST, BilledDimension.WORKSPACE, "Billed by"));
    tables.add(
        split(question, figures, BilledReport.COST, BilledDimension.DESCRIPTION, "Billed by"));
    tables.add(split(question, figures, BilledReport.MESSAGES, BilledDimension.MODEL, "Tokens by"));
    tables.add(
        split(question, figures, BilledReport.MESSAGES, BilledDimension.API_KEY, "Tokens by"));
    tables.add(
        split(
            question,
            figures,
            BilledReport.CLAUDE_CODE_MODELS,
            BilledDimension.ACTOR,
            "Claude Code, estimated by Anthropic, by"));
    tables.add(known(organization, figures));
    return reports.page(
        call,
        "Organisation",
        "/organization",
        "report",
        tables,
        Map.of(
            "intro",
            (organization.name().isEmpty()
                    ? "A server with an admin key of the organisation asks Anthropic for its bill. "
                    : "What Anthropic says of " + Escaped.name(organization.name()) + ". ")
                + WHY,
            "picker",
            Picker.of(call, "/organization", question.range(), UTC)));
  }

  private Table split(
      Question question, Figures figures, BilledReport report, BilledDimension by, String caption) {
    String word = by.name().toLowerCase(Locale.ROOT);
    return new BilledTable(
            report.name().toLowerCase(Locale.ROOT) + "-" + word,
            caption + " " + word.replace('_', ' '),
            word,
            figures)
        .of(api.organization().groups(question, report, by));
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
