package dev.claudometer.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads JSON into maps, lists, strings, numbers, booleans and nulls. Of a repeated name the last
/// value counts.
public final class JsonTree {

  private static final JsonFactory FACTORY = JsonBounds.USUAL.factory();
  private static final int MOST_VALUES = 20_000_000;
  private static final int LARGEST_EXPONENT = 100;

  private final JsonParser parser;
  private final Numbers numbers;
  private final Texts texts;
  private int budget;

  /// @param most values; the others are stepped over
  public JsonTree(JsonParser parser, Numbers numbers, int most) {
    this(parser, numbers, JsonParser::getText, most);
  }

  /// @param most values; the others are stepped over
  public JsonTree(JsonParser parser, Numbers numbers, Texts texts, int most) {
    this.parser = parser;
    this.numbers = numbers;
    this.texts = texts;
    budget = most;
  }

  /// What a number becomes.
  public interface Numbers {
    /// The value that stands for one.
    ///
    /// @param text of bounded length; its exponent may be of any size
    /// @param whole without fraction and exponent
    Object of(String text, boolean whole);
  }

  /// How a text is taken.
  public interface Texts {
    /// The text that the parser stands at.
    String of(JsonParser parser) throws IOException;
  }

  /// A number whose exponent is beyond all measure. To write out `1e-99999999` would take minutes,
  /// so nobody gets it as a number.
  public record Immense(String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  /// JSON, but no object.
  public static final class NoObject extends IOException {
    private static final long serialVersionUID = 1L;

    NoObject() {
      super("it is no JSON object");
    }
  }

  /// The value that the bytes are, whole. Numbers are [BigDecimal]s, or [Immense].
  ///
  /// @throws IOException where they are not JSON, or more than one value
  public static @Nullable Object read(InputStream in) throws IOException {
    try (JsonParser parser = FACTORY.createParser(in)) {
      parser.nextToken();
      Object value = new JsonTree(parser, JsonTree::decimal, MOST_VALUES).value();
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "there is more after its end");
      }
      return value;
    }
  }

  /// A field of the object, null where it has none; all others are stepped over.
  ///
  /// @throws NoObject where it is none
  /// @throws IOException where it is not JSON
  public static @Nullable Object field(InputStream in, String name) throws IOException {
    try (JsonParser parser = FACTORY.createParser(in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new NoObject();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = parser.currentName().equals(name);
        parser.nextToken();
        if (found) {
          return new JsonTree(parser, JsonTree::decimal, MOST_VALUES).value();
        }
        parser.skipChildren();
      }
      return null;
    }
  }

  private static Object decimal(String text, boolean whole) {
    try {
      var number = new BigDecimal(text);
      return Math.abs((long) number.scale()) > LARGEST_EXPONENT ? new Immense(text) : number;
    } catch (NumberFormatException exponentTooLarge) {
      return new Immense(text);
    }
  }

  /// The value that the parser stands at, whole: it is read to its end.
  public @Nullable Object value() throws IOException {
    if (--budget < 0) {
      parser.skipChildren();
      return null;
    }
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new JsonEOFException(parser, null, "there is no content");
    }
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> texts.of(parser);
      default -> scalar(parser, numbers);
    };
  }

  /// Whether there were more values than may be; then some are missing.
  public boolean overflowed() {
    return budget < 0;
  }

  /// The value that the parser stands at, where it is neither object nor list.
  public static @Nullable Object scalar(JsonParser parser, Numbers numbers) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> numbers.of(parser.getText(), true);
      case VALUE_NUMBER_FLOAT -> numbers.of(parser.getText(), false);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private Map<String, @Nullable Object> object() throws IOException {
    var object = new LinkedHashMap<String, @Nullable Object>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      Object value = value();
      if (budget >= 0) {
        object.put(name, value);
      }
    }
    return object;
  }

  private List<@Nullable Object> array() throws IOException {
    var array = new ArrayList<@Nullable Object>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Object value = value();
      if (budget >= 0) {
        array.add(value);
      }
    }
    return array;
  }
}
