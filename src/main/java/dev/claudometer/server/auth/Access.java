package dev.claudometer.server.auth;

import dev.claudometer.store.registry.Account.Role;

/// Who may use a route.
public enum Access {
  /// Anybody.
  PUBLIC,
  /// Machines with a key.
  DEVICE,
  /// Everybody who has logged in, scripts with a token, a scraper, and whoever asks on this machine
  /// itself.
  METRICS,
  /// Everybody who has logged in.
  VIEWER,
  /// Administrators.
  ADMIN;

  public boolean allows(Principal principal) {
    return switch (principal) {
      case Principal.User(_, _, Role role) -> allows(role);
      case Principal.Token(_, _, Role role) -> allows(role);
      case Principal.Device _ -> this == PUBLIC || this == DEVICE;
      case Principal.Scraper _ -> this == PUBLIC || this == METRICS;
      case Principal.Anonymous _ -> this == PUBLIC;
    };
  }

  private boolean allows(Role role) {
    return switch (this) {
      case PUBLIC, METRICS, VIEWER -> true;
      case ADMIN -> role == Role.ADMIN;
      case DEVICE -> false;
    };
  }
}
