package dev.claudometer.model;

/// What Anthropic's reports can be grouped by.
public enum BilledDimension {
  ACCOUNT("no account"),
  API_KEY("console"),
  SERVICE_ACCOUNT("no service account"),
  WORKSPACE("default"),
  MODEL("no model"),
  SERVICE_TIER("no tier"),
  CONTEXT_WINDOW("no context window"),
  INFERENCE_GEO("no region"),
  DESCRIPTION("no description"),
  COST_TYPE("no cost type"),
  TOKEN_TYPE("no token type"),
  /// An e-mail address, or the name of an API key.
  ACTOR("nobody"),
  CUSTOMER_TYPE("no customer type"),
  SUBSCRIPTION_TYPE("no subscription"),
  TERMINAL("no terminal"),
  TOOL("no tool");

  private final String none;

  BilledDimension(String none) {
    this.none = none;
  }

  /// What it means that a report is grouped by this and names nothing: usage without an API key is
  /// the Console's, usage without a workspace is the default workspace's.
  public String none() {
    return none;
  }
}
