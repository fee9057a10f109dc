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
import dev.claudometer.server.web.frame.Sheets;
import dev.claudometer.server.web.frame.Zones;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Five steps from an empty server to the first device. What is done is stored at each step, so it
/// can be left and gone on with at any of them.
final class SetupPages {

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
    if (!password.equals(call.field("again"))) {
      return step(call, 422, 2, "Administrator", "the two passwords are not the same");
    }
    try {
      Reply made = api.people().login().setup(call);
      api.progress().begin(call);
      return Sheets.to("/setup/server", made);
    } catch (Problem problem) {
      return step(call, problem.status(), 2, "Administrator", problem.message());
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
      return step(call, problem.status(), number, title, problem.message());
    }
  }

  private Reply askDevice(Call call) {
    return device(call, null);
  }

  private Reply device(Call call) throws IOException {
    return device(call, api.devices().code(call));
  }

  /// The end of the set-up, and how later devices come.
  private Reply device(Call call, @Nullable IssuedCode code) {
    return sheets.page(
        call,
        200,
        "Add a device",
        "/devices",
        "device-code",
        Map.of(
            "setup",
            api.progress().next() == Step.DEVICE,
            "commands",
            code == null ? List.of() : DeviceCommands.of(call.server(), code.code())));
  }

  private Reply done(Call call) {
    api.progress().done(call, Step.DEVICE);
    return Sheets.to("/");
  }

  private Reply step(Call call, int status, int number, String title, String error) {
    return sheets.page(
        call,
        status,
        title,
        "/setup",
        "setup",
        Map.of(
            "number",
            number,
            "error",
            error,
            "settings",
            api.settings().all(),
            "zones",
            Zones.ALL));
  }
}
