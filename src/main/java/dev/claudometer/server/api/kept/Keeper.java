package dev.claudometer.server.api.kept;

import dev.claudometer.server.auth.Principal;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.store.registry.Account.Role;
import org.jspecify.annotations.Nullable;

/// Who keeps something, or looks at what is kept.
///
/// @param name of the person; empty for a guest
/// @param role what the person may do
record Keeper(String name, Role role) {

  static Keeper of(Call call) {
    return switch (call.principal()) {
      case Principal.User(_, String name, Role role) -> new Keeper(name, role);
      case Principal.Token(_, _, String owner, Role role) -> new Keeper(owner, role);
      default -> new Keeper("", Role.VIEWER);
    };
  }

  /// @throws Problem 403 for whoever has not logged in
  Keeper known() {
    if (name.isEmpty()) {
      throw Problem.of(403, "log in to keep something here");
    }
    return this;
  }

  boolean publishes() {
    return role == Role.ADMIN || role == Role.LEAD;
  }

  /// Whether something is for everybody from now on.
  ///
  /// @param asked null where it stays as it was
  /// @throws Problem 403 for whoever may not tell everybody something
  boolean shares(@Nullable Boolean asked, boolean before) {
    boolean shared = asked == null ? before : asked;
    if (shared && !publishes()) {
      throw Problem.of(403, "only administrators and leads keep something for everybody");
    }
    return shared;
  }

  boolean isAuthor(String author) {
    return !name.isEmpty() && name.equals(author);
  }

  boolean mayChange(String author, boolean shared) {
    return isAuthor(author) || (shared && role == Role.ADMIN);
  }
}
