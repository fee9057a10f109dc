package dev.claudometer.server.otlp;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/// Where what was taken goes besides.
public interface Onward {

  /// For those who have no collector.
  Onward NOWHERE = body -> {};

  /// Takes a body, without waiting for anything.
  void pass(Sent body);

  /// What a client sent.
  ///
  /// @param path as it was asked for: `/v1/logs`, with whatever prefix
  /// @param encoding of the bytes, null where they are as they are
  /// @param via which proxies it has come through, empty for none
  record Sent(
      String path, String contentType, @Nullable String encoding, String via, ByteString bytes) {}
}
