package dev.claudometer.store.registry;

import java.time.Instant;

/// A person who may log in.
public record Account(String id, String name, Role role, boolean disabled, Instant createdAt) {

  /// What a person may do.
  public enum Role {
    /// Sees the usage of all, changes nothing but the own password.
    VIEWER,
    /// A viewer who sees the organisation's bill too.
    FINANCE,
    /// Sees the usage of the own team's machines and of no others.
    LEAD,
    /// Sees and changes everything.
    ADMIN;

    /// What remains of a token's role where its owner has this one: never more than either.
    public Role least(Role other) {
      if (this == ADMIN || other == ADMIN) {
        return this == ADMIN ? other : this;
      }
      if (this == LEAD || other == LEAD) {
        return LEAD;
      }
      return this == FINANCE && other == FINANCE ? FINANCE : VIEWER;
    }
  }
}
