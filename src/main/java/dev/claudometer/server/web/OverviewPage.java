package dev.claudometer.server.web;

import dev.claudometer.model.Usd;
import dev.claudometer.server.api.Api;
import dev.claudometer.server.api.usage.Sums;
import dev.claudometer.server.api.usage.UsageApi.Overview;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.web.frame.Live;
import dev.claudometer.server.web.frame.Picker;
import dev.claudometer.server.web.frame.Reports;
import dev.claudometer.server.web.frame.Sheets;
import dev.claudometer.server.web.table.CostSeries;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.ShareTable;
import dev.claudometer.server.web.table.Table;
import dev.claudometer.server.web.table.WeekTable;
import dev.claudometer.server.web.table.WindowTable;
import java.util.List;
import java.util.Map;

/// What was used in a period, at a glance.
public final class OverviewPage {

  private final Reports reports;
  private final Api api;

  OverviewPage(Sheets sheets, Api api) {
    reports = new Reports(sheets);
    this.api = api;
  }

  /// A figure of the period.
  ///
  /// @param change against the period before, empty where there was nothing
  public record Card(String name, String figure, String change) {}

  List<Route> routes() {
    return List.of(Route.page("/", Access.VIEWER, "What was used, at a glance", this::show));
  }

  private Reply show(Call call) {
    Live live = Live.of(api, call);
    Overview overview = api.usage().overview(call);
    Figures figures = Figures.of(api.settings());
    List<Table> tables =
        List.of(
            new CostSeries(figures).table(api.usage().series(call), call.now()),
            new WindowTable(figures, call.now()).shortest(api.state()),
            new WeekTable(figures).table(api.rhythm().week(call)),
            new ShareTable("projects", "Top projects", "project", overview.topProjects(), figures)
                .table(),
            new ShareTable("models", "Top models", "model", overview.topModels(), figures).table(),
            new ShareTable("devices", "Top devices", "device", overview.topDevices(), figures)
                .table());
    return reports.live(
        call,
        live,
        "Overview",
        "/",
        "overview",
        tables,
        Map.of(
            "cards",
            cards(overview, figures),
            "rateNote",
            figures.rateNote(),
            "unpriced",
            overview.totals().unpriced(),
            "picker",
            Picker.of(call, "/", overview.from(), overview.to(), overview.timeZone())));
  }

  private static List<Card> cards(Overview overview, Figures figures) {
    Sums now = overview.totals();
    Sums before = overview.previous();
    return List.of(
        money(figures, "Cost", now.cost(), before.cost()),
        tokens("Input tokens", now.input(), before.input()),
        tokens("Output tokens", now.output(), before.output()),
        tokens(
            "Cache write tokens",
            now.cacheWrite5m() + now.cacheWrite1h(),
            before.cacheWrite5m() + before.cacheWrite1h()),
        tokens("Cache read tokens", now.cacheRead(), before.cacheRead()),
        tokens("Sessions", overview.sessions(), overview.previousSessions()),
        tokens(
            "Devices, " + overview.activeDevices() + " of " + overview.devices() + " online",
            overview.usedDevices(),
            overview.previousUsedDevices()),
        money(
            figures,
            "Saved by the cache",
            overview.cacheSavings(),
            overview.previousCacheSavings()));
  }

  private static Card money(Figures figures, String name, Usd now, Usd before) {
    return new Card(name, figures.money(now), Figures.change(now.nanos(), before.nanos()));
  }

  private static Card tokens(String name, long now, long before) {
    return new Card(name, Figures.count(now), Figures.change(now, before));
  }
}
