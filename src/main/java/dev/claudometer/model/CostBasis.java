package dev.claudometer.model;

import java.util.Locale;

/// At whose prices a client computed its dollars. Dollars of different bases are never added, nor
/// are a client's to ours.
public enum CostBasis {
  /// Not stated, or the client met a model that it had no price for.
  UNKNOWN,
  /// Anthropic's list prices.
  LIST,
  /// The prices that an organisation has set: Claude Code calls them `managed`.
  CONTRACT;

  /// What Claude Code writes as `costBasis`.
  public static CostBasis written(String text) {
    return switch (text) {
      case "list" -> LIST;
      case "managed", "contract" -> CONTRACT;
      default -> UNKNOWN;
    };
  }

  /// `list`, `contract`, `unknown`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// That of a sum of two.
  public CostBasis and(CostBasis other) {
    return this == other ? this : UNKNOWN;
  }
}
