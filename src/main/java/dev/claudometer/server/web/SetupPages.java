package dev.claudometer.server.web;

import dev.claudometer.server.api.Api;
import dev.claudometer.server.api.devices.DevicesApi.IssuedCode;
import dev.claudometer.server.api.people.SetupProgress.Step;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.auth.Principal;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.web.frame.Live;
import dev.claudometer.server.web.frame.Sheets;
import dev.claudometer.server.web.frame.Zones;
import dev.claudometer.server.web.table.Figures;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Five steps from an empty server to the first device. What is done is stored at each step, so it
/// can be left and gone on with at any of them.
final class SetupPages {

  private static final int MOST_MACHINES = 1_000;

  /// What the steps ask for.
  private static final List<String> FIELDS =
      List.of(
          "serverName",
          "timeZone",
          "weekStart",
          "currency",
          "exchangeRate",
          "exchangeRateDate",
          "retentionDays",
          "viewersSee");

  private final Sheets sheets;
  private final Api api;

  SetupPages(Sheets sheets, Api api) {
    this.sheets = sheets;
    this.api = api;
  }

  List<Route> routes() {
    return List.of(
        Route.page("/setup", Access.PUBLIC, "What the set-up does", this::welcome),
        Route.page("/setup/admin", Access.PUBLIC, "Who administers", this::askAdmin),
        Route.form("/setup/admin", Access.PUBLIC, "Make the first administrator", this::admin),
        Route.page("/setup/server", Access.ADMIN, "Name, zone and currency", this::askServer),
        Route.form("/setup/server", Access.ADMIN, "Set name, zone and currency", this::server),
        Route.page("/setup/retention", Access.ADMIN, "How long to keep what", this::askRetention),
        Route.form("/setup/retention", Access.ADMIN, "Set how long to keep what", this::retention),
        Route.page("/setup/device", Access.ADMIN, "Name a device", this::askDevice),
        Route.form("/setup/device", Access.ADMIN, "A code for a device", this::device),
        Route.page("/setup/arrived", Access.ADMIN, "The devices that have come", this::arrived),
        Route.form("/setup/done", Access.ADMIN, "The set-up is done", this::done));
  }

  /// Where it was left.
  private Reply welcome(Call call) {
    if (!api.people().login().anybody()) {
      return step(call, 200, 1, "Welcome", "");
    }
    if (call.principal() instanceof Principal.Anonymous) {
      return Sheets.to("/login?next=%2Fsetup");
    }
    return Sheets.to(
        switch (api.progress().next()) {
          case SERVER -> "/setup/server";
          case RETENTION -> "/setup/retention";
          case DEVICE -> "/setup/device";
          case DONE -> "/";
        });
  }

  private Reply askAdmin(Call call) {
    return api.people().login().anybody()
        ? Sheets.to("/setup")
        : step(call, 200, 2, "Administrator", "");
  }

  private Reply admin(Call call) throws IOException {
    String password = call.field("password");
    Map<String, String> typed = typed(call, "token", "name");
    if (!password.equals(call.field("again"))) {
      return step(call, 422, 2, "Administrator", "The two passwords are not the same.", typed);
    }
    try {
      Reply made = api.people().login().setup(call);
      api.progress().begin(call);
      return Sheets.to("/setup/server", made);
    } catch (Problem problem) {
      return step(call, problem.status(), 2, "Administrator", sentence(problem), typed);
    }
  }

  private Reply askServer(Call call) {
    return step(call, 200, 3, "Server", "");
  }

  private Reply server(Call call) throws IOException {
    return change(call, 3, "Server", Step.SERVER);
  }

  private Reply askRetention(Call call) {
    return step(call, 200, 4, "Retention", "");
  }

  private Reply retention(Call call) throws IOException {
    return change(call, 4, "Retention", Step.RETENTION);
  }

  private Reply change(Call call, int number, String title, Step done) throws IOException {
    try {
      api.settingsApi().change(call);
      api.progress().done(call, done);
      return Sheets.to(done == Step.SERVER ? "/setup/retention" : "/setup/device");
    } catch (Problem problem) {
      Map<String, String> typed = new HashMap<>(api.settings().all());
      for (String name : FIELDS) {
        String value = call.field(name);
        if (!value.isEmpty()) {
          typed.put(name, value);
        }
      }
      return step(call, problem.status(), number, title, sentence(problem), typed);
    }
  }

  private Reply askDevice(Call call) {
    return ask(call, 200, Map.of(), "");
  }

  private Reply ask(Call call, int status, Map<String, String> typed, String error) {
    return sheets.page(
        call,
        status,
        "Add a device",
        "/devices",
        "device-code",
        Map.of("setup", api.progress().next() == Step.DEVICE, "typed", typed, "error", error));
  }

  private Reply device(Call call) throws IOException {
    try {
      return commands(call, api.devices().code(call));
    } catch (Problem problem) {
      Map<String, String> typed = typed(call, "name", "owner", "machines", "minutes");
      return ask(call, problem.status(), typed, sentence(problem));
    }
  }

  /// The end of the set-up, and how later devices come.
  private Reply commands(Call call, IssuedCode code) {
    return sheets.page(
        call,
        200,
        "Add a device",
        "/devices",
        "device-commands",
        Map.of(
            "setup",
            api.progress().next() == Step.DEVICE,
            "code",
            code,
            "until",
            Figures.of(api.settings()).time(code.expiresAt()),
            "commands",
            DeviceCommands.of(call.server(), code.code(), call.browser()),
            "since",
            call.now().toString(),
            "arrivals",
            List.of(),
            "figures",
            Figures.of(api.settings())));
  }

  /// What the page of a code asks for again and again.
  private Reply arrived(Call call) {
    String since = call.query("since");
    int machines = call.number("machines", 1, MOST_MACHINES);
    Instant from;
    try {
      from = since == null ? call.now() : Instant.parse(since);
    } catch (DateTimeException wrong) {
      throw Problem.of(422, "'since' has to be an instant");
    }
    return sheets.page(
        call,
        200,
        "Add a device",
        "/devices",
        Live.asked(call) ? "arrivals" : "arrived",
        Map.of(
            "since",
            from.toString(),
            "machines",
            machines,
            "arrivals",
            api.devices().arrived(call, from),
            "figures",
            Figures.of(api.settings())));
  }

  private static Map<String, String> typed(Call call, String... names) throws IOException {
    Map<String, String> typed = new HashMap<>();
    for (String name : names) {
      typed.put(name, call.field(name));
    }
    return typed;
  }

  /// As a person reads it.
  private static String sentence(Problem problem) {
    String text = problem.message();
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
  }

  private Reply done(Call call) {
    api.progress().done(call, Step.DEVICE);
    return Sheets.to("/");
  }

  private Reply step(Call call, int status, int number, String title, String error) {
    return step(call, status, number, title, error, api.settings().all());
  }

  /// @param typed what the fields have
  private Reply step(
      Call call, int status, int number, String title, String error, Map<String, String> typed) {
    return sheets.page(
        call,
        status,
        title,
        "/setup",
        "setup",
        Map.of("number", number, "error", error, "settings", typed, "zones", Zones.ALL));
  }
}
