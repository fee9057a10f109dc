package dev.claudometer.wire.peer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.claudometer.wire.JsonBody;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;

/// Reads one JSON value and nothing after it.
final class PeerBody {

  private PeerBody() {}

  static <T> PeerRequest<T> read(InputStream body, Shape<T> shape) throws IOException {
    try (JsonParser parser = JsonBody.parser(body)) {
      return whole(parser, shape);
    } catch (CharConversionException _) {
      return new PeerRequest.NotJson<>("The body is not text in UTF-8.");
    }
  }

  private static <T> PeerRequest<T> whole(JsonParser parser, Shape<T> shape) throws IOException {
    try {
      if (parser.nextToken() == null) {
        return new PeerRequest.NotJson<>("The body is empty.");
      }
      PeerRequest<T> request = shape.read(parser);
      return parser.nextToken() == null
          ? request
          : new PeerRequest.NotJson<>("There is more than one value in the body.");
    } catch (JsonProcessingException _) {
      return new PeerRequest.NotJson<>("The body is not JSON " + JsonBody.place(parser) + ".");
    }
  }

  /// Reads the value that the parser stands at.
  @FunctionalInterface
  interface Shape<T> {
    PeerRequest<T> read(JsonParser parser) throws IOException;
  }
}
