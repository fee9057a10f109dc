package dev.claudometer.server.auth;

import dev.claudometer.store.registry.Account.Role;

/// Who may use a route.
public enum Access {
  /// Anybody.
  PUBLIC,
  /// Machines with a key.
  DEVICE,
  /// Whoever sees all machines, a scraper, and whoever asks on this machine itself.
  METRICS,
  /// Everybody who has logged in: each sees the rows that are for them.
  VIEWER,
  /// Whoever sees all machines.
  FLEET,
  /// Whoever sees the organisation's bill.
  FINANCE,
  /// Administrators.
  ADMIN;

  public boolean allows(Principal principal) {
    return switch (principal) {
      case Principal.User(_, _, Role role) -> allows(role);
      case Principal.Token(_, _, _, Role role) -> allows(role);
      case Principal.Device _ -> this == PUBLIC || this == DEVICE;
      case Principal.Scraper _ -> this == PUBLIC || this == METRICS;
      case Principal.Guest _ -> this == PUBLIC || this == METRICS || looks();
      case Principal.Anonymous _ -> this == PUBLIC;
    };
  }

  /// Whether it is for whoever may look.
  public boolean looks() {
    return this == VIEWER || this == FLEET;
  }

  private boolean allows(Role role) {
    return switch (this) {
      case PUBLIC, VIEWER -> true;
      case METRICS, FLEET -> role != Role.LEAD;
      case FINANCE -> role == Role.FINANCE || role == Role.ADMIN;
      case ADMIN -> role == Role.ADMIN;
      case DEVICE -> false;
    };
  }
}
