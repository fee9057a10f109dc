package dev.claudometer.export.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.text.Foreign;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// UTF-8 text that grows, made for a hundred thousand lines: numbers and plain texts are written
/// without objects in between, and what is there is not copied when more comes.
final class Bytes {

  /// Larger arrays would be a burden to the garbage collector.
  private static final int CHUNK = 256 << 10;

  /// No line is longer: it has few labels, and those are short.
  private static final int LONGEST_LINE = 16 << 10;

  private final Map<String, byte[]> labels = new HashMap<>();
  private final List<byte[]> full = new ArrayList<>();
  private final List<Integer> lengths = new ArrayList<>();
  private byte[] bytes = new byte[CHUNK];
  private int length;
  private int before;

  /// Call it before each line.
  void line() {
    if (bytes.length - length < LONGEST_LINE) {
      full.add(bytes);
      lengths.add(length);
      before += length;
      bytes = new byte[CHUNK];
      length = 0;
    }
  }

  int length() {
    return before + length;
  }

  /// The text, from its beginning.
  InputStream read() {
    List<InputStream> parts = new ArrayList<>();
    for (int i = 0; i < full.size(); i++) {
      parts.add(new ByteArrayInputStream(full.get(i), 0, lengths.get(i)));
    }
    parts.add(new ByteArrayInputStream(bytes, 0, length));
    return new SequenceInputStream(Collections.enumeration(parts));
  }

  /// What has been written since a place on the same line.
  byte[] since(int place) {
    return Arrays.copyOfRange(bytes, place - before, length);
  }

  /// What was written elsewhere, once more.
  void again(byte[] text) {
    room(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
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

  /// A label's value. Most come again and again.
  void label(String text) {
    byte[] known = labels.get(text);
    if (known == null) {
      int from = length();
      escaped(Foreign.label(text), true);
      labels.put(text, since(from));
    } else {
      again(known);
    }
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
