package dev.claudometer.wire.body;

/// The body is corrupt, is not JSON, or not of the protocol's shape: HTTP status 422.
public final class MalformedDelivery extends UnusableBody {

  private static final long serialVersionUID = 1L;

  public MalformedDelivery(String message) {
    super(message);
  }
}
