package dev.claudometer.server.web;

import dev.claudometer.server.api.People;
import dev.claudometer.server.api.Settings;
import dev.claudometer.server.api.people.TeamsApi.Teams;
import dev.claudometer.server.api.people.TokensApi.Token;
import dev.claudometer.server.api.people.UsersApi.Person;
import dev.claudometer.server.auth.Access;
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
import dev.claudometer.store.registry.Accounts;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Users, and the tokens of scripts.
final class PeoplePages {

  private final Reports reports;
  private final People people;
  private final Settings settings;

  PeoplePages(Sheets sheets, People people, Settings settings) {
    reports = new Reports(sheets);
    this.people = people;
    this.settings = settings;
  }

  private interface Work {
    String done() throws IOException;
  }

  List<Route> routes() {
    return List.of(
        Route.page("/people", Access.ADMIN, "Users and tokens", call -> page(call, "", "", "")),
        Route.form("/people", Access.ADMIN, "Add a user", this::add),
        Route.form("/people/tokens", Access.ADMIN, "Issue a token", this::issue),
        Route.form("/people/tokens/revoke", Access.ADMIN, "Revoke a token", this::revoke),
        Route.form("/people/teams", Access.ADMIN, "Put a person into a team", this::team),
        Route.form("/people/delete", Access.ADMIN, "Delete a person", this::delete),
        Route.form("/people/data", Access.ADMIN, "A person's data as a file", this::data),
        Route.form("/people/{id}", Access.ADMIN, "Change a user", this::change));
  }

  private Reply add(Call call) throws IOException {
    return told(call, () -> people.users().add(call).name() + " can log in now.");
  }

  private Reply change(Call call) throws IOException {
    return told(
        call, () -> people.users().change(call).name() + " is changed, and has to log in again.");
  }

  private Reply revoke(Call call) throws IOException {
    return told(
        call,
        () -> {
          people.tokens().revokeToken(call, call.field("id"));
          return "The token is revoked.";
        });
  }

  private Reply team(Call call) throws IOException {
    return told(
        call,
        () -> {
          String team = call.field("team");
          people.teams().put(call, call.field("person"), team);
          return call.field("person")
              + (team.isBlank() ? " is in no team." : " is in " + team + ".");
        });
  }

  private Reply delete(Call call) throws IOException {
    return told(
        call,
        () -> {
          String person = call.field("person");
          if (!person.equals(call.field("again"))) {
            throw Problem.of(422, "type the same name twice to delete a person");
          }
          people.personalData().delete(call, person);
          return person + " is deleted. What the machines used stays, as that of nobody.";
        });
  }

  private Reply data(Call call) throws IOException {
    return people.personalData().data(call, call.field("person"));
  }

  private Reply told(Call call, Work work) throws IOException {
    try {
      return page(call, "", work.done(), "");
    } catch (Problem | Accounts.NameTaken | Accounts.LastAdmin refused) {
      return page(call, String.valueOf(refused.getMessage()), "", "");
    }
  }

  /// The token is shown this once.
  private Reply issue(Call call) throws IOException {
    try {
      return page(call, "", "", people.tokens().issue(call).token());
    } catch (Problem problem) {
      return page(call, problem.message(), "", "");
    }
  }

  private Reply page(Call call, String error, String done, String token) {
    Figures figures = Figures.of(settings);
    List<Person> persons = people.users().users();
    List<Token> tokens = people.tokens().tokens();
    Teams teams = people.teams().teams();
    return reports.page(
        call,
        error.isEmpty() ? 200 : 422,
        "People",
        "/people",
        "people",
        List.of(users(persons, figures), tokens(tokens, figures), teams(teams)),
        Map.of(
            "error",
            error,
            "done",
            done,
            "token",
            token,
            "persons",
            persons,
            "tokens",
            tokens,
            "names",
            teams.people()));
  }

  private static Table users(List<Person> persons, Figures figures) {
    return Table.of(
        "users",
        "Users",
        List.of(
            Column.text("name", "Name"),
            Column.text("role", "Role"),
            Column.text("state", "State"),
            Column.time("createdAt", "Since")),
        persons.stream()
            .map(
                person ->
                    List.of(
                        Cell.name(person.name()),
                        Cell.name(person.role().name().toLowerCase(Locale.ROOT)),
                        Cell.name(person.disabled() ? "disabled" : "may log in"),
                        Cell.time(figures, person.createdAt())))
            .toList(),
        "");
  }

  private static Table teams(Teams teams) {
    return Table.of(
        "teams",
        "Teams",
        List.of(
            Column.text("team", "Team"),
            Column.text("people", "People"),
            Column.number("devices", "Devices")),
        teams.teams().stream()
            .map(
                team ->
                    List.of(
                        Cell.name(team.name()),
                        Cell.name(String.join(", ", team.people())),
                        Cell.count(team.devices().size())))
            .toList(),
        "There is no team: put people into one, and a lead sees its machines only.");
  }

  private static Table tokens(List<Token> tokens, Figures figures) {
    return Table.of(
        "tokens",
        "Tokens of scripts",
        List.of(
            Column.text("name", "Name"),
            Column.text("role", "Role"),
            Column.text("prefix", "Begins with"),
            Column.time("createdAt", "Since"),
            Column.time("lastUsed", "Last used"),
            Column.time("expiresAt", "Ends")),
        tokens.stream()
            .map(
                token ->
                    List.of(
                        Cell.name(token.name()),
                        Cell.name(token.role().toLowerCase(Locale.ROOT)),
                        Cell.name(token.prefix() + "…"),
                        Cell.time(figures, token.createdAt()),
                        Cell.time(figures, token.lastUsed()),
                        Cell.time(figures, token.expiresAt())))
            .toList(),
        "No script has a token: issue one for what is to read the API.");
  }
}
