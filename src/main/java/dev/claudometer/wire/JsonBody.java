package dev.claudometer.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.claudometer.json.JsonBounds;
import dev.claudometer.json.JsonTree;
import dev.claudometer.wire.body.Excerpt;
import dev.claudometer.wire.body.MalformedDelivery;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// JSON from strangers, in bounded depth and length: as maps, lists, strings, [JsonNumber]s,
/// booleans and nulls. Of a repeated name the last value counts.
public final class JsonBody {

  private static final int MOST_VALUES = 100_000;

  private static final JsonFactory FACTORY = new JsonBounds(64, 64 * 1024, 256).factory();

  private JsonBody() {}

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
    String said =
        why instanceof JsonProcessingException json ? json.getOriginalMessage() : why.getMessage();
    return new MalformedDelivery(
        "The answer is not one of Claudometer's: " + Excerpt.of(String.valueOf(said), 300) + ".");
  }

  /// The value that the parser stands at, whole.
  ///
  /// @throws BadElement where it holds more than `most` values; it has been read to its end then
  static @Nullable Object value(JsonParser parser, int most) throws IOException {
    return value(parser, JsonParser::getText, most);
  }

  /// The same.
  static @Nullable Object value(JsonParser parser, JsonTree.Texts texts, int most)
      throws IOException {
    var tree = new JsonTree(parser, JsonNumber::new, texts, most);
    Object value = tree.value();
    if (tree.overflowed()) {
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
      default -> JsonTree.scalar(parser, JsonNumber::new);
    };
  }
}
