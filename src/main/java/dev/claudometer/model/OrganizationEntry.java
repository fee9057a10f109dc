package dev.claudometer.model;

/// Somebody or something that bills name by an id. An empty string is "not stated".
///
/// @param owner id of who made a key, or whom it stands for
/// @param workspace id of a key's workspace; empty for the default one
public record OrganizationEntry(
    Kind kind,
    String id,
    String name,
    String email,
    String status,
    String owner,
    String workspace) {

  /// What an entry is.
  public enum Kind {
    ORGANIZATION,
    WORKSPACE,
    USER,
    API_KEY
  }
}
