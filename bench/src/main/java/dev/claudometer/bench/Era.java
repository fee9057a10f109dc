package dev.claudometer.bench;

import java.util.List;

/// A generation of Claude Code: what its lines look like and which models it talks to.
enum Era {
  /// 1.0.x: no cache split, subagents in flat files without an agent id.
  FIRST(
      List.of("1.0.17", "1.0.44", "1.0.98", "1.0.128"),
      List.of("claude-sonnet-4-20250514", "claude-opus-4-1-20250805"),
      new double[] {7, 3}),
  /// 2.0.x: cache split; a stream's copies grow, and none tells why it stopped.
  FLAT(
      List.of("2.0.14", "2.0.28", "2.0.55", "2.0.64"),
      List.of(
          "claude-sonnet-4-5-20250929", "claude-opus-4-5-20251101", "claude-haiku-4-5-20251001"),
      new double[] {5, 4, 2}),
  /// 2.1.x: subagents below their session, speed and region; slow subagents keep placeholder
  /// outputs.
  NESTED(
      List.of("2.1.63", "2.1.98", "2.1.140", "2.1.207", "2.1.232"),
      List.of(
          "claude-opus-4-6",
          "claude-sonnet-4-6",
          "claude-opus-4-8",
          "claude-opus-5",
          "claude-haiku-4-5-20251001"),
      new double[] {4, 3, 3, 3, 2}),
  /// Since 2.1.300: every HTTP attempt has a line of its own.
  TRACED(
      List.of("2.1.307", "2.1.315", "2.1.329"),
      List.of("claude-opus-5-5", "claude-sonnet-5-5", "claude-haiku-5-5", "claude-fable-5-2"),
      new double[] {6, 3, 2, 1});

  private final List<String> versions;
  private final List<String> models;
  private final double[] weights;

  Era(List<String> versions, List<String> models, double[] weights) {
    this.versions = versions;
    this.models = models;
    this.weights = weights;
  }

  /// @param progress how much of the period has passed, 0 to 1: people upgrade, but not all at once
  static Era at(double progress, Dice dice) {
    double position = progress * 3.2 + dice.fraction() * 1.6 - .7;
    return values()[(int) Math.clamp(position, 0, 3)];
  }

  String version(Dice dice) {
    return dice.pick(versions);
  }

  String model(Dice dice) {
    return models.get(dice.weighted(weights));
  }

  boolean flatAgents() {
    return this == FIRST || this == FLAT;
  }

  boolean splitsCache() {
    return this != FIRST;
  }

  boolean tellsStopReason() {
    return this == NESTED || this == TRACED;
  }

  /// Whether the session, the version and so on close the line instead of opening it.
  boolean envelopeLast() {
    return this == TRACED;
  }
}
