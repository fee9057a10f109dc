package dev.claudometer.store.sql.event;

import java.util.Arrays;

/// Which messages are stored, where this process alone has filled the store since it was empty:
/// then nobody has to look for those that are not among them, which on a first run are nearly all.
///
/// It may take one message for another, and then somebody looks in vain.
final class StoredMessages {

  /// Beyond that they cost more memory than looking costs time.
  private static final int MOST = 1 << 18;

  private static final int FIRST_SLOTS = 1 << 12;

  private boolean all;
  private int size;

  /// Open addressing; 0: free.
  private long[] slots = {};

  /// Whether what is not among these is not stored.
  boolean areAll() {
    return all;
  }

  /// Nothing is stored.
  void begin() {
    all = true;
    size = 0;
    slots = new long[FIRST_SLOTS];
  }

  /// Others have written, or what was written is not stored.
  void forget() {
    all = false;
    size = 0;
    slots = new long[0];
  }

  boolean mayHave(EventId message) {
    return slots[place(message.high())] != 0;
  }

  void add(EventId event) {
    if (!all) {
      return;
    }
    int place = place(event.high());
    if (slots[place] == 0) {
      slots[place] = value(event.high());
      size++;
      if (size > MOST) {
        forget();
      } else if (size > slots.length / 2) {
        grow();
      }
    }
  }

  private void grow() {
    long[] before = slots;
    slots = new long[before.length * 2];
    Arrays.stream(before).filter(value -> value != 0).forEach(value -> slots[place(value)] = value);
  }

  /// Where a value is, or has to go. Values are parts of digests: any bits of theirs will do.
  private int place(long high) {
    long value = value(high);
    int mask = slots.length - 1;
    int place = (int) value & mask;
    while (slots[place] != 0 && slots[place] != value) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private static long value(long high) {
    return high == 0 ? 1 : high;
  }
}
