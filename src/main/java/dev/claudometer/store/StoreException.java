package dev.claudometer.store;

/// The store could not do what it was asked to; nothing was half done. The message says what, where
/// and what to do.
public final class StoreException extends RuntimeException {

  /// What kind of failure: it decides what the caller can do.
  public enum Kind {
    /// The content contradicts itself: put the file aside and rebuild.
    CORRUPT,
    /// No space, no permission, no such place: a person has to act.
    UNUSABLE,
    /// Another process holds it: try again.
    BUSY
  }

  private final Kind kind;

  public StoreException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
