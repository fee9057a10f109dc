package dev.claudometer.wire.body;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// The body as it is sent, counted.
final class EncodedBody extends FilterInputStream {

  private final BodyLimits limits;
  private long bytes;

  EncodedBody(InputStream in, BodyLimits limits) {
    super(in);
    this.limits = limits;
  }

  long bytes() {
    return bytes;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    if (value >= 0) {
      count(1);
    }
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    if (read > 0) {
      count(read);
    }
    return read;
  }

  @Override
  public long skip(long wanted) throws IOException {
    long skipped = super.skip(wanted);
    count(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(long more) {
    bytes += more;
    if (bytes > limits.encodedBytes()) {
      throw limits.encodedTooLarge();
    }
  }
}
