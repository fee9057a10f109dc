package dev.claudometer.source.claudecode.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Looks at eight bytes at a time.
final class Words {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long NEWLINES = ONES * '\n';
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long BLANKS = ONES * ' ';

  private Words() {}

  static long at(byte[] b, int at) {
    return (long) LONGS.get(b, at);
  }

  /// Where a byte with its high bit set comes first: 0 to 7. Not by `numberOfTrailingZeros`, which
  /// is slow until the second compiler has seen it.
  static int firstMatch(long match) {
    int first = 0;
    long rest = match;
    if ((int) rest == 0) {
      first = 4;
      rest >>>= 32;
    }
    if ((rest & 0xffff) == 0) {
      first += 2;
      rest >>>= 16;
    }
    return (rest & 0xff) == 0 ? first + 1 : first;
  }

  /// Whether one of the 32 bytes from `at` on is a newline.
  static boolean newlineWithin32(byte[] b, int at) {
    return (newlines((long) LONGS.get(b, at))
            | newlines((long) LONGS.get(b, at + 8))
            | newlines((long) LONGS.get(b, at + 16))
            | newlines((long) LONGS.get(b, at + 24)))
        != 0;
  }

  /// Not 0 where one of the eight bytes is a newline.
  private static long newlines(long word) {
    long difference = word ^ NEWLINES;
    return (difference - ONES) & ~difference & HIGHS;
  }

  /// How many of the eight bytes from `at` on a JSON string may hold as they are: none is a quote,
  /// a backslash or a control character.
  static int plainBytes(byte[] b, int at) {
    long word = (long) LONGS.get(b, at);
    long quote = word ^ QUOTES;
    long backslash = word ^ BACKSLASHES;
    long match =
        (((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | ((word - BLANKS) & ~word))
            & HIGHS;
    return match == 0 ? 8 : firstMatch(match);
  }
}
