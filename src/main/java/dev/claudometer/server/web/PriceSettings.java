package dev.claudometer.server.web;

import dev.claudometer.server.api.Api;
import dev.claudometer.server.api.PricesApi.Price;
import dev.claudometer.server.api.PricesApi.Prices;
import dev.claudometer.server.api.PricesApi.Refreshed;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.web.frame.Reports;
import dev.claudometer.server.web.frame.Sheets;
import dev.claudometer.server.web.table.Escaped;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.PriceTable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Prices, for those who may change them.
final class PriceSettings {

  private static final String ADDRESS = "/settings/prices";

  private final Reports reports;
  private final Api api;

  PriceSettings(Sheets sheets, Api api) {
    reports = new Reports(sheets);
    this.api = api;
  }

  private static final List<String> FIELDS =
      List.of("model", "input", "output", "cacheWrite5m", "cacheWrite1h", "cacheRead");

  private interface Work {
    String done() throws IOException;
  }

  List<Route> routes() {
    return List.of(
        Route.page(ADDRESS, Access.ADMIN, "The prices", this::ask),
        Route.form(ADDRESS, Access.ADMIN, "Set what a model costs", this::set),
        Route.form(ADDRESS + "/refresh", Access.ADMIN, "Fetch prices", this::refresh),
        Route.form(ADDRESS + "/reset", Access.ADMIN, "Back to built-in prices", this::reset));
  }

  private Reply set(Call call) throws IOException {
    return told(
        call,
        () -> {
          Price price = api.prices().set(call);
          return Escaped.name(price.model())
              + (price.since() == null
                  ? " has its price. Responses without one are priced now."
                  : " costs this from today on. What was booked stays booked.");
        });
  }

  private Reply refresh(Call call) throws IOException {
    return told(
        call,
        () -> sentence(api.prices().refresh(call, call.field("allProviders").equals("true"))));
  }

  private static String sentence(Refreshed refreshed) {
    String leftOut =
        refreshed.leftOut().stream()
            .map(some -> some.entries() + " " + some.why())
            .collect(Collectors.joining(", "));
    return refreshed.added().size()
        + (refreshed.added().size() == 1 ? " model" : " models")
        + " beyond the built-in book now priced."
        + (leftOut.isEmpty() ? "" : " Left out: " + leftOut + ".")
        + (refreshed.rejected().isEmpty()
            ? ""
            : " Cannot be right, and were left out: "
                + String.join("; ", refreshed.rejected())
                + ".");
  }

  private Reply reset(Call call) throws IOException {
    return told(
        call,
        () -> {
          api.prices().builtIn(call);
          return "The built-in prices are in use.";
        });
  }

  private Reply told(Call call, Work work) throws IOException {
    try {
      return page(call, 200, "", work.done(), Map.of());
    } catch (Problem problem) {
      Map<String, String> typed = new HashMap<>();
      for (String field : FIELDS) {
        typed.put(field, call.field(field));
      }
      return page(call, problem.status(), problem.message(), "", typed);
    }
  }

  /// The form for a model, where one is named.
  private Reply ask(Call call) {
    String model = call.query("model");
    return page(call, 200, "", "", model == null ? Map.of() : Map.of("model", model));
  }

  /// @param typed what the fields of the form have
  private Reply page(Call call, int status, String error, String done, Map<String, String> typed) {
    Figures figures = Figures.of(api.settings());
    Prices prices = api.prices().prices(call);
    return reports.page(
        call,
        status,
        "Prices",
        "/settings",
        "settings-prices",
        List.of(PriceTable.of(prices)),
        Map.of(
            "error",
            error,
            "done",
            done,
            "typed",
            typed,
            "state",
            (prices.builtIn() ? "Built in, of " : "Changed here on ")
                + figures.day(prices.updated()),
            "builtIn",
            prices.builtIn(),
            "unpriced",
            prices.unpriced().stream().map(Escaped::name).toList(),
            "models",
            prices.models().stream().map(Price::model).map(Escaped::name).toList()));
  }
}
