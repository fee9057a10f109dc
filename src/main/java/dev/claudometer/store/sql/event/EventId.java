package dev.claudometer.store.sql.event;

import dev.claudometer.store.sql.engine.BigEndian;
import org.jspecify.annotations.Nullable;

/// What stands for an event's key: sixteen bytes, ten for the message and six for the request
/// within it, and the part of the response.
///
/// Events of one message are neighbours in the order of ids, which is what finding replays needs; a
/// response comes before its parts.
public record EventId(long high, long low, int part) implements Comparable<EventId> {

  private static final int REQUEST_BYTES = 6;
  private static final int REQUEST_BITS = 8 * REQUEST_BYTES;
  private static final long REQUEST = (1L << REQUEST_BITS) - 1;

  /// Of the first sixteen bytes.
  static EventId of(byte[] bytes) {
    return new EventId(
        BigEndian.read(bytes, 0, Long.BYTES), BigEndian.read(bytes, Long.BYTES, Long.BYTES), 0);
  }

  static EventId of(byte[] message, byte[] request, int part) {
    long high = BigEndian.read(message, 0, Long.BYTES);
    long low = BigEndian.read(message, Long.BYTES, Short.BYTES) << REQUEST_BITS;
    return new EventId(high, low | BigEndian.read(request, 0, REQUEST_BYTES), part);
  }

  /// The sixteen bytes.
  byte[] bytes() {
    var bytes = new byte[2 * Long.BYTES];
    BigEndian.write(high, bytes, 0, Long.BYTES);
    BigEndian.write(low, bytes, Long.BYTES, Long.BYTES);
    return bytes;
  }

  /// The ten bytes that all events of the message share.
  public byte[] message() {
    var bytes = new byte[Long.BYTES + Short.BYTES];
    BigEndian.write(high, bytes, 0, Long.BYTES);
    BigEndian.write(low >>> REQUEST_BITS, bytes, Long.BYTES, Short.BYTES);
    return bytes;
  }

  /// The six bytes that stand for the request.
  public byte[] request() {
    var bytes = new byte[REQUEST_BYTES];
    BigEndian.write(low, bytes, 0, REQUEST_BYTES);
    return bytes;
  }

  /// The six bytes that this would be as a request of a message.
  public byte[] asRequest() {
    return first().withRequest(this).request();
  }

  /// The id of this message without a request.
  public EventId first() {
    return new EventId(high, low & ~REQUEST, 0);
  }

  EventId withRequest(EventId request) {
    return new EventId(high, (low & ~REQUEST) | (request.high & REQUEST), part);
  }

  EventId part(int number) {
    return number == part ? this : new EventId(high, low, number);
  }

  /// The id of the response that this is a part of.
  public EventId response() {
    return part(0);
  }

  public boolean sameMessage(EventId other) {
    return high == other.high && low >>> REQUEST_BITS == other.low >>> REQUEST_BITS;
  }

  // a record's own two are chains of method handles, which the quick compiler never makes fast
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EventId that
        && high == that.high
        && low == that.low
        && part == that.part;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Long.hashCode(high) + Long.hashCode(low)) + part;
  }

  @Override
  public int compareTo(EventId other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    int byLow = byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    return byLow != 0 ? byLow : Integer.compare(part, other.part);
  }
}
