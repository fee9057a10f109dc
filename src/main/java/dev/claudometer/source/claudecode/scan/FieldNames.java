package dev.claudometer.source.claudecode.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/// A fixed set of JSON names that is looked up by bytes, without building a string.
public final class FieldNames {

  public static final int UNKNOWN = -1;

  private final byte[][] slots;
  private final int[] numbers;
  private final int mask;

  private FieldNames(List<String> names) {
    int size = Integer.highestOneBit(names.size() * 4 - 1) * 2;
    mask = size - 1;
    slots = new byte[size][];
    numbers = new int[size];
    for (int number = 0; number < names.size(); number++) {
      byte[] name = names.get(number).getBytes(UTF_8);
      int slot = hash(name, 0, name.length) & mask;
      while (slots[slot] != null) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = name;
      numbers[slot] = number;
    }
  }

  public static FieldNames of(String... names) {
    return new FieldNames(List.of(names));
  }

  /// Names in a text, separated by white space.
  public static FieldNames listed(String names) {
    return new FieldNames(List.of(names.strip().split("\\s+")));
  }

  /// The position of the name in the list this set was made of, or [#UNKNOWN].
  public int find(byte[] bytes, int from, int to) {
    int slot = hash(bytes, from, to) & mask;
    while (slots[slot] != null) {
      if (equal(slots[slot], bytes, from, to)) {
        return numbers[slot];
      }
      slot = (slot + 1) & mask;
    }
    return UNKNOWN;
  }

  private static boolean equal(byte[] name, byte[] bytes, int from, int to) {
    if (name.length != to - from) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      if (name[i] != bytes[from + i]) {
        return false;
      }
    }
    return true;
  }

  /// First, last and length tell JSON names apart nearly always.
  private static int hash(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length == 0) {
      return 0;
    }
    int middle = bytes[from + length / 2];
    return length * 31 + bytes[from] * 7 + bytes[to - 1] * 131 + middle * 17;
  }
}
