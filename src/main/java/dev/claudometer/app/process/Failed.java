package dev.claudometer.app.process;

/// A command could not do its work: one line that says what, where and what to do. Exit code 1.
public final class Failed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public Failed(String message) {
    super(message);
  }

  public Failed(String message, Throwable cause) {
    super(message, cause);
  }
}
