package dev.claudometer.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// JSON from strangers, in bounded depth and length: as maps, lists, strings, [JsonNumber]s,
/// booleans and nulls. Of a repeated name the last value counts.
public final class JsonBody {

  private static final int MOST_VALUES = 100_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(64)
                  .maxNumberLength(64)
                  .maxStringLength(64 * 1024)
                  .maxNameLength(256)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          // a lone surrogate has no form in UTF-8, but one as an escape
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private final JsonParser parser;
  private int budget;

  private JsonBody(JsonParser parser, int budget) {
    this.parser = parser;
    this.budget = budget;
  }

  public static JsonParser parser(InputStream in) throws IOException {
    return FACTORY.createParser(in);
  }

  static JsonGenerator generator(OutputStream out) throws IOException {
    return FACTORY.createGenerator(out);
  }

  /// The fields of an answer that is one JSON object.
  ///
  /// @throws MalformedDelivery where it is not
  static Fields answer(InputStream in) throws IOException {
    try (JsonParser parser = parser(in)) {
      parser.nextToken();
      return Fields.of(value(parser, MOST_VALUES));
    } catch (JsonProcessingException | BadElement wrong) {
      throw noAnswer(wrong);
    }
  }

  static MalformedDelivery noAnswer(Exception why) {
    return new MalformedDelivery(
        "The answer is not one of Claudometer's: "
            + Excerpt.of(String.valueOf(why.getMessage()), 300)
            + ".");
  }

  /// The value that the parser stands at, whole.
  ///
  /// @throws BadElement where it holds more than `most` values; it has been read to its end then
  static @Nullable Object value(JsonParser parser, int most) throws IOException {
    var body = new JsonBody(parser, most);
    Object value = body.value();
    if (body.budget < 0) {
      throw new BadElement("it holds more than " + most + " values");
    }
    return value;
  }

  /// The value that the parser stands at, one level deep: of an object the `known` fields, whose
  /// own objects and arrays are left empty; of an array nothing.
  public static @Nullable Object flat(JsonParser parser, Set<String> known) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return scalar(parser);
    }
    var object = new LinkedHashMap<String, @Nullable Object>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      if (known.contains(name)) {
        object.put(name, scalar(parser));
      } else {
        parser.skipChildren();
      }
    }
    return object;
  }

  /// How far the parser has come, for a message.
  public static String place(JsonParser parser) {
    JsonLocation at = parser.currentLocation();
    return "at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  private @Nullable Object value() throws IOException {
    if (--budget < 0) {
      parser.skipChildren();
      return null;
    }
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return object();
    }
    return token == JsonToken.START_ARRAY ? array() : scalar(parser);
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

  private static @Nullable Object scalar(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new JsonEOFException(parser, null, "there is no content");
    }
    return switch (token) {
      case START_OBJECT -> {
        parser.skipChildren();
        yield Map.of();
      }
      case START_ARRAY -> {
        parser.skipChildren();
        yield List.of();
      }
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> new JsonNumber(parser.getText(), true);
      case VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getText(), false);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }
}
