package dev.claudometer.server.auth;

import dev.claudometer.model.DeviceId;
import dev.claudometer.store.registry.Account.Role;

/// Who calls: what the key, the token or the session says, never what the request says.
public sealed interface Principal {

  /// A person who has logged in.
  record User(String id, String name, Role role) implements Principal {}

  /// A machine, by its key.
  record Device(DeviceId id, String name) implements Principal {}

  /// A script, by its token.
  ///
  /// @param owner who has issued it
  record Token(String id, String name, String owner, Role role) implements Principal {}

  /// A Prometheus, by a metrics token or the secret that the server was started with.
  record Scraper(String id) implements Principal {}

  /// Somebody from a network that may look without logging in.
  record Guest() implements Principal {}

  /// Nobody that we know.
  record Anonymous() implements Principal {}

  /// Whether we know nothing of the caller but an address.
  default boolean stranger() {
    return this instanceof Guest || this instanceof Anonymous;
  }

  /// Whose requests are counted together.
  ///
  /// @param address of the caller, for strangers
  default String counted(String address) {
    return switch (this) {
      case User(String id, _, _) -> id;
      case Token(String id, _, _, _) -> id;
      case Device(DeviceId id, _) -> id.text();
      case Scraper(String id) -> id;
      case Guest _, Anonymous _ -> CallerNetwork.of(address);
    };
  }
}
