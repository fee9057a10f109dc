package dev.claudometer.export.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/// UTF-8 text that grows, made for a hundred thousand lines: numbers and plain texts are written
/// without objects in between.
final class Bytes {

  private byte[] bytes = new byte[64 << 10];
  private int length;

  int length() {
    return length;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }

  void put(char plain) {
    room(1);
    bytes[length++] = (byte) plain;
  }

  /// Text that needs no escape.
  @SuppressWarnings("deprecation") // the one copy of ASCII without an array in between
  void plain(String text) {
    room(text.length());
    text.getBytes(0, text.length(), bytes, length);
    length += text.length();
  }

  /// A label's value, or a help text: backslash, line feed and quote are escaped.
  void escaped(String text, boolean quotes) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 128) {
        utf8(text.substring(i), quotes);
        return;
      }
      escaped(c, quotes);
    }
  }

  private void escaped(char c, boolean quotes) {
    room(2);
    switch (c) {
      case '\\' -> pair('\\');
      case '\n' -> pair('n');
      case '"' -> {
        if (quotes) {
          pair('"');
        } else {
          bytes[length++] = '"';
        }
      }
      default -> bytes[length++] = (byte) c;
    }
  }

  private void pair(char second) {
    bytes[length++] = '\\';
    bytes[length++] = (byte) second;
  }

  /// Unpaired surrogates become question marks: what leaves is valid UTF-8.
  private void utf8(String text, boolean quotes) {
    for (byte b : text.getBytes(UTF_8)) {
      if (b < 0) {
        room(1);
        bytes[length++] = b;
      } else {
        escaped((char) b, quotes);
      }
    }
  }

  /// What has been written from a place on, once more.
  void repeat(int from, int to) {
    room(to - from);
    System.arraycopy(bytes, from, bytes, length, to - from);
    length += to - from;
  }

  void number(long number) {
    if (number == Long.MIN_VALUE) {
      plain(Long.toString(number));
      return;
    }
    room(20);
    if (number < 0) {
      bytes[length++] = '-';
    }
    digits(Math.abs(number), 1);
  }

  /// `units` divided by ten to the power of `scale`, without trailing zeros.
  void decimal(long units, int scale) {
    long rest = units;
    int places = scale;
    while (places > 0 && rest % 10 == 0) {
      rest /= 10;
      places--;
    }
    if (places == 0 || rest == Long.MIN_VALUE) {
      number(rest);
      return;
    }
    room(22);
    if (rest < 0) {
      bytes[length++] = '-';
    }
    digits(Math.abs(rest), places + 1);
    System.arraycopy(bytes, length - places, bytes, length - places + 1, places);
    bytes[length - places] = '.';
    length++;
  }

  /// With zeros before, so that there are at least `width` digits.
  private void digits(long number, int width) {
    int count = width;
    for (long most = power(width); count < 19 && number >= most; most *= 10) {
      count++;
    }
    long rest = number;
    for (int i = length + count - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += count;
  }

  private static long power(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= 10;
    }
    return power;
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
