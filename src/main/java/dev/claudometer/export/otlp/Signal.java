package dev.claudometer.export.otlp;

import java.util.Locale;

/// What is pushed.
enum Signal {
  METRICS,
  TRACES;

  /// Of labels and addresses.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Where a receiver takes it over HTTP.
  String path() {
    return "/v1/" + word();
  }
}
