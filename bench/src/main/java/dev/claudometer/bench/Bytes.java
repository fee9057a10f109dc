package dev.claudometer.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// A growing array of bytes that is filled from templates.
///
/// In a template, `'` stands for a double quote and `%` for the next value: `put("{'uuid':'%'}",
/// uuid)`.
final class Bytes {
  private byte[] array = new byte[1 << 16];
  private int size;

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  void put(String template, Object... values) {
    room(template.length());
    int next = 0;
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      switch (c) {
        case '%' -> value(values[next++]);
        case '\'' -> one('"');
        default -> one(c);
      }
    }
  }

  void put(byte[] source, int from, int to) {
    room(to - from);
    System.arraycopy(source, from, array, size, to - from);
    size += to - from;
  }

  void repeat(int value, int times) {
    room(times);
    Arrays.fill(array, size, size + times, (byte) value);
    size += times;
  }

  /// Takes the line feed back, so that the next record continues the line.
  void dropNewline() {
    size--;
  }

  Slice slice(int from, int to) {
    return new Slice(array, from, to);
  }

  Slice copy(int from, int to) {
    return new Slice(Arrays.copyOfRange(array, from, to), 0, to - from);
  }

  void write(Path file) throws IOException {
    try (OutputStream stream = Files.newOutputStream(file)) {
      stream.write(array, 0, size);
    }
  }

  private void value(Object value) {
    if (value instanceof Slice slice) {
      put(slice.array(), slice.from(), slice.to());
    } else {
      byte[] text = String.valueOf(value).getBytes(StandardCharsets.UTF_8);
      put(text, 0, text.length);
    }
  }

  private void one(char ascii) {
    if (size == array.length) {
      room(1);
    }
    array[size++] = (byte) ascii;
  }

  private void room(int more) {
    if (size + more > array.length) {
      array = Arrays.copyOf(array, Math.max(size + more, array.length + (array.length >> 1)));
    }
  }
}
