package dev.claudometer.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a page's form sends: `name=ada&password=%E2%82%AC`.
final class Form {

  private static final int MOST_BYTES = 64 << 10;
  private static final int MOST_FIELDS = 100;

  private Form() {}

  /// Reads the fields; of one that is there twice the last counts.
  ///
  /// @throws Problem 413 or 422, with what is wrong
  static Map<String, String> read(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw Problem.of(413, "the form is larger than 64 KiB");
    }
    Map<String, String> fields = new LinkedHashMap<>();
    for (String field : new String(bytes, ISO_8859_1).split("&", MOST_FIELDS)) {
      int equals = field.indexOf('=');
      if (equals > 0) {
        fields.put(decoded(field.substring(0, equals)), decoded(field.substring(equals + 1)));
      }
    }
    return fields;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException wrong) {
      throw Problem.of(422, "the form is not encoded as browsers do it");
    }
  }
}
