package dev.claudometer.ingest;

/// More waits to be stored than is sensible: try again in a moment, nothing was taken.
public final class Overloaded extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public Overloaded() {
    super("too much is waiting to be stored: try again in a moment");
  }
}
