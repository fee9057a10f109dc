package dev.claudometer.wire.legacy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.claudometer.wire.JsonBody;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;

/// Reads one JSON value and nothing after it.
final class LegacyBody {

  private LegacyBody() {}

  static <T> LegacyRequest<T> read(InputStream body, Shape<T> shape) throws IOException {
    try (JsonParser parser = JsonBody.parser(body)) {
      return whole(parser, shape);
    } catch (CharConversionException _) {
      return new LegacyRequest.NotJson<>("The body is not text in UTF-8.");
    }
  }

  private static <T> LegacyRequest<T> whole(JsonParser parser, Shape<T> shape) throws IOException {
    try {
      if (parser.nextToken() == null) {
        return new LegacyRequest.NotJson<>("The body is empty.");
      }
      LegacyRequest<T> request = shape.read(parser);
      return parser.nextToken() == null
          ? request
          : new LegacyRequest.NotJson<>("There is more than one value in the body.");
    } catch (JsonProcessingException _) {
      return new LegacyRequest.NotJson<>("The body is not JSON " + JsonBody.place(parser) + ".");
    }
  }

  /// Reads the value that the parser stands at.
  @FunctionalInterface
  interface Shape<T> {
    LegacyRequest<T> read(JsonParser parser) throws IOException;
  }
}
