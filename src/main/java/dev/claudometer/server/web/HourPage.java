package dev.claudometer.server.web;

import dev.claudometer.report.HourOfWeek;
import dev.claudometer.report.HourOfWeek.Used;
import dev.claudometer.report.Money;
import dev.claudometer.report.Share;
import dev.claudometer.server.api.Api;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.web.frame.Picker;
import dev.claudometer.server.web.frame.Reports;
import dev.claudometer.server.web.frame.Sheets;
import dev.claudometer.server.web.table.Cell;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.SumCells;
import dev.claudometer.server.web.table.Table;
import dev.claudometer.server.web.table.Table.Column;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What an hour of the week cost in a period: its days, and its sessions. They add up to the cell
/// that led here.
final class HourPage {

  private final Reports reports;
  private final Api api;

  HourPage(Sheets sheets, Api api) {
    reports = new Reports(sheets);
    this.api = api;
  }

  List<Route> routes() {
    return List.of(
        Route.page("/hours", Access.VIEWER, "What an hour of the week was made of", this::show));
  }

  private Reply show(Call call) {
    HourOfWeek hour = api.usage().hour(call);
    Figures figures = Figures.of(api.settings()).at(hour.timeZone());
    Picker picker =
        Picker.of(call, hour.from(), hour.to(), hour.timeZone(), api.settings().beginnings());
    if (hour.used().size() == 1 && call.query("as") == null) {
      return Sheets.to(sessions(picker, hour.used().getFirst()));
    }
    return reports.page(
        call,
        title(hour),
        "/",
        "report",
        List.of(days(hour, figures, picker), sessions(hour, figures, picker)),
        Map.of("intro", intro(hour, figures), "picker", picker));
  }

  /// `Mondays, 09:00 to 10:00`.
  private static String title(HourOfWeek hour) {
    return "%ss, %02d:00 to %02d:00"
        .formatted(
            hour.day().getDisplayName(TextStyle.FULL, Locale.ENGLISH),
            hour.hour(),
            hour.hour() + 1);
  }

  private static String intro(HourOfWeek hour, Figures figures) {
    return figures.cost(Money.of(hour.totals()))
        + " in "
        + Figures.count(hour.used().size())
        + " such hours and "
        + Figures.count(hour.sessions().size())
        + " sessions. "
        + figures.rateNote();
  }

  private static String sessions(Picker picker, Used used) {
    return picker
        .sessions()
        .with("from", used.from().toString())
        .with("to", used.to().toString())
        .text();
  }

  private static Table days(HourOfWeek hour, Figures figures, Picker picker) {
    return Table.of(
        "hours",
        "Day by day",
        columns(Column.text("day", "Day")),
        hour.used().stream()
            .map(
                used -> {
                  Cell day =
                      new Cell(
                          figures.days(used.from(), used.from()),
                          used.from().toString(),
                          sessions(picker, used),
                          List.of());
                  return row(day, SumCells.of(used.totals(), figures));
                })
            .toList(),
        "Nothing was used in these hours: choose a longer period.");
  }

  private static Table sessions(HourOfWeek hour, Figures figures, Picker picker) {
    return Table.of(
        "sessions",
        "What sessions used in these hours",
        columns(Column.text("session", "Session")),
        hour.sessions().stream().map(share -> session(share, figures, picker)).toList(),
        "None.");
  }

  private static List<Cell> session(Share share, Figures figures, Picker picker) {
    Cell name =
        Cell.name(share.name())
            .valued(share.key())
            .to(picker.about().at("/session").with("id", share.key()).text());
    return row(name, SumCells.of(share.totals(), figures));
  }

  private static List<Column> columns(Column first) {
    var columns = new ArrayList<Column>();
    columns.add(first);
    columns.addAll(SumCells.columns());
    return columns;
  }

  private static List<Cell> row(Cell first, List<Cell> sums) {
    var row = new ArrayList<Cell>();
    row.add(first);
    row.addAll(sums);
    return row;
  }
}
