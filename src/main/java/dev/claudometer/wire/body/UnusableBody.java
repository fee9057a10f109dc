package dev.claudometer.wire.body;

/// A body that is refused as a whole. The message is one sentence for the one who sent it.
public abstract sealed class UnusableBody extends RuntimeException
    permits MalformedDelivery, BodyTooLarge, UnsupportedEncoding {

  private static final long serialVersionUID = 1L;

  UnusableBody(String message) {
    super(message);
  }
}
