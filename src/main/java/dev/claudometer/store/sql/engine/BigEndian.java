package dev.claudometer.store.sql.engine;

/// Numbers as bytes, the highest first: plain loops, for a `ByteBuffer` costs the quick compiler
/// ten times as much, and each response has five of these.
public final class BigEndian {

  private BigEndian() {}

  /// The lowest `count` bytes of a number.
  public static void write(long number, byte[] bytes, int from, int count) {
    long rest = number;
    for (int i = from + count - 1; i >= from; i--) {
      bytes[i] = (byte) rest;
      rest >>>= 8;
    }
  }

  /// The number that `count` bytes are.
  public static long read(byte[] bytes, int from, int count) {
    long number = 0;
    for (int i = from; i < from + count; i++) {
      number = (number << 8) | (bytes[i] & 0xff);
    }
    return number;
  }
}
