package dev.claudometer.source.claudecode.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.zip.Checksum;

/// Reads a file line by line in constant memory.
///
/// A line that does not fit the largest buffer is shortened while it streams by: see [LongLine].
public final class LineReader {

  static final int LARGEST_BUFFER = 16 << 20;
  private static final int USUAL_BUFFER = 512 << 10;
  private ReadableByteChannel channel;
  private byte[] buffer = new byte[USUAL_BUFFER];
  private int filled;
  private int next;
  private long bufferOffset;
  private boolean ended;

  /// The current line without its newline: `[from, to)` of `bytes`.
  public byte[] bytes = buffer;

  public int from;
  public int to;

  /// Where the current line begins in the file, and how long it is there.
  public long offset;

  public long length;

  /// False for the rest of a file after its last newline.
  public boolean terminated;

  /// True where the current line was too long even when shortened.
  public boolean oversized;

  private final LongLine longLine = new LongLine();

  public LineReader(ReadableByteChannel channel) {
    this.channel = channel;
  }

  /// Continues with another file, whose next byte is the one at `start`.
  public void over(ReadableByteChannel file, long start) {
    channel = file;
    if (buffer.length > USUAL_BUFFER) {
      buffer = new byte[USUAL_BUFFER];
    }
    filled = 0;
    next = 0;
    bufferOffset = start;
    ended = false;
  }

  /// Offset of the first byte that no line has consumed.
  public long position() {
    return bufferOffset + next;
  }

  /// Adds the bytes of the file from `start` on to a checksum, where the buffer still has them.
  public boolean add(long start, int length, Checksum to) {
    boolean held = start >= bufferOffset && start + length <= bufferOffset + filled;
    if (held) {
      to.update(buffer, (int) (start - bufferOffset), length);
    }
    return held;
  }

  public boolean next() throws IOException {
    int searched = next;
    oversized = false;
    while (true) {
      int newline = search(searched);
      if (newline >= 0) {
        return line(newline, true);
      }
      if (ended) {
        return filled > next && line(filled, false);
      }
      if (filled == buffer.length) {
        if (next == 0 && buffer.length >= LARGEST_BUFFER) {
          return longLine();
        }
        makeRoom();
      }
      searched = filled;
      fill();
    }
  }

  private boolean line(int end, boolean withNewline) {
    bytes = buffer;
    from = next;
    to = end;
    offset = bufferOffset + next;
    length = (long) end - next;
    terminated = withNewline;
    next = withNewline ? end + 1 : end;
    return true;
  }

  /// Whether a record's mark (see [SpliceMarks]) stands in the current line after its first byte.
  public boolean marked() {
    return SpliceMarks.within(bytes, from + 1, to);
  }

  /// Searches for the end of the line: 32 aligned bytes at a time, which are cheaper than 4 x 8
  /// anywhere.
  private int search(int from) {
    byte[] b = buffer;
    int i = from;
    while (i < filled && (i & 7) != 0) {
      if (b[i] == '\n') {
        return i;
      }
      i++;
    }
    for (int last = filled - 32; i <= last; i += 32) {
      if (Words.newlineWithin32(b, i)) {
        break;
      }
    }
    for (; i < filled; i++) {
      if (b[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void makeRoom() {
    if (next > 0) {
      System.arraycopy(buffer, next, buffer, 0, filled - next);
      bufferOffset += next;
      filled -= next;
      next = 0;
    } else {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
  }

  private void fill() throws IOException {
    int read = channel.read(ByteBuffer.wrap(buffer, filled, buffer.length - filled));
    if (read < 0) {
      ended = true;
    } else {
      filled += read;
    }
  }

  /// The buffer holds the beginning of one line and is full.
  private boolean longLine() throws IOException {
    longLine.begin();
    offset = bufferOffset;
    int end = longLine.take(buffer, 0, filled);
    while (end < 0 && !ended) {
      bufferOffset += filled;
      filled = 0;
      next = 0;
      fill();
      end = longLine.take(buffer, 0, filled);
    }
    terminated = end >= 0;
    next = terminated ? end + 1 : filled;
    length = bufferOffset + (terminated ? end : filled) - offset;
    bytes = longLine.bytes();
    from = 0;
    to = longLine.size();
    oversized = longLine.overflowed();
    return true;
  }
}
