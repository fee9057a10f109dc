package dev.claudometer.server.api;

import dev.claudometer.server.api.people.AccountApi;
import dev.claudometer.server.api.people.Attempts;
import dev.claudometer.server.api.people.LoginApi;
import dev.claudometer.server.api.people.OwnPassword;
import dev.claudometer.server.api.people.PersonalDataApi;
import dev.claudometer.server.api.people.TeamsApi;
import dev.claudometer.server.api.people.TokensApi;
import dev.claudometer.server.api.people.UsersApi;
import dev.claudometer.server.auth.Passwords;
import dev.claudometer.server.http.Route;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.registry.Registry;
import java.util.List;
import java.util.stream.Stream;

/// What concerns people, by concern.
public record People(
    LoginApi login,
    AccountApi account,
    UsersApi users,
    TokensApi tokens,
    TeamsApi teams,
    PersonalDataApi personalData) {

  static People of(
      Registry registry,
      UsageStore store,
      Passwords passwords,
      Attempts attempts,
      OwnPassword own) {
    return new People(
        new LoginApi(registry, passwords, attempts),
        new AccountApi(registry, passwords, own),
        new UsersApi(registry, passwords),
        new TokensApi(registry),
        new TeamsApi(registry),
        new PersonalDataApi(registry, store));
  }

  List<Route> routes() {
    return Stream.of(
            login.routes(),
            account.routes(),
            users.routes(),
            tokens.routes(),
            teams.routes(),
            personalData.routes())
        .flatMap(List::stream)
        .toList();
  }
}
