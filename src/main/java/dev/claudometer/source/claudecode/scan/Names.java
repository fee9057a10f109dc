package dev.claudometer.source.claudecode.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Gives the same string for the same bytes: sessions, models and branches repeat on every line.
public final class Names {

  private static final int LIMIT = 1 << 14;

  private @Nullable String[] strings = new String[1 << 8];
  private byte[][] keys = new byte[1 << 8][];
  private int size;

  /// The current text of `json` as a shared string.
  public String of(Json json) {
    if (json.textEscaped) {
      return json.text();
    }
    return of(json.bytes, json.textFrom, json.textTo);
  }

  private String of(byte[] bytes, int from, int to) {
    int slot = hash(bytes, from, to) & (keys.length - 1);
    for (String known = strings[slot]; known != null; known = strings[slot]) {
      byte[] key = keys[slot];
      if (Arrays.equals(key, 0, key.length, bytes, from, to)) {
        return known;
      }
      slot = (slot + 1) & (keys.length - 1);
    }
    return add(bytes, from, to, slot);
  }

  private String add(byte[] bytes, int from, int to, int slot) {
    String name = new String(bytes, from, to - from, UTF_8);
    if (size >= LIMIT) {
      return name;
    }
    strings[slot] = name;
    keys[slot] = Arrays.copyOfRange(bytes, from, to);
    if (++size * 2 > keys.length) {
      grow();
    }
    return name;
  }

  private void grow() {
    @Nullable String[] oldStrings = strings;
    byte[][] oldKeys = keys;
    strings = new String[oldStrings.length * 2];
    keys = new byte[oldStrings.length * 2][];
    for (int i = 0; i < oldStrings.length; i++) {
      if (oldStrings[i] != null) {
        int slot = hash(oldKeys[i], 0, oldKeys[i].length) & (keys.length - 1);
        while (strings[slot] != null) {
          slot = (slot + 1) & (keys.length - 1);
        }
        strings[slot] = oldStrings[i];
        keys[slot] = oldKeys[i];
      }
    }
  }

  private static int hash(byte[] bytes, int from, int to) {
    int hash = to - from;
    for (int i = Math.max(from, to - 24); i < to; i++) {
      hash = hash * 31 + bytes[i];
    }
    return hash ^ (hash >>> 15);
  }
}
