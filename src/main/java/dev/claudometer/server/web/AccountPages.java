package dev.claudometer.server.web;

import dev.claudometer.server.api.Settings;
import dev.claudometer.server.api.people.AccountApi;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.web.frame.Reports;
import dev.claudometer.server.web.frame.Sheets;
import dev.claudometer.server.web.table.Cell;
import dev.claudometer.server.web.table.Escaped;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.Table;
import dev.claudometer.server.web.table.Table.Column;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The own account: password and sessions.
public final class AccountPages {

  private final Reports reports;
  private final AccountApi account;
  private final Settings settings;

  AccountPages(Sheets sheets, AccountApi account, Settings settings) {
    reports = new Reports(sheets);
    this.account = account;
    this.settings = settings;
  }

  List<Route> routes() {
    return List.of(
        Route.page("/account", Access.VIEWER, "The own account", call -> page(call, "", "")),
        Route.form("/account/password", Access.VIEWER, "Change the own password", this::password),
        Route.form("/account/end", Access.VIEWER, "End one of the own sessions", this::end));
  }

  private Reply password(Call call) throws IOException {
    if (!call.field("password").equals(call.field("again"))) {
      return page(call, "the two passwords are not the same", "");
    }
    try {
      account.changePassword(call);
      return page(call, "", "The password is changed. Your other sessions have ended.");
    } catch (Problem problem) {
      return page(call, problem.message(), "");
    }
  }

  private Reply end(Call call) throws IOException {
    account.endSession(call, call.field("id"));
    return Sheets.to("/account");
  }

  private Reply page(Call call, String error, String done) {
    Figures figures = Figures.of(settings);
    List<AccountApi.Session> sessions = account.sessions(call);
    Table table =
        Table.of(
            "sessions",
            "Where you are logged in",
            List.of(
                Column.text("id", "Session"),
                Column.text("browser", "Browser"),
                Column.text("address", "From"),
                Column.time("createdAt", "Since"),
                Column.time("lastUsed", "Last used"),
                Column.time("expiresAt", "Ends")),
            sessions.stream().map(session -> row(session, figures)).toList(),
            "");
    return reports.page(
        call,
        error.isEmpty() ? 200 : 422,
        "Account",
        "/account",
        "account",
        List.of(table),
        Map.of("error", error, "done", done, "logins", logins(call, sessions, figures)));
  }

  /// A session, as somebody knows it again.
  ///
  /// @param title `Firefox on Linux`
  /// @param detail `last used 5 min ago, from 10.0.0.1, since 2026-11-21 09:41`
  /// @param here whether it is the one of this page
  public record Login(String id, String title, String detail, boolean here) {}

  private List<Login> logins(Call call, List<AccountApi.Session> sessions, Figures figures) {
    String current = account.current(call);
    return sessions.stream().map(session -> login(call, session, current, figures)).toList();
  }

  private static Login login(
      Call call, AccountApi.Session session, @Nullable String current, Figures figures) {
    Instant used = session.lastUsed() == null ? session.createdAt() : session.lastUsed();
    return new Login(
        session.id(),
        BrowserName.of(session.browser()),
        "last used "
            + Figures.ago(used, call.now())
            + ", from "
            + Escaped.name(session.address())
            + ", since "
            + figures.time(session.createdAt()),
        session.id().equals(current));
  }

  private static List<Cell> row(AccountApi.Session session, Figures figures) {
    return List.of(
        Cell.name(session.id()),
        Cell.name(session.browser()),
        Cell.name(session.address()),
        Cell.time(figures, session.createdAt()),
        Cell.time(figures, session.lastUsed()),
        Cell.time(figures, session.expiresAt()));
  }
}
