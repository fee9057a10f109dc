package dev.claudometer.source.claudecode;

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

  /// Index of the first newline in `[from, to)`, or -1.
  static int newline(byte[] b, int from, int to) {
    int i = from;
    for (int last = to - 8; i <= last; i += 8) {
      long word = (long) LONGS.get(b, i) ^ NEWLINES;
      long match = (word - ONES) & ~word & HIGHS;
      if (match != 0) {
        return i + (Long.numberOfTrailingZeros(match) >>> 3);
      }
    }
    for (; i < to; i++) {
      if (b[i] == '\n') {
        return i;
      }
    }
    return -1;
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
    return match == 0 ? 8 : Long.numberOfTrailingZeros(match) >>> 3;
  }
}
