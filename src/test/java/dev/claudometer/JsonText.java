package dev.claudometer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON text as maps, lists, strings, `BigDecimal`s, booleans and nulls; and what one such tree
/// lacks of another.
final class JsonText {

  /// Stands in an expectation for a member that must not be there.
  private static final String ABSENT = "$absent";

  /// The only member of an expectation that lists some elements of an array, in any order.
  private static final String CONTAINS = "$contains";

  private JsonText() {}

  static Map<?, ?> object(String text) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      parser.nextToken();
      if (value(parser) instanceof Map<?, ?> map && parser.nextToken() == null) {
        return map;
      }
      throw new IOException("not one JSON object: " + text);
    }
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          map.put(name, value(parser));
        }
        yield map;
      }
      case START_ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        yield list;
      }
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new IOException("unexpected " + parser.currentToken());
    };
  }

  /// What `actual` lacks of `expected`, one line each. Members that are not expected may stand in
  /// objects; arrays agree in length and order.
  static List<String> lacking(@Nullable Object expected, @Nullable Object actual) {
    List<String> lines = new ArrayList<>();
    compare("", expected, actual, lines);
    return lines;
  }

  private static void compare(
      String path, @Nullable Object expected, @Nullable Object actual, List<String> lines) {
    if (expected instanceof Map<?, ?> map && map.get(CONTAINS) instanceof List<?> some) {
      contains(path, some, actual, lines);
    } else if (expected instanceof Map<?, ?> wanted && actual instanceof Map<?, ?> got) {
      members(path, wanted, got, lines);
    } else if (expected instanceof List<?> wanted && actual instanceof List<?> got) {
      elements(path, wanted, got, lines);
    } else if (!same(expected, actual)) {
      lines.add(path + ": expected " + expected + ", got " + actual);
    }
  }

  private static void members(String path, Map<?, ?> wanted, Map<?, ?> got, List<String> lines) {
    wanted.forEach(
        (name, value) -> {
          String member = path + "." + name;
          if (ABSENT.equals(value)) {
            if (got.containsKey(name)) {
              lines.add(member + ": expected none, got " + got.get(name));
            }
          } else if (!got.containsKey(name)) {
            lines.add(member + ": expected " + value + ", got none");
          } else {
            compare(member, value, got.get(name), lines);
          }
        });
  }

  private static void elements(String path, List<?> wanted, List<?> got, List<String> lines) {
    if (wanted.size() != got.size()) {
      lines.add(path + ": expected " + wanted.size() + " elements, got " + got);
      return;
    }
    for (int i = 0; i < wanted.size(); i++) {
      compare(path + "[" + i + "]", wanted.get(i), got.get(i), lines);
    }
  }

  private static void contains(
      String path, List<?> some, @Nullable Object actual, List<String> lines) {
    List<?> got = actual instanceof List<?> list ? list : List.of();
    for (Object one : some) {
      if (got.stream().noneMatch(element -> lacking(one, element).isEmpty())) {
        lines.add(path + ": expected an element " + one + ", got " + actual);
      }
    }
  }

  private static boolean same(@Nullable Object expected, @Nullable Object actual) {
    if (expected instanceof BigDecimal wanted && actual instanceof BigDecimal got) {
      return wanted.compareTo(got) == 0;
    }
    return expected == null ? actual == null : expected.equals(actual);
  }
}
