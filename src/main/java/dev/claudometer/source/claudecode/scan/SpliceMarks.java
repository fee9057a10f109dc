package dev.claudometer.source.claudecode.scan;

import static java.nio.charset.StandardCharsets.US_ASCII;

/// Recognises the marks of a record in bytes that are otherwise stepped over: how records that we
/// read begin, as `{"parentUuid":`, and `"input_tokens":`.
///
/// Inside a JSON string the quotes of a mark would be escaped, so a mark stands only where an
/// object has it. A mark has fifteen bytes, so wherever it stands, one aligned word of eight lies
/// within it: looking at aligned words is enough.
final class SpliceMarks {

  private static final byte[][] MARKS = {
    "{\"parentUuid\":\"".getBytes(US_ASCII),
    "{\"parentUuid\":n".getBytes(US_ASCII),
    "\"input_tokens\":".getBytes(US_ASCII),
    "{\"type\":\"assist".getBytes(US_ASCII),
    "{\"type\":\"user\",".getBytes(US_ASCII),
    "{\"type\":\"system".getBytes(US_ASCII),
    "{\"type\":\"api-re".getBytes(US_ASCII),
    "{\"type\":\"cost-s".getBytes(US_ASCII),
    "{\"type\":\"pr-lin".getBytes(US_ASCII)
  };

  private static final int LENGTH = 15;
  private static final int SLOT_BITS = 14;
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  /// For the hash of each word that lies within a mark: 1.
  private static final byte[] SLOTS = slots();

  private SpliceMarks() {}

  /// Whether a mark stands in `[from, to)`.
  static boolean within(byte[] bytes, int from, int to) {
    int i = (from + 7) & -8;
    for (int last = to - 32; i <= last; i += 32) {
      if (maybeWithin32(bytes, i)
          && (around(bytes, i, from, to)
              || around(bytes, i + 8, from, to)
              || around(bytes, i + 16, from, to)
              || around(bytes, i + 24, from, to))) {
        return true;
      }
    }
    for (; i + 8 <= to; i += 8) {
      if (around(bytes, i, from, to)) {
        return true;
      }
    }
    return false;
  }

  private static boolean maybeWithin32(byte[] bytes, int at) {
    return (slot(bytes, at) | slot(bytes, at + 8) | slot(bytes, at + 16) | slot(bytes, at + 24))
        != 0;
  }

  /// 0 where the word surely lies in no mark.
  private static int slot(byte[] bytes, int at) {
    return SLOTS[(int) ((Words.at(bytes, at) * SPREAD) >>> (64 - SLOT_BITS))];
  }

  /// True where a mark stands around the word at `at`, within `[from, to)`.
  private static boolean around(byte[] bytes, int at, int from, int to) {
    if (slot(bytes, at) == 0) {
      return false;
    }
    for (int start = Math.max(from, at - LENGTH + 8);
        start <= at && start + LENGTH <= to;
        start++) {
      if (begins(bytes[start]) && anyStands(bytes, start)) {
        return true;
      }
    }
    return false;
  }

  /// Every mark begins with one of these.
  private static boolean begins(byte first) {
    return first == '{' || first == '"';
  }

  private static boolean anyStands(byte[] bytes, int start) {
    for (byte[] mark : MARKS) {
      if (stands(mark, bytes, start)) {
        return true;
      }
    }
    return false;
  }

  private static boolean stands(byte[] mark, byte[] bytes, int start) {
    for (int i = 0; i < LENGTH; i++) {
      if (bytes[start + i] != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] slots() {
    byte[] slots = new byte[1 << SLOT_BITS];
    for (byte[] mark : MARKS) {
      for (int i = 0; i + 8 <= LENGTH; i++) {
        slots[(int) ((Words.at(mark, i) * SPREAD) >>> (64 - SLOT_BITS))] = 1;
      }
    }
    return slots;
  }
}
