package dev.claudometer.wire.body;

import io.airlift.compress.v3.zstd.ZstdNativeDecompressor;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Takes the content encoding off a request body, within [BodyLimits].
public final class BodyDecoder {

  private BodyDecoder() {}

  /// The decoded body. It throws an [UnusableBody] here or where it is read: [BodyTooLarge] at the
  /// first byte beyond a limit, [MalformedDelivery] for corrupt data.
  ///
  /// @param contentEncoding the header's value, null where there is none
  /// @throws UnsupportedEncoding for another encoding, or more than one
  /// @throws IOException where the connection fails
  public static InputStream decode(
      InputStream encoded, @Nullable String contentEncoding, BodyLimits limits) throws IOException {
    var sent = new EncodedBody(encoded, limits);
    String encoding =
        contentEncoding == null ? "" : contentEncoding.strip().toLowerCase(Locale.ROOT);
    return switch (encoding) {
      case "", "identity" -> sent;
      case "gzip", "x-gzip" -> new GzipBody(sent, limits);
      case "zstd" -> zstd(sent, limits);
      default ->
          throw new UnsupportedEncoding(
              "Content-Encoding "
                  + Excerpt.quoted(encoding)
                  + " is not supported; send one of "
                  + String.join(", ", encodings())
                  + ", once.");
    };
  }

  /// What `Content-Encoding` may say here, best first: the value of an `Accept-Encoding` header.
  public static List<String> encodings() {
    return ZstdNativeDecompressor.isEnabled()
        ? List.of("zstd", "gzip", "identity")
        : List.of("gzip", "identity");
  }

  private static InputStream zstd(InputStream sent, BodyLimits limits) throws IOException {
    if (!ZstdNativeDecompressor.isEnabled()) {
      throw new UnsupportedEncoding("This server's platform has no zstd; send gzip.");
    }
    return ZstdBody.decode(sent.readAllBytes(), limits);
  }
}
