package dev.claudometer.source.claudecode.scan;

import java.util.Arrays;

/// A line of any length in bounded memory: strings lose what goes beyond a few kilobytes.
///
/// What we read (ids, counts, names) is short; what is long (images, file contents) we only step
/// over. So the shortened line means the same to us, and is still JSON when the line was.
final class LongLine {

  private static final int LONGEST_STRING = 4096;
  private static final int LARGEST = LineReader.LARGEST_BUFFER;

  private byte[] kept = new byte[0];
  private int size;
  private boolean inString;
  private boolean escape;

  /// An escape sequence is kept or dropped whole.
  private boolean keepEscaped;

  /// The byte before the quote that ends a shortened string: where the string is torn and a record
  /// follows, it is the record's first brace.
  private byte lastDropped;

  private int stringLength;
  private boolean overflow;

  void begin() {
    kept = new byte[64 << 10];
    size = 0;
    inString = false;
    escape = false;
    lastDropped = 0;
    stringLength = 0;
    overflow = false;
  }

  byte[] bytes() {
    return kept;
  }

  int size() {
    return size;
  }

  boolean overflowed() {
    return overflow;
  }

  /// Takes bytes up to a newline: its index, or -1 where there is none.
  int take(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      byte c = b[i];
      if (c == '\n') {
        return i;
      }
      if (!inString) {
        inString = c == '"';
        stringLength = 0;
        lastDropped = 0;
        keep(c);
      } else {
        inString(c);
      }
    }
    return -1;
  }

  private void inString(byte c) {
    if (escape) {
      escape = false;
      lastDropped = 0;
      if (keepEscaped) {
        keep(c);
      }
    } else if (c == '"') {
      inString = false;
      if (lastDropped != 0) {
        keep(lastDropped);
      }
      keep(c);
    } else {
      stringLength++;
      boolean within = stringLength <= LONGEST_STRING;
      escape = c == '\\';
      keepEscaped = within;
      lastDropped = within || escape ? 0 : c;
      if (within) {
        keep(c);
      }
    }
  }

  private void keep(byte c) {
    if (size == kept.length) {
      if (size >= LARGEST) {
        overflow = true;
        return;
      }
      kept = Arrays.copyOf(kept, Math.min(LARGEST, size * 2));
    }
    kept[size++] = c;
  }
}
