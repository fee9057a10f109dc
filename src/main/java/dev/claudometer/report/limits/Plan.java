package dev.claudometer.report.limits;

import dev.claudometer.model.Usd;
import org.jspecify.annotations.Nullable;

/// Plans of people, as Anthropic sells them since 2026-10-30.
public enum Plan {
  PRO("Pro", 20, 1.0),
  MAX("Max", 100, 5.0),
  /// It has no five-hour window.
  ULTRA("Ultra", 200, null);

  private static final long NANOS = 1_000_000_000;

  private final String title;
  private final long dollars;
  private final @Nullable Double fiveHours;

  Plan(String title, long dollars, @Nullable Double fiveHours) {
    this.title = title;
    this.dollars = dollars;
    this.fiveHours = fiveHours;
  }

  public String title() {
    return title;
  }

  /// What it costs in a month.
  public Usd price() {
    return new Usd(dollars * NANOS);
  }

  /// How large its five-hour window is beside that of Pro; null where it has none. How large a week
  /// is, Anthropic does not publish.
  public @Nullable Double fiveHours() {
    return fiveHours;
  }
}
