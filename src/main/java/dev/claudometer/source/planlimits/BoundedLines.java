package dev.claudometer.source.planlimits;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// The lines of a program's output, up to a size of all together.
final class BoundedLines {

  private static final int MOST_BYTES = 4 << 20;

  private final InputStream in;
  private int bytes;

  BoundedLines(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /// The next line; null at the end.
  ///
  /// @throws IOException where there is more than anybody wants to read
  byte @Nullable [] next() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (++bytes > MOST_BYTES) {
        throw new IOException("too much");
      }
      if (next == '\n') {
        return line.toByteArray();
      }
      line.write(next);
    }
    return line.size() == 0 ? null : line.toByteArray();
  }
}
