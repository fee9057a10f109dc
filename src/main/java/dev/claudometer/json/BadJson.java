package dev.claudometer.json;

/// A value is not what it should be; the message says where and what.
public final class BadJson extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadJson(String message) {
    super(message);
  }
}
