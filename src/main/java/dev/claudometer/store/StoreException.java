package dev.claudometer.store;

/// The store could not do what it was asked to; nothing was half done. The message says what, where
/// and what to do.
public final class StoreException extends RuntimeException {

  /// What kind of failure: it decides what the caller can do.
  public enum Kind {
    /// The content contradicts itself: put the file aside and rebuild.
    CORRUPT("the database is damaged"),
    /// Try again when there is room.
    FULL("no space is left for the database"),
    /// A person has to give permission.
    FORBIDDEN("the database may not be written to"),
    /// The disk reports errors.
    DISK("the disk under the database fails"),
    /// The file was deleted or replaced while it was open: try again.
    GONE("the database's file was deleted or replaced"),
    /// No such place, or what is there is not a store: a person has to act.
    UNUSABLE("the database cannot be used"),
    /// Another process holds it, or it cannot be reached: try again.
    BUSY("the database is held by another process, or cannot be reached");

    private final String reason;

    Kind(String reason) {
      this.reason = reason;
    }

    /// What is wrong, in words that anybody may read.
    public String reason() {
      return reason;
    }
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
