package dev.claudometer.server.web;

import dev.claudometer.server.api.Api;
import dev.claudometer.server.api.UpkeepApi;
import dev.claudometer.server.api.UpkeepApi.ResetPreview;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.web.frame.Sheets;
import dev.claudometer.server.web.table.Figures;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// A copy of everything, and the deletion of all usage.
final class UpkeepPages {

  private static final String ADDRESS = "/settings/upkeep";

  private final Sheets sheets;
  private final Api api;

  UpkeepPages(Sheets sheets, Api api) {
    this.sheets = sheets;
    this.api = api;
  }

  List<Route> routes() {
    return List.of(
        Route.page(ADDRESS, Access.ADMIN, "Backup and reset", call -> page(call, 200, "", "")),
        Route.form(ADDRESS + "/backup", Access.ADMIN, "A copy of the database", this::backup),
        Route.form(ADDRESS + "/reset", Access.ADMIN, "Delete all usage", this::reset));
  }

  private Reply backup(Call call) throws IOException {
    try {
      return api.administration().upkeep().backup(call);
    } catch (Problem problem) {
      return page(call, problem.status(), problem.message(), "");
    }
  }

  private Reply reset(Call call) throws IOException {
    try {
      ResetPreview deleted = api.administration().upkeep().reset(call);
      return page(
          call,
          200,
          "",
          Figures.count(deleted.responses()) + " responses and their sums are gone.");
    } catch (Problem problem) {
      return page(call, problem.status(), problem.message(), "");
    }
  }

  private Reply page(Call call, int status, String error, String done) {
    return sheets.page(
        call,
        status,
        "Backup and reset",
        "/settings",
        "settings-upkeep",
        Map.of(
            "error",
            error,
            "done",
            done,
            "word",
            UpkeepApi.WORD,
            "extent",
            extent(api.administration().upkeep().preview())));
  }

  private String extent(ResetPreview preview) {
    String what =
        Figures.count(preview.responses())
            + " responses of "
            + Figures.count(preview.sessions())
            + " sessions";
    return preview.since() == null
        ? what
        : what + ", since " + Figures.of(api.settings()).day(preview.since());
  }
}
