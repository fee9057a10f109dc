package dev.claudometer.server.auth;

import dev.claudometer.store.registry.Account.Role;

/// Who calls: what the key, the token or the session says, never what the request says.
public sealed interface Principal {

  /// A person who has logged in.
  record User(String id, String name, Role role) implements Principal {}

  /// A machine, by its key.
  record Device(String id, String name) implements Principal {}

  /// A script, by its token.
  record Token(String id, String name, Role role) implements Principal {}

  /// Whoever holds the secret that the server was started with for its metrics.
  record Scraper() implements Principal {}

  /// Nobody that we know.
  record Anonymous() implements Principal {}
}
