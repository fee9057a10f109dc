package dev.claudometer.server.http;

/// A request that is not as HTTP has it; the message is for the caller.
final class Malformed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Malformed(String message, Throwable cause) {
    super(message, cause);
  }
}
