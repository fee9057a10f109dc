package dev.claudometer.server.web;

import dev.claudometer.report.AskedOnce;
import dev.claudometer.server.api.Api;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.web.frame.Assets;
import dev.claudometer.server.web.frame.Sheets;
import dev.claudometer.server.web.table.Address;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All pages.
public final class Web {

  private static final Address NOTHING = new Address("", List.of());

  private final Assets assets = new Assets();
  private final Sheets sheets;
  private final Api api;

  public Web(Api api) {
    this.api = api;
    sheets =
        new Sheets(
            assets,
            api.settings(),
            api.options().entrance().guests(),
            api.options().running().version(),
            call -> ViewPages.links(api, call));
  }

  public List<Route> routes() {
    return Stream.of(
            List.of(
                Route.page("/assets/{file}", Access.PUBLIC, "Styles and scripts", assets::answer)),
            new LoginPages(sheets, api.people().login()).routes(),
            new SetupPages(sheets, api).routes(),
            new OverviewPage(sheets, api).routes(),
            new FindPage(sheets, api).routes(),
            new SessionPages(sheets, api).routes(),
            new HourPage(sheets, api).routes(),
            new SessionStoryPage(sheets, api).routes(),
            new UsagePages(sheets, api).routes(),
            new PeopleUsagePage(sheets, api).routes(),
            new DevicePages(sheets, api).routes(),
            new BranchPage(sheets, api).routes(),
            new LimitsPage(sheets, api).routes(),
            new LimitWhyPage(sheets, api).routes(),
            new WhatIfPage(sheets, api).routes(),
            new ViewPages(sheets, api).routes(),
            new NotePages(sheets, api).routes(),
            new QualityPage(sheets, api).routes(),
            new SettingsPages(sheets, api).routes(),
            new PriceSettings(sheets, api).routes(),
            new AccessSettings(sheets, api).routes(),
            new UpkeepPages(sheets, api).routes(),
            new BillPage(sheets, api).routes(),
            new CausePage(sheets, api).routes(),
            new OrganizationPage(sheets, api).routes(),
            new AccountPages(sheets, api.people().account(), api.settings()).routes(),
            new PeoplePages(sheets, api.people(), api.settings()).routes(),
            new RecordPages(sheets, api).routes(),
            new LogPages(sheets, api).routes())
        .flatMap(List::stream)
        .map(Web::asking)
        .toList();
  }

  /// The parts of a page ask the same things.
  private static Route asking(Route route) {
    return route.changes()
        ? route
        : route.answering(call -> AskedOnce.during(() -> route.action().answer(call)));
  }

  /// A page that says what went wrong: with the menu, where it is known who looks, and with what
  /// was asked, to be put right.
  public byte[] error(@Nullable Call call, int status, String detail, String id) {
    if (call == null || status >= 500 || !Access.VIEWER.allows(call.principal())) {
      return sheets.bare(title(status), "error", told(status, detail, id, NOTHING));
    }
    Address asked = status == 422 ? Address.of(call.uri()).without("table", "as") : NOTHING;
    return sheets.apart(call, title(status), "error", told(status, detail, id, asked));
  }

  private static Map<String, ?> told(int status, String detail, String id, Address asked) {
    return Map.of("status", status, "detail", detail, "id", id, "asked", asked);
  }

  private static String title(int status) {
    return switch (status) {
      case 403 -> "You can't open this page";
      case 404 -> "Nothing here";
      case 429 -> "Too often";
      default -> status < 500 ? "This did not work" : "Something went wrong";
    };
  }
}
