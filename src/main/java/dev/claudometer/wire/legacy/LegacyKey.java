package dev.claudometer.wire.legacy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The key of a push whose daemon has it in the body: found without keeping anything else of it.
public final class LegacyKey {

  private LegacyKey() {}

  /// Looks through a body. It is [LegacyRequest.Accepted] where there is such a key.
  ///
  /// @throws IOException where the connection fails
  public static LegacyRequest<String> find(InputStream body) throws IOException {
    return LegacyBody.read(body, LegacyKey::find);
  }

  private static LegacyRequest<String> find(JsonParser parser) throws IOException {
    @Nullable String key = null;
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("deviceApiKey") && value == JsonToken.VALUE_STRING) {
          key = parser.getText();
        } else {
          parser.skipChildren();
        }
      }
    } else {
      parser.skipChildren();
    }
    return key == null || key.isEmpty()
        ? new LegacyRequest.Invalid<>(List.of(), Map.of())
        : new LegacyRequest.Accepted<>(key);
  }
}
