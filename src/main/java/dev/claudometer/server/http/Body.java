package dev.claudometer.server.http;

import dev.claudometer.wire.body.BodyDecoder;
import dev.claudometer.wire.body.BodyLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a request brings, whole and in memory: nothing waits for a caller any more who reads it.
public final class Body {

  /// Of a request that brings nothing.
  static final Body NONE = new Body(List.of(), null);

  private static final int PIECE = 16 << 10;

  private final List<byte[]> pieces;
  private final BodyMemory.@Nullable Share share;

  private Body(List<byte[]> pieces, BodyMemory.@Nullable Share share) {
    this.pieces = pieces;
    this.share = share;
  }

  /// Reads until the body ends.
  ///
  /// @throws Problem 413 where it is larger than that
  /// @throws dev.claudometer.ingest.Overloaded where there is no room for it
  public static Body read(InputStream in, long most, BodyMemory.Share share) throws IOException {
    List<byte[]> pieces = new ArrayList<>();
    long bytes = 0;
    for (byte[] piece = in.readNBytes(PIECE); piece.length > 0; piece = in.readNBytes(PIECE)) {
      bytes += piece.length;
      if (bytes > most) {
        throw tooLarge(most);
      }
      share.take(piece.length);
      pieces.add(piece);
    }
    return new Body(pieces, share);
  }

  static Problem tooLarge(long most) {
    return Problem.of(413, "the body is larger than " + most + " bytes as sent");
  }

  /// How many bytes it has had, as sent and unpacked.
  long bytes() {
    return share == null ? 0 : share.bytes();
  }

  /// All of it in one piece.
  public byte[] sent() {
    var all = new ByteArrayOutputStream();
    pieces.forEach(all::writeBytes);
    return all.toByteArray();
  }

  public InputStream stream() {
    var streams = pieces.stream().map(ByteArrayInputStream::new).toList();
    return new SequenceInputStream(Collections.enumeration(streams));
  }

  /// Unpacks it, within bounds: what comes out is held as well.
  public InputStream decoded(@Nullable String encoding, BodyLimits limits) throws IOException {
    InputStream decoded = BodyDecoder.decode(stream(), encoding, limits);
    return encoding == null ? decoded : new Held(decoded);
  }

  private final class Held extends FilterInputStream {

    Held(InputStream decoded) {
      super(decoded);
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      hold(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      hold(Math.max(0, read));
      return read;
    }

    private void hold(int bytes) {
      if (share != null && bytes > 0) {
        share.take(bytes);
      }
    }
  }
}
