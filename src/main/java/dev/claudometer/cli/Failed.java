package dev.claudometer.cli;

/// A command could not do its work: one line that says what, where and what to do. Exit code 1.
final class Failed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Failed(String message) {
    super(message);
  }

  Failed(String message, Throwable cause) {
    super(message, cause);
  }
}
