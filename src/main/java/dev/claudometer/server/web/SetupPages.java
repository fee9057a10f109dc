package dev.claudometer.server.web;

import dev.claudometer.server.api.Api;
import dev.claudometer.server.api.Call;
import dev.claudometer.server.api.DevicesApi.IssuedCode;
import dev.claudometer.server.api.Problem;
import dev.claudometer.server.api.Reply;
import dev.claudometer.server.api.Route;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.auth.Principal;
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
        Route.form("/setup/device", Access.ADMIN, "A code for a device", this::device));
  }

  private Reply welcome(Call call) {
    if (api.people().login().anybody()) {
      return Sheets.to(
          call.principal() instanceof Principal.Anonymous ? "/login" : "/setup/server");
    }
    return step(call, 200, 1, "Welcome", "");
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
      return Sheets.to("/setup/server", api.people().login().setup(call));
    } catch (Problem problem) {
      return step(call, problem.status(), 2, "Administrator", problem.message());
    }
  }

  private Reply askServer(Call call) {
    return step(call, 200, 3, "Server", "");
  }

  private Reply server(Call call) throws IOException {
    return change(call, 3, "Server", "/setup/retention");
  }

  private Reply askRetention(Call call) {
    return step(call, 200, 4, "Retention", "");
  }

  private Reply retention(Call call) throws IOException {
    return change(call, 4, "Retention", "/setup/device");
  }

  private Reply change(Call call, int number, String title, String next) throws IOException {
    try {
      api.settingsApi().change(call);
      return Sheets.to(next);
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

  private Reply device(Call call, @Nullable IssuedCode code) {
    return sheets.page(
        call,
        200,
        "Add a device",
        "/setup/device",
        "device-code",
        Map.of("command", code == null ? "" : command(call, code)));
  }

  /// What to run on the device.
  private static String command(Call call, IssuedCode code) {
    return "claudometer agent setup --server " + call.server() + " --code " + code.code();
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
