package dev.claudometer.wire;

/// One element cannot be taken; its neighbours can.
final class BadElement extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String reason;

  BadElement(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
