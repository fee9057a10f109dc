package dev.claudometer.source.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.claudometer.json.JsonBounds;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Events in OTLP's JSON, read in one pass: what may not be kept is never made a text.
public final class JsonEvents {

  private static final int DEPTH = 64;
  private static final int LONGEST_TEXT = 16 << 20;
  private static final JsonFactory FACTORY =
      new JsonBounds(DEPTH, LONGEST_TEXT, 8 * 1024).factory();

  private final JsonParser json;
  private final List<ClientEvent> events = new ArrayList<>();

  private JsonEvents(JsonParser json) {
    this.json = json;
  }

  /// What the body tells.
  ///
  /// @throws IOException where the bytes are not JSON, or no object
  public static Telemetry read(InputStream body) throws IOException {
    try (JsonParser json = FACTORY.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonParseException(json, "the body is not an OTLP request: it is no object");
      }
      var reader = new JsonEvents(json);
      reader.lists("resourceLogs", () -> reader.lists("scopeLogs", reader::records));
      if (json.nextToken() != null) {
        throw new JsonParseException(json, "there is more after its end");
      }
      return Telemetry.of(reader.events);
    }
  }

  /// Reads the object that the parser stands at.
  private interface ObjectReader {
    void read() throws IOException;
  }

  private void records() throws IOException {
    lists("logRecords", this::record);
  }

  /// Reads each object in the list of this name, and steps over all other fields.
  private void lists(String name, ObjectReader each) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = json.currentName().equals(name);
      if (json.nextToken() == JsonToken.START_ARRAY && wanted) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          if (json.currentToken() == JsonToken.START_OBJECT) {
            each.read();
          } else {
            json.skipChildren();
          }
        }
      } else {
        json.skipChildren();
      }
    }
  }

  private void record() throws IOException {
    Map<String, String> attributes = new HashMap<>();
    String body = "";
    long nanos = 0;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "timeUnixNano" -> nanos = nanos();
        case "body" -> body = orEmpty(value());
        case "attributes" -> attributes(attributes);
        default -> json.skipChildren();
      }
    }
    events.add(ClientEvent.of(body, nanos, attributes));
  }

  private long nanos() throws IOException {
    String text = json.currentToken().isScalarValue() ? json.getText() : "";
    json.skipChildren();
    try {
      return Math.max(0, Long.parseLong(text));
    } catch (NumberFormatException noTime) {
      return 0;
    }
  }

  private void attributes(Map<String, String> to) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == JsonToken.START_OBJECT) {
        attribute(to);
      } else {
        json.skipChildren();
      }
    }
  }

  private void attribute(Map<String, String> to) throws IOException {
    String key = "";
    String value = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      if (field.equals("key") && json.currentToken() == JsonToken.VALUE_STRING) {
        key = json.getText();
      } else if (field.equals("value") && (key.isEmpty() || Allowed.anywhere(key))) {
        value = value();
      } else {
        json.skipChildren();
      }
    }
    if (value != null && Allowed.anywhere(key)) {
      to.put(key, value);
    }
  }

  /// `{"stringValue":"…"}`, `{"intValue":"5"}`, `{"intValue":5}`, …; null where it is none of them,
  /// or too long for one that we know.
  private @Nullable String value() throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return null;
    }
    String value = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      json.nextToken();
      if (json.currentToken().isScalarValue()
          && json.currentToken() != JsonToken.VALUE_NULL
          && json.getTextLength() <= Allowed.LONGEST_VALUE) {
        value = json.getText();
      } else {
        json.skipChildren();
      }
    }
    return value;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
