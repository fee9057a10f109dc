package dev.claudometer.export.otlp;

import dev.claudometer.metric.Family;

/// Units as OpenTelemetry writes them.
final class Units {

  private Units() {}

  /// Receivers that make names for Prometheus append a unit that the name does not have. So it is
  /// left out there: the name is the same by both ways. Of a unit in braces they make nothing.
  static String of(Family family) {
    return switch (family.unit()) {
      case NONE -> "";
      case TOKENS -> "{token}";
      case USD -> "{USD}";
      case SECONDS -> named(family, "seconds", "s");
      case BYTES -> named(family, "bytes", "By");
      case RATIO -> named(family, "ratio", "ratio");
      case PERCENT -> named(family, "percent", "%");
    };
  }

  private static String named(Family family, String word, String unit) {
    return family.name().contains(word) ? unit : "";
  }
}
