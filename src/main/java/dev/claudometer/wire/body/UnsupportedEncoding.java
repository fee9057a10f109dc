package dev.claudometer.wire.body;

/// The body has a content encoding that [BodyDecoder] does not take: HTTP status 415.
public final class UnsupportedEncoding extends UnusableBody {

  private static final long serialVersionUID = 1L;

  public UnsupportedEncoding(String message) {
    super(message);
  }
}
