package dev.claudometer.store.sqlite;

import java.nio.ByteBuffer;

/// Sixteen bytes that stand for an event's key: ten for the message, six for the request within it.
///
/// Events of one message are neighbours in the order of ids, which is what finding replays needs.
record EventId(long high, long low) implements Comparable<EventId> {

  private static final long REQUEST_BITS = (1L << 48) - 1;

  static EventId of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new EventId(buffer.getLong(), buffer.getLong());
  }

  byte[] bytes() {
    return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
  }

  /// The smallest id of this message.
  EventId first() {
    return new EventId(high, low & ~REQUEST_BITS);
  }

  /// The largest id of this message.
  EventId last() {
    return new EventId(high, low | REQUEST_BITS);
  }

  EventId withRequest(EventId request) {
    return new EventId(high, (low & ~REQUEST_BITS) | (request.high & REQUEST_BITS));
  }

  boolean sameMessage(EventId other) {
    return first().equals(other.first());
  }

  @Override
  public int compareTo(EventId other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }
}
