package dev.claudometer.app.config;

/// A value that somebody gave, and the name that they gave it by: an option, a variable, a file's
/// key.
///
/// @param secret whether it must not be shown
public record Given(String name, String value, boolean secret) {

  /// Says what is wrong with it, by its own name.
  String wrong(String what) {
    return name + " " + what + (secret ? "" : ": '" + value + "'");
  }
}
