package dev.claudometer.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A value of an answer, which knows where it stands. Asking for what is not there gives a value
/// that is [#absent]; asking for a type that it is not throws [BadJson].
public final class JsonValue {

  private static final int LONGEST_TEXT = 200;

  private final @Nullable Object value;
  private final @Nullable JsonValue parent;
  private final String name;

  private JsonValue(@Nullable Object value, @Nullable JsonValue parent, String name) {
    this.value = value;
    this.parent = parent;
    this.name = name;
  }

  /// The value that the bytes are, whole.
  ///
  /// @throws BadJson where the bytes are not JSON
  public static JsonValue parse(byte[] bytes) {
    try {
      return new JsonValue(JsonTree.read(new ByteArrayInputStream(bytes)), null, "");
    } catch (IOException notJson) {
      boolean page = bytes.length > 0 && bytes[0] == '<';
      throw new BadJson("it is no JSON" + (page ? ", but a page" : ""));
    }
  }

  /// A value that [JsonTree] has read.
  ///
  /// @param name what messages call it
  public static JsonValue of(@Nullable Object tree, String name) {
    return new JsonValue(tree, null, name);
  }

  /// One field of an object that is read from a stream; nothing else of it is kept.
  ///
  /// @throws BadJson where it is no JSON object
  public static JsonValue field(InputStream in, String name) throws IOException {
    try {
      return new JsonValue(JsonTree.field(in, name), null, name);
    } catch (JsonTree.NoObject none) {
      throw new BadJson(String.valueOf(none.getMessage()));
    } catch (JsonProcessingException notJson) {
      throw new BadJson("it is no JSON");
    }
  }

  /// A field, absent where there is none or it is null.
  public JsonValue at(String field) {
    if (value == null) {
      return new JsonValue(null, this, "." + field);
    }
    if (!(value instanceof Map<?, ?> object)) {
      throw wrong("an object");
    }
    return new JsonValue(object.get(field), this, "." + field);
  }

  /// Whether an object has the field, be it null.
  public boolean has(String field) {
    return value instanceof Map<?, ?> object && object.containsKey(field);
  }

  /// Null, or not there at all.
  public boolean absent() {
    return value == null;
  }

  public boolean isObject() {
    return value instanceof Map;
  }

  public boolean isText() {
    return value instanceof String;
  }

  public boolean isNumber() {
    return value instanceof BigDecimal;
  }

  /// The fields of an object; none where it is absent.
  public Map<String, JsonValue> fields() {
    if (value == null) {
      return Map.of();
    }
    if (!(value instanceof Map<?, ?> object)) {
      throw wrong("an object");
    }
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    object.forEach(
        (field, content) ->
            fields.put(String.valueOf(field), new JsonValue(content, this, "." + field)));
    return fields;
  }

  /// The elements of an array; none where it is absent.
  public List<JsonValue> elements() {
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> array)) {
      throw wrong("an array");
    }
    List<JsonValue> elements = new ArrayList<>();
    for (Object element : array) {
      elements.add(new JsonValue(element, this, "[" + elements.size() + "]"));
    }
    return elements;
  }

  /// A name or the like: without control characters, of bounded length.
  public String text() {
    return clean(exactText());
  }

  /// The same of a text that is a field's name.
  public static String clean(String exact) {
    String text = exact.replaceAll("[\\p{Cntrl}\\p{Cs}]", "\uFFFD");
    return text.codePointCount(0, text.length()) > LONGEST_TEXT
        ? text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT))
        : text;
  }

  /// A text, or the usual one where it is absent.
  public String textOr(String usual) {
    return value == null ? usual : text();
  }

  /// A text as it is: a page's mark, a cookie.
  public String exactText() {
    if (value instanceof String text) {
      return text;
    }
    throw wrong("a text");
  }

  /// A whole number that is not negative.
  public long count() {
    try {
      long count = decimal().longValueExact();
      if (count >= 0) {
        return count;
      }
    } catch (ArithmeticException notWhole) {
      // said below
    }
    throw wrong("a whole number");
  }

  /// A whole number; zero where it is absent.
  public long countOrZero() {
    return value == null ? 0 : count();
  }

  public BigDecimal decimal() {
    if (value instanceof BigDecimal number) {
      return number;
    }
    throw wrong("a number");
  }

  public boolean truth(boolean usual) {
    if (value == null) {
      return usual;
    }
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw wrong("true or false");
  }

  /// An instant with its offset: `2026-11-20T00:00:00Z`.
  public Instant instant() {
    try {
      return OffsetDateTime.parse(exactText()).toInstant();
    } catch (DateTimeException notOne) {
      throw wrong("an instant");
    }
  }

  /// Says that this is not what it should be.
  public BadJson wrong(String expected) {
    String shown = value instanceof String text ? "'" + cut(text) + "'" : String.valueOf(value);
    String what = value == null || value instanceof String ? shown : cut(shown);
    return new BadJson(place() + " is " + what + ", not " + expected);
  }

  private static String cut(String text) {
    String clean = text.replaceAll("[\\p{Cntrl}\\p{Cs}]", "\uFFFD");
    return clean.length() > 40 ? clean.substring(0, 40) + "…" : clean;
  }

  private String place() {
    if (parent == null) {
      return name.isEmpty() ? "the whole" : name;
    }
    String path = path();
    return path.startsWith(".") ? path.substring(1) : path;
  }

  private String path() {
    return parent == null ? name : parent.path() + name;
  }
}
