package dev.claudometer.server.api;

import dev.claudometer.server.api.people.AccountApi;
import dev.claudometer.server.api.people.Attempts;
import dev.claudometer.server.api.people.LoginApi;
import dev.claudometer.server.api.people.OwnPassword;
import dev.claudometer.server.api.people.TokensApi;
import dev.claudometer.server.api.people.UsersApi;
import dev.claudometer.server.http.Route;
import java.util.List;
import java.util.stream.Stream;

/// What concerns people, by concern.
public record People(LoginApi login, AccountApi account, UsersApi users, TokensApi tokens) {

  static People of(Api.Parts parts, Attempts attempts, OwnPassword own) {
    return new People(
        new LoginApi(parts.registry(), parts.passwords(), attempts),
        new AccountApi(parts.registry(), parts.passwords(), own),
        new UsersApi(parts.registry(), parts.passwords()),
        new TokensApi(parts.registry()));
  }

  List<Route> routes() {
    return Stream.of(login.routes(), account.routes(), users.routes(), tokens.routes())
        .flatMap(List::stream)
        .toList();
  }
}
