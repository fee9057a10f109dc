package dev.claudometer.source.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.claudometer.json.JsonBounds;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// OTLP's JSON, read in one pass: what is not asked for is stepped over, and never made a text.
final class OtlpJson implements AutoCloseable {

  private static final int DEPTH = 64;
  private static final int LONGEST_TEXT = 16 << 20;
  private static final JsonFactory FACTORY =
      new JsonBounds(DEPTH, LONGEST_TEXT, 8 * 1024).factory();

  private final JsonParser json;

  OtlpJson(InputStream body) throws IOException {
    json = FACTORY.createParser(body);
  }

  /// Reads a request: its one object, and nothing after it.
  ///
  /// @throws IOException where the bytes are not JSON, or no object
  void request(ObjectReader fields) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new JsonParseException(json, "the body is not an OTLP request: it is no object");
    }
    fields.read();
    if (json.nextToken() != null) {
      throw new JsonParseException(json, "there is more after its end");
    }
  }

  /// Reads the object that the parser stands at.
  interface ObjectReader {
    void read() throws IOException;
  }

  /// Reads what a field holds, which the parser stands at.
  interface FieldReader {
    void read(String field) throws IOException;
  }

  /// Reads each object in the list of this name, and steps over all other fields.
  void lists(String name, ObjectReader each) throws IOException {
    fields(
        field -> {
          if (field.equals(name)) {
            list(each);
          } else {
            skip();
          }
        });
  }

  /// Reads each field of the object that the parser stands at.
  void fields(FieldReader each) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      each.read(field);
    }
  }

  /// Reads each object of the list that the parser stands at, if it is one.
  void list(ObjectReader each) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      skip();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == JsonToken.START_OBJECT) {
        each.read();
      } else {
        skip();
      }
    }
  }

  /// Reads the object that the parser stands at, if it is one.
  void object(ObjectReader object) throws IOException {
    if (json.currentToken() == JsonToken.START_OBJECT) {
      object.read();
    } else {
      skip();
    }
  }

  void skip() throws IOException {
    json.skipChildren();
  }

  /// A name, number or flag as a text; empty where it is none, or too long for one that we know.
  String scalar() throws IOException {
    boolean usable =
        json.currentToken().isScalarValue()
            && json.currentToken() != JsonToken.VALUE_NULL
            && json.getTextLength() <= Allowed.LONGEST_VALUE;
    String text = usable ? json.getText() : "";
    json.skipChildren();
    return text;
  }

  /// Nanoseconds since 1970; 0 where there are none.
  long nanos() throws IOException {
    try {
      String text = scalar();
      return text.length() > 40 ? 0 : Math.max(0, new BigDecimal(text).longValueExact());
    } catch (ArithmeticException | NumberFormatException noTime) {
      return 0;
    }
  }

  /// Reads the attributes that are wanted.
  void attributes(Predicate<String> wanted, BiConsumer<String, String> to) throws IOException {
    list(() -> attribute(wanted, to));
  }

  /// Reads the attributes that are wanted of a field of the object that the parser stands at.
  void inner(String name, Predicate<String> wanted, BiConsumer<String, String> to)
      throws IOException {
    fields(
        field -> {
          if (field.equals(name)) {
            attributes(wanted, to);
          } else {
            skip();
          }
        });
  }

  private void attribute(Predicate<String> wanted, BiConsumer<String, String> to)
      throws IOException {
    String key = "";
    String value = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      if (field.equals("key") && json.currentToken() == JsonToken.VALUE_STRING) {
        key = json.getText();
      } else if (field.equals("value") && (key.isEmpty() || wanted.test(key))) {
        value = value();
      } else {
        json.skipChildren();
      }
    }
    if (value != null && wanted.test(key)) {
      to.accept(key, value);
    }
  }

  /// `{"stringValue":"…"}`, `{"intValue":"5"}`, `{"intValue":5}`, …; null where it is none of them,
  /// or too long for one that we know.
  @Nullable String value() throws IOException {
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

  @Override
  public void close() throws IOException {
    json.close();
  }
}
