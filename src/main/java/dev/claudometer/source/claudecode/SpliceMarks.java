package dev.claudometer.source.claudecode;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/// Finds, in bytes that are otherwise stepped over, the marks of a record that was spliced into the
/// line.
///
/// Inside a JSON string the quotes of a mark would be escaped, so a mark stands only where an
/// object has it. Boyer-Moore-Horspool for two patterns of one length that end alike: most bytes
/// are never looked at.
final class SpliceMarks {

  private static final byte[] RECORD = "{\"parentUuid\":".getBytes(US_ASCII);
  private static final byte[] USAGE = "input_tokens\":".getBytes(US_ASCII);
  private static final int LENGTH = 14;

  /// How far a pair of bytes at the window's end lets the window move. Pairs share slots; the
  /// smallest move holds.
  private static final byte[] SHIFTS = shifts();

  private SpliceMarks() {}

  /// True where one of the marks stands in `[from, to)`.
  static boolean in(byte[] bytes, int from, int to) {
    byte[] shifts = SHIFTS;
    int i = from + LENGTH - 1;
    while (i < to) {
      int shift = shifts[slot(bytes[i - 1], bytes[i])];
      if (shift == 0) {
        if (ends(RECORD, bytes, i) || ends(USAGE, bytes, i)) {
          return true;
        }
        shift = 1;
      }
      i += shift;
    }
    return false;
  }

  private static int slot(byte first, byte second) {
    return (first << 5 ^ second) & 0xfff;
  }

  private static boolean ends(byte[] pattern, byte[] bytes, int last) {
    int start = last - LENGTH + 1;
    for (int i = 0; i < LENGTH; i++) {
      if (bytes[start + i] != pattern[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] shifts() {
    byte[] shifts = new byte[1 << 12];
    Arrays.fill(shifts, (byte) (LENGTH - 1));
    for (int i = 1; i < LENGTH; i++) {
      byte shift = (byte) (LENGTH - 1 - i);
      for (byte[] pattern : new byte[][] {RECORD, USAGE}) {
        int slot = slot(pattern[i - 1], pattern[i]);
        shifts[slot] = (byte) Math.min(shifts[slot], shift);
      }
    }
    return shifts;
  }
}
