package dev.claudometer.server.web;

import dev.claudometer.report.limits.ForeignPart;
import dev.claudometer.report.limits.ShareOfWindow;
import dev.claudometer.report.limits.WindowTurn;
import dev.claudometer.report.limits.WindowWhy;
import dev.claudometer.server.api.Api;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.web.OverviewPage.Card;
import dev.claudometer.server.web.frame.Reports;
import dev.claudometer.server.web.frame.Sheets;
import dev.claudometer.server.web.table.Address;
import dev.claudometer.server.web.table.Cell;
import dev.claudometer.server.web.table.Escaped;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.Table;
import dev.claudometer.server.web.table.Table.Column;
import dev.claudometer.server.web.table.WindowName;
import dev.claudometer.usage.window.Weights;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Who filled a plan's window.
final class LimitWhyPage {

  private static final String INTRO =
      "Each step between two readings is that of whoever used something in it, as much as it"
          + " weighs; what nobody here used is named as not from these machines.";

  private static final int WHOLE = 10_000;

  private final Reports reports;
  private final Api api;

  LimitWhyPage(Sheets sheets, Api api) {
    reports = new Reports(sheets);
    this.api = api;
  }

  List<Route> routes() {
    return List.of(
        Route.page("/limits/why", Access.VIEWER, "Who filled a plan's window", this::show));
  }

  private Reply show(Call call) {
    Figures figures = Figures.of(api.settings());
    List<WindowWhy> all = api.limits().why(call).windows();
    return all.isEmpty()
        ? reports.page(
            call,
            "Who filled a window",
            "/limits",
            "report",
            List.of(),
            Map.of(
                "intro", "Nothing is known of such a window: choose one on the page Plan limits."))
        : show(call, all.getFirst(), figures);
  }

  private Reply show(Call call, WindowWhy why, Figures figures) {
    return reports.page(
        call,
        WindowName.words(why.window()) + " of " + Escaped.name(why.account()),
        "/limits",
        "report",
        List.of(
            shares("sessions", "By session", why.sessions()),
            shares("machines", "By device", why.machines()),
            shares("projects", "By project", why.projects()),
            shares("agents", "By agent", why.agents()),
            shares("programs", "By program", why.programs()),
            foreign(why.foreign(), figures),
            turns(why.turns(), figures)),
        Map.of(
            "intro",
            INTRO + " Times are in " + figures.zone().getId() + ".",
            "cards",
            cards(why, figures)));
  }

  private static List<Card> cards(WindowWhy why, Figures figures) {
    int ours =
        why.machines().stream()
            .filter(ShareOfWindow::ours)
            .mapToInt(ShareOfWindow::basisPoints)
            .sum();
    Instant full = why.burn() == null ? null : why.burn().fullAt();
    return List.of(
        new Card(
            "Used",
            percent(why.utilization()),
            (why.over() ? "when it ended, read " : "read ") + figures.time(why.at())),
        new Card("From these machines", percent((double) ours / WHOLE), "of what was used"),
        new Card(
            "Full by",
            full == null ? "—" : figures.time(full),
            full == null
                ? "not before it resets, if the last hour's pace continues"
                : "if the last hour's pace continues"),
        new Card("Resets", why.resetsAt() == null ? "unknown" : figures.time(why.resetsAt()), ""),
        new Card("How exact", error(why.weights()), fit(why.weights())));
  }

  private static String error(@Nullable Weights weights) {
    Double error = weights == null ? null : weights.error();
    return error == null ? "unknown" : "± " + percent(error);
  }

  private static String fit(@Nullable Weights weights) {
    return weights == null
        ? "no step was ours"
        : "a step, from "
            + Figures.count(weights.steps())
            + (weights.steps() == 1 ? " step" : " steps");
  }

  private static Table shares(String id, String caption, List<ShareOfWindow> shares) {
    int most = shares.stream().mapToInt(ShareOfWindow::basisPoints).max().orElse(0);
    return Table.of(
        id,
        caption,
        List.of(
            Column.text(
                "name", caption.substring(3, 4).toUpperCase(Locale.ROOT) + caption.substring(4)),
            Column.number("utilization", "Of the window"),
            Column.number("share", "Of what was used"),
            Column.bar("length", "Share"),
            Column.text("detail", "Where")),
        rows(id, shares, most),
        "Nothing was used in this window.");
  }

  private static List<List<Cell>> rows(String id, List<ShareOfWindow> shares, int most) {
    List<Long> tenths = ShareOfWindow.tenths(shares);
    return IntStream.range(0, shares.size())
        .mapToObj(i -> row(id, shares.get(i), tenths.get(i), most))
        .toList();
  }

  private static List<Cell> row(String id, ShareOfWindow share, long tenths, int most) {
    Cell name = Cell.name(share.name());
    return List.of(
        id.equals("sessions") && share.ours()
            ? name.to(new Address("/session", List.of()).with("id", share.id()).text())
            : name,
        new Cell(percent(tenths / 1e3), share.utilization(), "", List.of()),
        new Cell(
            String.format(Locale.ROOT, "%.2f %%", share.basisPoints() / 1e2),
            (double) share.basisPoints() / WHOLE,
            "",
            List.of()),
        Cell.bar(share.basisPoints(), most),
        share.detail().isEmpty() ? Cell.name("") : Cell.name(share.detail()));
  }

  private static Cell part(double share) {
    return new Cell(percent(share), share, "", List.of());
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", share * 100);
  }

  private static Table foreign(List<ForeignPart> parts, Figures figures) {
    return Table.of(
        "foreign",
        "Not from these machines",
        List.of(
            Column.time("from", "From"),
            Column.time("until", "To"),
            Column.number("utilization", "Of the window")),
        parts.stream()
            .map(
                part ->
                    List.of(
                        Cell.time(figures, part.from()),
                        Cell.time(figures, part.until()),
                        part(part.utilization())))
            .toList(),
        "Nothing: these machines explain each step.");
  }

  private static Table turns(List<WindowTurn> turns, Figures figures) {
    return Table.of(
        "turns",
        "Resets and changes",
        List.of(
            Column.time("at", "At"),
            Column.text("kind", "What"),
            Column.number("before", "Before"),
            Column.number("after", "After")),
        turns.stream()
            .map(
                turn ->
                    List.of(
                        Cell.time(figures, turn.at()),
                        Cell.name(turn.kind().replace('_', ' ')),
                        part(turn.before()),
                        part(turn.after())))
            .toList(),
        "None was seen.");
  }
}
