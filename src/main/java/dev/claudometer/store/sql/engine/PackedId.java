package dev.claudometer.store.sql.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An id of 22 letters and digits after a prefix, in 17 bytes: as Anthropic's API makes them for
/// messages, requests and uses of tools. The last two digits are the first 12 of its bits, the
/// others are 60 bits for ten of them.
record PackedId(String prefix) {

  static final int BYTES = 17;

  private static final int DIGITS = 22;
  private static final int HALF = 10;
  private static final int BASE = 62;
  private static final byte[] LETTERS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".getBytes(ISO_8859_1);
  private static final byte[] VALUES = values();

  private static byte[] values() {
    var values = new byte[128];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < LETTERS.length; i++) {
      values[LETTERS[i]] = (byte) i;
    }
    return values;
  }

  /// In bytes; null where it is not of this form.
  byte @Nullable [] pack(String id) {
    if (id.length() != length()) {
      return null;
    }
    var packed = new byte[BYTES];
    // what is no Latin letter becomes a question mark, which is none of ours either
    return pack(id.getBytes(ISO_8859_1), 0, packed, 0) ? packed : null;
  }

  /// How long an id of this form is.
  int length() {
    return prefix.length() + DIGITS;
  }

  /// Writes what is an id of this form in 17 bytes; false where it is none.
  ///
  /// @param text [#length] bytes from `from` on are the id
  boolean pack(byte[] text, int from, byte[] packed, int at) {
    for (int i = 0; i < prefix.length(); i++) {
      if (text[from + i] != prefix.charAt(i)) {
        return false;
      }
    }
    int digits = from + prefix.length();
    long first = number(text, digits, HALF);
    long second = number(text, digits + HALF, HALF);
    long last = number(text, digits + 2 * HALF, DIGITS - 2 * HALF);
    if (first < 0 || second < 0 || last < 0) {
      return false;
    }
    packed[at] = (byte) (last >>> 8);
    BigEndian.write((last << 56) | (first >>> 4), packed, at + 1, Long.BYTES);
    BigEndian.write((first << 60) | second, packed, at + 1 + Long.BYTES, Long.BYTES);
    return true;
  }

  /// Below 0 where there is another letter among them.
  private static long number(byte[] text, int from, int digits) {
    long number = 0;
    for (int i = from; i < from + digits; i++) {
      int value = text[i] < 0 ? -1 : VALUES[text[i]];
      if (value < 0) {
        return -1;
      }
      number = number * BASE + value;
    }
    return number;
  }

  String unpack(byte[] bytes, int from) {
    long high = BigEndian.read(bytes, from + 1, Long.BYTES);
    long low = BigEndian.read(bytes, from + 1 + Long.BYTES, Long.BYTES);
    long mask = (1L << 60) - 1;
    var text = new byte[prefix.length() + DIGITS];
    for (int i = 0; i < prefix.length(); i++) {
      text[i] = (byte) prefix.charAt(i);
    }
    int at = prefix.length();
    write(((high << 4) | (low >>> 60)) & mask, text, at, HALF);
    write(low & mask, text, at + HALF, HALF);
    write((bytes[from] << 8) | (high >>> 56), text, at + 2 * HALF, DIGITS - 2 * HALF);
    return new String(text, ISO_8859_1);
  }

  private static void write(long number, byte[] text, int from, int digits) {
    long rest = number;
    for (int i = from + digits - 1; i >= from; i--) {
      text[i] = LETTERS[(int) (rest % BASE)];
      rest /= BASE;
    }
  }
}
