package dev.claudometer.wire.body;

import dev.claudometer.model.Cause;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// A gzip body, decoded as it is read and counted on both sides.
final class GzipBody extends InputStream {

  private static final int BUFFER_BYTES = 8192;

  private final EncodedBody encoded;
  private final BodyLimits limits;
  private final GZIPInputStream decoded;
  private long bytes;

  GzipBody(EncodedBody encoded, BodyLimits limits) throws IOException {
    this.encoded = encoded;
    this.limits = limits;
    try {
      this.decoded = new GZIPInputStream(encoded, BUFFER_BYTES);
    } catch (ZipException | EOFException corrupt) {
      throw corrupt(corrupt);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read;
    try {
      read = decoded.read(buffer, offset, length);
    } catch (ZipException | EOFException corrupt) {
      throw corrupt(corrupt);
    }
    bytes += Math.max(read, 0);
    if (bytes > limits.allowance(encoded.bytes())) {
      throw limits.decodedTooLarge(encoded.bytes());
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    decoded.close();
  }

  private MalformedDelivery corrupt(IOException why) {
    return new MalformedDelivery(
        "The gzip data is corrupt or ends early, "
            + encoded.bytes()
            + " bytes into the body: "
            + Cause.of(why)
            + ".");
  }
}
