package dev.claudometer.fetch;

/// An answer is not what it should be; the message says where and what.
public final class BadAnswer extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadAnswer(String message) {
    super(message);
  }
}
