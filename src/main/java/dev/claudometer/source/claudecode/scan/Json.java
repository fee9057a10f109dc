package dev.claudometer.source.claudecode.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// Walks over one JSON document in a byte array without building anything from it.
///
/// The caller asks for what it expects; where the bytes hold something else, [Malformed] is thrown.
/// It is strict where strictness finds damage (raw control characters in strings, unbalanced
/// brackets) and lenient where Claude Code is (lone surrogates, invalid UTF-8).
public final class Json {

  /// The bytes are not the JSON that was expected. Preallocated: damage is data, not an exceptional
  /// state.
  public static final class Malformed extends Exception {
    public Malformed() {
      super("malformed JSON", null, false, false);
    }
  }

  private static final int MAX_DEPTH = 512;

  public byte[] bytes = {};
  public int at;
  int end;

  /// Range of the string or name read last, without its quotes.
  public int textFrom;

  public int textTo;
  public boolean textEscaped;

  public void over(byte[] source, int from, int to) {
    bytes = source;
    at = from;
    end = to;
  }

  /// The next significant byte, not consumed.
  public byte peek() throws Malformed {
    if (at < end && bytes[at] > ' ') {
      return bytes[at];
    }
    return afterBlanks();
  }

  private byte afterBlanks() throws Malformed {
    while (at < end) {
      byte b = bytes[at];
      if (b > ' ' || b < 0) {
        return b;
      }
      if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
        throw new Malformed();
      }
      at++;
    }
    throw new Malformed();
  }

  public void expect(char c) throws Malformed {
    if (peek() != c) {
      throw new Malformed();
    }
    at++;
  }

  /// Consumes the byte if it comes next.
  public boolean accept(char c) throws Malformed {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  /// Begins an object or goes on in it: true when another member follows. Its name is then the
  /// current text.
  public boolean nextMember(boolean first) throws Malformed {
    if (!goesOnDensely(first)) {
      if (accept('}')) {
        return false;
      }
      if (!first) {
        expect(',');
      }
    }
    string();
    if (at < end && bytes[at] == ':') {
      at++;
    } else {
      expect(':');
    }
    return true;
  }

  /// Steps over the comma where a name follows it without a blank, as nearly always.
  private boolean goesOnDensely(boolean first) {
    if (first || at + 1 >= end || bytes[at] != ',' || bytes[at + 1] != '"') {
      return false;
    }
    at++;
    return true;
  }

  public boolean nextElement(boolean first) throws Malformed {
    if (accept(']')) {
      return false;
    }
    if (!first) {
      expect(',');
    }
    return true;
  }

  /// Reads a string; its range becomes the current text.
  public void string() throws Malformed {
    if (at < end && bytes[at] == '"') {
      at++;
    } else {
      expect('"');
    }
    byte[] b = bytes;
    int i = at;
    int last = end;
    boolean escaped = false;
    textFrom = i;
    while (i < last) {
      if (i + 8 <= last) {
        int plain = Words.plainBytes(b, i);
        i += plain;
        if (plain == 8) {
          continue;
        }
      }
      byte c = b[i];
      if (c == '"') {
        textTo = i;
        textEscaped = escaped;
        at = i + 1;
        return;
      }
      if (c == '\\') {
        escaped = true;
        i++;
      } else if (c >= 0 && c < ' ') {
        throw new Malformed();
      }
      i++;
    }
    throw new Malformed();
  }

  /// Reads a string where there is one; anything else is skipped.
  public boolean stringOrSkip() throws Malformed {
    if (peek() == '"') {
      string();
      return true;
    }
    skip();
    return false;
  }

  /// Whether a count could stand next, or `null`.
  public boolean standsAtCount() throws Malformed {
    byte b = peek();
    return (b >= '0' && b <= '9') || b == 'n';
  }

  /// A count: a whole number ≥ 0 that fits a long, or `null`, which is answered as -1.
  public long countOrNull() throws Malformed {
    if (peek() == 'n') {
      literal("null");
      return -1;
    }
    long value = 0;
    int start = at;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      if (at - start > 17) {
        throw new Malformed();
      }
      value = value * 10 + (bytes[at++] - '0');
    }
    if (at == start || (at < end && continuesNumber(bytes[at]))) {
      throw new Malformed();
    }
    return value;
  }

  public boolean booleanOrSkip() throws Malformed {
    if (peek() == 't') {
      literal("true");
      return true;
    }
    skip();
    return false;
  }

  /// The current value as it is written, for numbers with a fraction: the current text afterwards.
  void rawNumber() throws Malformed {
    peek();
    textFrom = at;
    skip();
    textTo = at;
    textEscaped = false;
  }

  /// Skips one value of any kind.
  public void skip() throws Malformed {
    int depth = 0;
    long objects = 0;
    boolean[] deep = NONE;
    do {
      byte b = peek();
      switch (b) {
        case '{', '[' -> {
          at++;
          depth++;
          if (depth > MAX_DEPTH) {
            throw new Malformed();
          }
          if (depth < 64) {
            objects = b == '{' ? objects | 1L << depth : objects & ~(1L << depth);
          } else {
            if (deep.length == 0) {
              deep = new boolean[MAX_DEPTH + 1];
            }
            deep[depth] = b == '{';
          }
          boolean object = b == '{';
          if (accept(object ? '}' : ']')) {
            depth--;
            break;
          }
          if (object) {
            string();
            expect(':');
          }
          continue;
        }
        case '"' -> string();
        case 't' -> literal("true");
        case 'f' -> literal("false");
        case 'n' -> literal("null");
        default -> number();
      }
      while (depth > 0) {
        boolean object = depth < 64 ? (objects >> depth & 1) == 1 : deep[depth];
        if (accept(',')) {
          if (object) {
            string();
            expect(':');
          }
          break;
        }
        expect(object ? '}' : ']');
        depth--;
      }
    } while (depth > 0);
  }

  /// Skips one value and answers whether a number other than 0 stands in it, at any depth.
  public boolean skipNumbers() throws Malformed {
    int from = at;
    skip();
    boolean inString = false;
    for (int i = from; i < at; i++) {
      byte b = bytes[i];
      if (b == '"') {
        inString = !inString;
      } else if (b == '\\') {
        i++;
      } else if (!inString && b >= '1' && b <= '9') {
        return true;
      }
    }
    return false;
  }

  private static final boolean[] NONE = {};

  private void number() throws Malformed {
    int start = at;
    while (at < end && continuesNumber(bytes[at])) {
      at++;
    }
    if (at == start) {
      throw new Malformed();
    }
  }

  private static boolean continuesNumber(byte b) {
    return (b >= '0' && b <= '9') || b == '-' || b == '+' || b == '.' || b == 'e' || b == 'E';
  }

  private void literal(String word) throws Malformed {
    if (end - at < word.length()) {
      throw new Malformed();
    }
    for (int i = 0; i < word.length(); i++) {
      if (bytes[at + i] != word.charAt(i)) {
        throw new Malformed();
      }
    }
    at += word.length();
  }

  /// Whether these bytes come next, as they are.
  public boolean follows(byte[] wanted, int length) {
    return at + length <= end && Arrays.equals(bytes, at, at + length, wanted, 0, length);
  }

  public boolean textIs(String ascii) {
    int length = ascii.length();
    return textTo - textFrom == length && textStarts(ascii);
  }

  public boolean textStarts(String ascii) {
    int length = ascii.length();
    if (textTo - textFrom < length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[textFrom + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// The current text as a string: for names, ids and paths only, never for what people wrote.
  public String text() {
    return textEscaped
        ? unescape(bytes, textFrom, textTo)
        : new String(bytes, textFrom, textTo - textFrom, UTF_8);
  }

  static String unescape(byte[] bytes, int from, int to) {
    var plain = new StringBuilder(to - from);
    int i = from;
    int run = from;
    while (i < to) {
      if (bytes[i] != '\\' || i + 1 >= to) {
        i++;
        continue;
      }
      plain.append(new String(bytes, run, i - run, UTF_8));
      byte c = bytes[i + 1];
      i += 2;
      switch (c) {
        case 'n' -> plain.append('\n');
        case 't' -> plain.append('\t');
        case 'r' -> plain.append('\r');
        case 'b' -> plain.append('\b');
        case 'f' -> plain.append('\f');
        case 'u' -> {
          plain.append(hex(bytes, i, Math.min(to, i + 4)));
          i = Math.min(to, i + 4);
        }
        default -> plain.append((char) (c & 0xff));
      }
      run = i;
    }
    plain.append(new String(bytes, run, to - run, UTF_8));
    return plain.toString();
  }

  private static char hex(byte[] bytes, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      value = value * 16 + Math.max(0, Character.digit(bytes[i], 16));
    }
    return (char) value;
  }
}
