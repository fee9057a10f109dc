package dev.claudometer.server.web;

import dev.claudometer.model.Usd;
import dev.claudometer.report.Money;
import dev.claudometer.report.Overview;
import dev.claudometer.report.Share;
import dev.claudometer.server.api.Api;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.web.frame.Live;
import dev.claudometer.server.web.frame.Picker;
import dev.claudometer.server.web.frame.Reports;
import dev.claudometer.server.web.frame.Sheets;
import dev.claudometer.server.web.frame.Tables;
import dev.claudometer.server.web.table.Address;
import dev.claudometer.server.web.table.CostSeries;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.ShareTable;
import dev.claudometer.server.web.table.Table;
import dev.claudometer.server.web.table.WeekTable;
import dev.claudometer.server.web.table.WindowTable;
import dev.claudometer.usage.Totals;
import java.util.List;
import java.util.Map;

/// What was used in a period, at a glance.
public final class OverviewPage {

  private static final int TOP = 5;

  private final Reports reports;
  private final Api api;

  OverviewPage(Sheets sheets, Api api) {
    reports = new Reports(sheets);
    this.api = api;
  }

  /// A figure of the period.
  ///
  /// @param change against which time, empty where there was nothing
  public record Card(String name, String figure, String change) {}

  List<Route> routes() {
    return List.of(Route.page("/", Access.VIEWER, "What was used, at a glance", this::show));
  }

  private Reply show(Call call) {
    Live live = Live.of(api, call);
    Overview overview = api.usage().overview(call);
    Figures figures = Figures.of(api.settings()).at(overview.timeZone());
    Picker picker = Picker.of(call, overview.from(), overview.to(), overview.timeZone());
    Address sessions = picker.sessions();
    ChartChoice choice = ChartChoice.of(call, overview.from(), overview.to());
    Tables tables =
        new Tables()
            .with("cost", () -> cost(call, choice, new CostSeries(figures, sessions)))
            .with(
                "windows",
                () ->
                    new WindowTable(figures, call.now())
                        .shortest(api.state(), api.state().windows(call)))
            .with("week", () -> new WeekTable(figures).table(api.usage().week(call)))
            .with(
                "projects",
                () -> top("projects", "project", overview.topProjects(), figures, sessions))
            .with("models", () -> top("models", "model", overview.topModels(), figures, sessions))
            .with(
                "devices",
                () -> top("devices", "device", overview.topDevices(), figures, sessions));
    return reports.live(
        call,
        live,
        "Overview",
        "/",
        "overview",
        tables,
        () ->
            Map.of(
                "cards",
                cards(overview, figures),
                "rateNote",
                figures.rateNote(),
                "unpriced",
                overview.totals().unpriced(),
                "picker",
                picker,
                "choice",
                choice,
                "cost",
                cost(overview, figures),
                "change",
                change(overview, figures),
                "currency",
                figures.currency()));
  }

  private Table cost(Call call, ChartChoice choice, CostSeries costs) {
    return costs.table(api.usage().series(call, choice.step()), call.now());
  }

  private static Table top(
      String id, String by, List<Share> shares, Figures figures, Address sessions) {
    return new ShareTable(id, "Top " + id, by, shares, figures, sessions).top(TOP);
  }

  private static Card cost(Overview overview, Figures figures) {
    Money cost = Money.of(overview.totals());
    return cost.isUnknown() || cost.unpriced() == 0
        ? new Card("Cost", figures.cost(cost), "")
        : new Card(
            "Cost",
            figures.money(cost.known()),
            "+ " + Figures.count(cost.unpriced()) + " unpriced");
  }

  /// `↑ $1,142.12 (+18 %) on $6,428.43 in 2026-10-01 to 2026-10-27`.
  private static String change(Overview overview, Figures figures) {
    String when = figures.stretch(overview.previousFrom(), overview.previousTo());
    Money before = Money.of(overview.previous());
    if (overview.previous().responses() == 0) {
      return "Nothing was used in " + when + ": no comparison.";
    }
    if (before.isUnknown() || Money.of(overview.totals()).isUnknown()) {
      return figures.cost(before) + " in " + when;
    }
    Usd now = overview.totals().reportedElseCalculated();
    Usd earlier = overview.previous().reportedElseCalculated();
    Usd more = now.minus(earlier);
    boolean less = more.nanos() < 0;
    String sign = less ? "↓ " : more.nanos() > 0 ? "↑ " : "";
    String percent = Figures.change(now.nanos(), earlier.nanos());
    return sign
        + figures.money(less ? new Usd(-more.nanos()) : more)
        + (percent.isEmpty() ? "" : " (" + percent + ")")
        + " on "
        + figures.cost(before)
        + " in "
        + when;
  }

  private static List<Card> cards(Overview overview, Figures figures) {
    Totals now = overview.totals();
    Totals before = overview.previous();
    var card = new CardMaker();
    return List.of(
        card.of("Input tokens", now.tokens().input(), before.tokens().input()),
        card.of("Output tokens", now.tokens().output(), before.tokens().output()),
        card.of("Cache write tokens", now.tokens().cacheWrite(), before.tokens().cacheWrite()),
        card.of("Cache read tokens", now.tokens().cacheRead(), before.tokens().cacheRead()),
        card.of("Sessions", overview.sessions(), overview.previousSessions()),
        card.of(
            "Devices, " + overview.activeDevices() + " of " + overview.devices() + " online",
            overview.usedDevices(),
            overview.previousUsedDevices()),
        card.of(
            "Saved by the cache",
            Money.of(now).isUnknown() ? "unpriced" : figures.money(overview.cacheSavings()),
            overview.cacheSavings().nanos(),
            overview.previousCacheSavings().nanos()));
  }

  /// Cards whose figures are compared with the stretch of time that the page names.
  private record CardMaker() {

    Card of(String name, long now, long before) {
      return of(name, Figures.count(now), now, before);
    }

    Card of(String name, String figure, long now, long before) {
      return new Card(name, figure, Figures.change(now, before));
    }
  }
}
