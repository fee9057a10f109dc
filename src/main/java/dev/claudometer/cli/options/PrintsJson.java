package dev.claudometer.cli.options;

/// A command with `--json`.
public interface PrintsJson {

  /// As `--json` does.
  void printJson();
}
