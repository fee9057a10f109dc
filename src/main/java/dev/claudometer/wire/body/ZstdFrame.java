package dev.claudometer.wire.body;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// What the headers of a zstd frame say (RFC 8878), found without decoding it.
///
/// @param start its first byte in the body
/// @param end the first byte after it
/// @param windowBytes how far back it may refer; its content where it is a single segment
/// @param contentBytes the size it states, -1 where it states none
/// @param mostBytes what its blocks can decode to at most
record ZstdFrame(int start, int end, long windowBytes, long contentBytes, long mostBytes) {

  private static final int MAGIC = 0xFD2FB528;
  private static final int SKIPPABLE_MAGIC = 0x184D2A50;
  private static final int SKIPPABLE_MASK = 0xFFFFFFF0;
  private static final int LARGEST_BLOCK = 128 * 1024;
  private static final int UNSTATED = -1;

  /// @throws MalformedDelivery where no whole frame begins there
  static ZstdFrame at(byte[] body, int start) {
    ByteBuffer in = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).position(start);
    try {
      int magic = in.getInt();
      if (magic == MAGIC) {
        return frame(in, start);
      }
      if ((magic & SKIPPABLE_MASK) == SKIPPABLE_MAGIC) {
        skip(in, Integer.toUnsignedLong(in.getInt()));
        return new ZstdFrame(start, in.position(), 0, 0, UNSTATED);
      }
    } catch (BufferUnderflowException endsEarly) {
      throw new MalformedDelivery("The zstd frame at byte " + start + " of the body ends early.");
    }
    throw new MalformedDelivery("There is no zstd frame at byte " + start + " of the body.");
  }

  /// It holds nothing to decode.
  boolean skippable() {
    return mostBytes == UNSTATED;
  }

  private static ZstdFrame frame(ByteBuffer in, int start) {
    int descriptor = in.get();
    boolean single = (descriptor & 0x20) != 0;
    long window = single ? 0 : window(in.get());
    skip(in, new int[] {0, 1, 2, 4}[descriptor & 3]);
    long content = contentSize(in, descriptor >> 6 & 3, single);
    if (single) {
      window = content < 0 ? Long.MAX_VALUE : content;
    }
    long most = blocks(in, Math.min(LARGEST_BLOCK, window));
    skip(in, (descriptor & 4) != 0 ? 4 : 0);
    return new ZstdFrame(
        start, in.position(), window, content, content >= 0 ? Math.min(content, most) : most);
  }

  private static long window(byte descriptor) {
    long base = 1L << (10 + (descriptor >> 3 & 31));
    return base + base / 8 * (descriptor & 7);
  }

  private static long contentSize(ByteBuffer in, int form, boolean single) {
    return switch (form) {
      case 0 -> single ? Byte.toUnsignedLong(in.get()) : UNSTATED;
      case 1 -> Short.toUnsignedLong(in.getShort()) + 256;
      case 2 -> Integer.toUnsignedLong(in.getInt());
      default -> {
        long size = in.getLong();
        yield size < 0 ? Long.MAX_VALUE : size;
      }
    };
  }

  private static long blocks(ByteBuffer in, long largestBlock) {
    long most = 0;
    boolean last = false;
    while (!last) {
      int header = Short.toUnsignedInt(in.getShort()) | Byte.toUnsignedInt(in.get()) << 16;
      last = (header & 1) != 0;
      int size = header >> 3;
      boolean repeated = (header >> 1 & 3) == 1;
      boolean plain = (header >> 1 & 3) == 0;
      skip(in, repeated ? 1 : size);
      most += repeated || plain ? size : largestBlock;
    }
    return most;
  }

  private static void skip(ByteBuffer in, long bytes) {
    if (bytes > in.remaining()) {
      throw new BufferUnderflowException();
    }
    in.position(in.position() + (int) bytes);
  }
}
