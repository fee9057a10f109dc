package dev.claudometer.wire.body;

import io.airlift.compress.v3.zstd.ZstdNativeDecompressor;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// A zstd body. Its frames are measured before any is decoded, so a small body never takes much
/// memory.
///
/// Only the native decoder is used: the library's own one calls methods that the JDK warns of.
final class ZstdBody {

  private ZstdBody() {}

  static InputStream decode(byte[] encoded, BodyLimits limits) {
    List<ZstdFrame> frames = frames(encoded, limits);
    long allowance = limits.allowance(encoded.length);
    long most = 0;
    for (ZstdFrame frame : frames) {
      if (frame.contentBytes() > allowance) {
        throw limits.decodedTooLarge(encoded.length);
      }
      most += frame.mostBytes();
    }
    byte[] decoded = new byte[Math.toIntExact(Math.min(most, allowance))];
    int length = 0;
    for (ZstdFrame frame : frames) {
      length += decode(encoded, frame, decoded, length, limits);
    }
    return new ByteArrayInputStream(decoded, 0, length);
  }

  private static List<ZstdFrame> frames(byte[] encoded, BodyLimits limits) {
    List<ZstdFrame> frames = new ArrayList<>();
    int at = 0;
    while (at < encoded.length) {
      ZstdFrame frame = ZstdFrame.at(encoded, at);
      if (frame.windowBytes() > limits.windowBytes()) {
        throw new BodyTooLarge(
            "The zstd window is larger than " + limits.windowBytes() + " bytes.");
      }
      if (!frame.skippable()) {
        frames.add(frame);
      }
      at = frame.end();
    }
    if (frames.isEmpty()) {
      throw new MalformedDelivery("The body has no zstd frame.");
    }
    return frames;
  }

  private static int decode(
      byte[] encoded, ZstdFrame frame, byte[] decoded, int length, BodyLimits limits) {
    try {
      return new ZstdNativeDecompressor()
          .decompress(
              encoded,
              frame.start(),
              frame.end() - frame.start(),
              decoded,
              length,
              decoded.length - length);
    } catch (IllegalArgumentException refused) {
      if (String.valueOf(refused.getMessage()).contains("too small")) {
        throw limits.decodedTooLarge(encoded.length);
      }
      throw new MalformedDelivery(
          "The zstd frame at byte " + frame.start() + " of the body is corrupt.");
    }
  }
}
