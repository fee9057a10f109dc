package dev.claudometer.server.web;

import dev.claudometer.server.api.Api;
import dev.claudometer.server.api.SettingsApi.RetentionPreview;
import dev.claudometer.server.api.SettingsApi.Verification;
import dev.claudometer.server.api.StateApi.Status;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.web.OverviewPage.Card;
import dev.claudometer.server.web.frame.Sheets;
import dev.claudometer.server.web.frame.Zones;
import dev.claudometer.server.web.table.Figures;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// How the server is set, and how it is.
final class SettingsPages {

  private final Sheets sheets;
  private final Api api;

  SettingsPages(Sheets sheets, Api api) {
    this.sheets = sheets;
    this.api = api;
  }

  List<Route> routes() {
    return List.of(
        Route.page("/settings", Access.ADMIN, "The settings", this::show),
        Route.form("/settings", Access.ADMIN, "Change settings", this::change),
        Route.form("/settings/forget", Access.ADMIN, "Delete old responses now", this::forget),
        Route.form("/settings/verify", Access.ADMIN, "Prove that sums are right", this::verify));
  }

  private Reply show(Call call) {
    return page(call, 200, "", "");
  }

  private Reply change(Call call) throws IOException {
    try {
      api.settingsApi().change(call);
      return page(call, 200, "", "The settings are saved." + untold());
    } catch (Problem problem) {
      return page(call, problem.status(), problem.message(), "");
    }
  }

  /// What is missing for what was set to be seen.
  private String untold() {
    Map<String, String> settings = api.settings().all();
    String currency = settings.getOrDefault("currency", "USD");
    return currency.equals("USD") || !settings.getOrDefault("exchangeRate", "").isEmpty()
        ? ""
        : " Amounts stay in dollars until you say what one dollar costs in " + currency + ".";
  }

  private Reply forget(Call call) throws IOException {
    try {
      long deleted = api.settingsApi().forget(call).deleted();
      return page(call, 200, "", Figures.count(deleted) + " responses are deleted.");
    } catch (Problem problem) {
      return page(call, problem.status(), problem.message(), "");
    }
  }

  private Reply verify(Call call) {
    Verification verification = api.settingsApi().verify(call);
    return verification.sound()
        ? page(call, 200, "", "Sound: every sum is that of its responses.")
        : page(call, 200, String.join("; ", verification.problems()), "");
  }

  private Reply page(Call call, int status, String error, String done) {
    return sheets.page(
        call,
        status,
        "Settings",
        "/settings",
        "settings",
        Map.of(
            "error",
            error,
            "done",
            done,
            "settings",
            api.settings().all(),
            "zones",
            Zones.ALL,
            "preview",
            preview(call),
            "cards",
            cards(api.state().status(call))));
  }

  /// What would be deleted, where somebody asks.
  private String preview(Call call) {
    if (call.query("days") == null) {
      return "";
    }
    RetentionPreview preview = api.settingsApi().preview(call);
    return Figures.count(preview.responses())
        + " responses are from before "
        + Figures.of(api.settings()).time(preview.before())
        + ".";
  }

  private static List<Card> cards(Status status) {
    return List.of(
        new Card("Version", status.version(), ""),
        new Card("Java", status.java(), ""),
        new Card("Running for", Figures.span(Duration.ofSeconds(status.uptimeSeconds())), ""),
        new Card("Database", Figures.count(status.databaseBytes() >> 20) + " MiB", ""),
        new Card(
            "Memory",
            Figures.count(status.heapUsedBytes() >> 20)
                + " of "
                + Figures.count(status.heapMaxBytes() >> 20)
                + " MiB",
            ""));
  }
}
