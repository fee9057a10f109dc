package dev.claudometer.source.claudecode;

import dev.claudometer.model.FileCursor;
import dev.claudometer.source.claudecode.scan.LineReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/// Recognises the part of a file that was consumed before, by its beginning and its end.
final class Fingerprint {

  private static final int SAMPLE = 1024;

  private Fingerprint() {}

  /// Checksum over the first and the last kilobyte of `[0, end)`, and `end` itself.
  static long of(FileChannel channel, long end) throws IOException {
    var checksum = new CRC32C();
    add(checksum, channel, 0, (int) Math.min(SAMPLE, end));
    add(checksum, channel, Math.max(0, end - SAMPLE), (int) Math.min(SAMPLE, end));
    return checksum.getValue() << 31 ^ end;
  }

  /// The same, of a file that is being read: small files are held whole, and not read once more.
  static long of(FileChannel channel, LineReader read, long end) throws IOException {
    var checksum = new CRC32C();
    int sample = (int) Math.min(SAMPLE, end);
    if (!read.add(0, sample, checksum)) {
      add(checksum, channel, 0, sample);
    }
    if (!read.add(end - sample, sample, checksum)) {
      add(checksum, channel, end - sample, sample);
    }
    return checksum.getValue() << 31 ^ end;
  }

  /// The known offset where the file still begins with what was consumed, else 0: it was truncated,
  /// replaced or rewritten, and is read anew.
  static long resumeAt(FileChannel channel, FileCursor known) throws IOException {
    boolean same =
        known.offset() > 0
            && known.offset() <= channel.size()
            && of(channel, known.offset()) == known.fingerprint();
    return same ? known.offset() : 0;
  }

  private static void add(CRC32C checksum, FileChannel channel, long from, int length)
      throws IOException {
    ByteBuffer sample = ByteBuffer.allocate(length);
    while (sample.hasRemaining() && channel.read(sample, from + sample.position()) >= 0) {
      // a short read goes on
    }
    checksum.update(sample.flip());
  }
}
