package dev.claudometer.server.web;

import dev.claudometer.server.api.people.LoginApi;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.web.frame.Sheets;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Logging in and out.
public final class LoginPages {

  private final Sheets sheets;
  private final LoginApi api;

  LoginPages(Sheets sheets, LoginApi api) {
    this.sheets = sheets;
    this.api = api;
  }

  List<Route> routes() {
    return List.of(
        Route.page("/login", Access.PUBLIC, "Log in", this::ask),
        Route.form("/login", Access.PUBLIC, "Log in: sets the session cookie", this::login),
        Route.form("/logout", Access.VIEWER, "Log out: the session ends", this::logout));
  }

  private Reply ask(Call call) {
    return api.anybody() ? form(call, 200, "", next(call.query("next")), "") : Sheets.to("/setup");
  }

  private Reply login(Call call) throws IOException {
    String next = next(call.field("next"));
    try {
      return Sheets.to(next, api.login(call));
    } catch (Problem problem) {
      return form(call, problem.status(), call.field("name"), next, problem.message());
    }
  }

  private Reply form(Call call, int status, String name, String next, String error) {
    return sheets.page(
        call,
        status,
        "Log in",
        "/login",
        "login",
        Map.of("name", name, "next", next, "error", error));
  }

  /// Where to go after logging in: a page of this server, never another's.
  public static String next(@Nullable String wanted) {
    return wanted != null && wanted.matches("/(?![/\\\\])[\\x21-\\x5B\\x5D-\\x7E]*") ? wanted : "/";
  }

  private Reply logout(Call call) {
    return Sheets.to("/login", api.logout(call));
  }
}
