package dev.claudometer.store.sql.event;

import java.nio.ByteBuffer;

/// Sixteen bytes that stand for an event's key: ten for the message, six for the request within it.
///
/// Events of one message are neighbours in the order of ids, which is what finding replays needs.
public record EventId(long high, long low) implements Comparable<EventId> {

  private static final int REQUEST_BITS = 48;
  private static final long REQUEST = (1L << REQUEST_BITS) - 1;

  static EventId of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new EventId(buffer.getLong(), buffer.getLong());
  }

  static EventId of(byte[] message, byte[] request) {
    return of(ByteBuffer.allocate(16).put(message).put(request).array());
  }

  byte[] bytes() {
    return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
  }

  /// The ten bytes that all events of the message share.
  public byte[] message() {
    return ByteBuffer.allocate(10).putLong(high).putShort((short) (low >>> REQUEST_BITS)).array();
  }

  /// The six bytes that stand for the request.
  public byte[] request() {
    return ByteBuffer.allocate(6)
        .putShort((short) (low >>> Integer.SIZE))
        .putInt((int) low)
        .array();
  }

  /// The id of this message without a request.
  public EventId first() {
    return new EventId(high, low & ~REQUEST);
  }

  EventId withRequest(EventId request) {
    return new EventId(high, (low & ~REQUEST) | (request.high & REQUEST));
  }

  public boolean sameMessage(EventId other) {
    return first().equals(other.first());
  }

  @Override
  public int compareTo(EventId other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }
}
