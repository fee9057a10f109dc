package dev.claudometer.server.web;

import dev.claudometer.server.api.Api;
import dev.claudometer.server.api.people.MetricsTokenApi.MetricsToken;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.auth.Guests;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.web.frame.Reports;
import dev.claudometer.server.web.frame.Sheets;
import dev.claudometer.server.web.table.Cell;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.Table;
import dev.claudometer.server.web.table.Table.Column;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Who gets in without a person logging in: Prometheus, and guests.
final class AccessSettings {

  private static final String ADDRESS = "/settings/access";

  private final Reports reports;
  private final Api api;

  AccessSettings(Sheets sheets, Api api) {
    reports = new Reports(sheets);
    this.api = api;
  }

  List<Route> routes() {
    return List.of(
        Route.page(ADDRESS, Access.ADMIN, "Who gets in", call -> page(call, 200, "", "", "")),
        Route.form(ADDRESS + "/metrics", Access.ADMIN, "A new metrics token", this::rotate),
        Route.form(ADDRESS + "/metrics/revoke", Access.ADMIN, "No metrics token", this::revoke),
        Route.form(ADDRESS + "/guests", Access.ADMIN, "Let guests look", this::allow),
        Route.form(ADDRESS + "/guests/end", Access.ADMIN, "Let no guests look", this::end));
  }

  /// The token is shown this once.
  private Reply rotate(Call call) {
    String token = api.administration().metricsToken().rotate(call).token();
    return page(call, 200, "", "", token);
  }

  private Reply revoke(Call call) {
    api.administration().metricsToken().revoke(call);
    return page(call, 200, "", "No metrics token is in force.", "");
  }

  private Reply allow(Call call) throws IOException {
    try {
      api.administration().guests().allow(call);
      return page(call, 200, "", "Guests may look now.", "");
    } catch (Problem problem) {
      return page(call, problem.status(), problem.message(), "", "");
    }
  }

  private Reply end(Call call) {
    api.administration().guests().end(call);
    return page(call, 200, "", "Everybody has to log in.", "");
  }

  private Reply page(Call call, int status, String error, String done, String token) {
    Figures figures = Figures.of(api.settings());
    return reports.page(
        call,
        status,
        "Access",
        "/settings",
        "settings-access",
        List.of(tokens(api.administration().metricsToken().tokens(call).tokens(), figures)),
        Map.of(
            "error",
            error,
            "done",
            done,
            "token",
            token,
            "server",
            call.server(),
            "networks",
            api.administration().guests().networks().networks(),
            "usual",
            Guests.LOOPBACK));
  }

  private static Table tokens(List<MetricsToken> tokens, Figures figures) {
    return Table.of(
        "metrics",
        "Metrics token",
        List.of(
            Column.text("prefix", "Begins with"),
            Column.time("createdAt", "Since"),
            Column.time("lastUsed", "Last used"),
            Column.time("expiresAt", "Ends")),
        tokens.stream()
            .map(
                token ->
                    List.of(
                        Cell.name(token.prefix() + "…"),
                        Cell.time(figures, token.createdAt()),
                        Cell.time(figures, token.lastUsed()),
                        Cell.time(figures, token.expiresAt())))
            .toList(),
        "None is in force: Prometheus gets metrics on this machine only, or with an API token.");
  }
}
