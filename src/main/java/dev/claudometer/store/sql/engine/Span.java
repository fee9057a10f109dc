package dev.claudometer.store.sql.engine;

/// From the first instant to the last, in milliseconds since the epoch.
public record Span(long first, long last) {

  public static final Span EMPTY = new Span(Long.MAX_VALUE, Long.MIN_VALUE);

  public Span and(Span other) {
    return new Span(Math.min(first, other.first), Math.max(last, other.last));
  }

  public boolean isEmpty() {
    return first > last;
  }
}
