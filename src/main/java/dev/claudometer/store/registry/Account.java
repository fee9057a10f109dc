package dev.claudometer.store.registry;

import java.time.Instant;

/// A person who may log in.
public record Account(String id, String name, Role role, boolean disabled, Instant createdAt) {

  /// What a person may do.
  public enum Role {
    /// Sees usage, changes nothing but the own password.
    VIEWER,
    /// Sees and changes everything.
    ADMIN
  }
}
