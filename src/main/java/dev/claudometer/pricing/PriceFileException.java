package dev.claudometer.pricing;

/// A file of prices cannot be used. The message says what, where and what to do.
public final class PriceFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public PriceFileException(String message, Throwable cause) {
    super(message, cause);
  }

  public PriceFileException(String message) {
    super(message);
  }
}
