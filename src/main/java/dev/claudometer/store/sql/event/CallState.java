package dev.claudometer.store.sql.event;

/// What a call has become that telemetry tells of.
public enum CallState {
  /// A transcript tells of it too.
  JOINED(1),
  /// An event of its own: no transcript tells of it.
  ALONE(2),
  /// Not counted: some transcript may hold it, and nothing tells which response it is.
  HELD(3);

  private final int code;

  CallState(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  static CallState of(int code) {
    return switch (code) {
      case 1 -> JOINED;
      case 2 -> ALONE;
      default -> HELD;
    };
  }
}
