package dev.claudometer.source.planlimits;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/// A protocol buffer whose field 1 is a string; other fields are stepped over.
final class OneString implements Marshaller<String> {

  private static final int TEXT = (1 << 3) | 2;

  @Override
  public InputStream stream(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    var message = new ByteArrayOutputStream();
    message.write(TEXT);
    int length = bytes.length;
    for (; length > 0x7f; length >>>= 7) {
      message.write((length & 0x7f) | 0x80);
    }
    message.write(length);
    message.writeBytes(bytes);
    return new ByteArrayInputStream(message.toByteArray());
  }

  @Override
  public String parse(InputStream stream) {
    try {
      var in = new ByteArrayInputStream(stream.readAllBytes());
      String text = "";
      for (long tag = number(in, true); tag >= 0; tag = number(in, true)) {
        if (tag == TEXT) {
          text = new String(bytes(in), UTF_8);
        } else {
          skip(in, (int) (tag & 7));
        }
      }
      return text;
    } catch (IOException broken) {
      throw Status.INTERNAL.withDescription("no protocol buffer").asRuntimeException();
    }
  }

  private static void skip(InputStream in, int type) throws IOException {
    switch (type) {
      case 0 -> number(in, false);
      case 1 -> exactly(in, 8);
      case 2 -> bytes(in);
      case 5 -> exactly(in, 4);
      default -> throw new IOException("no type " + type);
    }
  }

  private static byte[] bytes(InputStream in) throws IOException {
    long length = number(in, false);
    if (length < 0 || length > in.available()) {
      throw new IOException("cut");
    }
    return exactly(in, (int) length);
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("cut");
    }
    return bytes;
  }

  /// @return -1 at the end, where it may be there
  private static long number(InputStream in, boolean mayEnd) throws IOException {
    long number = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      int b = in.read();
      if (b < 0) {
        if (mayEnd && shift == 0) {
          return -1;
        }
        throw new IOException("cut");
      }
      number |= (long) (b & 0x7f) << shift;
      if (b < 0x80) {
        return number;
      }
    }
    throw new IOException("no number");
  }
}
