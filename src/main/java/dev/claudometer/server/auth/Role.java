package dev.claudometer.server.auth;

/// What a person may do.
public enum Role {
  /// Sees usage, changes nothing but the own password.
  VIEWER,
  /// Sees and changes everything.
  ADMIN
}
