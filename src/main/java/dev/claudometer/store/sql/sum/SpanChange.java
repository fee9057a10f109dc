package dev.claudometer.store.sql.sum;

import dev.claudometer.store.sql.engine.Span;

/// When the responses came that were added to a sum, and those that were taken out of it.
final class SpanChange {

  private long firstAdded = Long.MAX_VALUE;
  private long lastAdded = Long.MIN_VALUE;
  private long firstRemoved = Long.MAX_VALUE;
  private long lastRemoved = Long.MIN_VALUE;

  void added(long at) {
    firstAdded = Math.min(firstAdded, at);
    lastAdded = Math.max(lastAdded, at);
  }

  void removed(long at) {
    firstRemoved = Math.min(firstRemoved, at);
    lastRemoved = Math.max(lastRemoved, at);
  }

  void add(SpanChange other) {
    firstAdded = Math.min(firstAdded, other.firstAdded);
    lastAdded = Math.max(lastAdded, other.lastAdded);
    firstRemoved = Math.min(firstRemoved, other.firstRemoved);
    lastRemoved = Math.max(lastRemoved, other.lastRemoved);
  }

  /// From the first to the last that was added; empty where none was.
  Span added() {
    return new Span(firstAdded, lastAdded);
  }

  boolean onlyAdds() {
    return firstRemoved > lastRemoved && firstAdded <= lastAdded;
  }

  /// Whether the span can be said without looking at the events that have stayed.
  boolean tells(Span stored) {
    boolean first = firstRemoved > stored.first() || firstAdded <= stored.first();
    boolean last = lastRemoved < stored.last() || lastAdded >= stored.last();
    return first && last;
  }
}
