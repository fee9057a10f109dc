package dev.claudometer.wire.body;

/// The body goes beyond one of the [BodyLimits]; the message says which: HTTP status 413.
public final class BodyTooLarge extends UnusableBody {

  private static final long serialVersionUID = 1L;

  public BodyTooLarge(String message) {
    super(message);
  }
}
