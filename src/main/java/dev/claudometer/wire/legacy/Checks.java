package dev.claudometer.wire.legacy;

import dev.claudometer.wire.JsonNumber;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Checks the fields of an object as zod 3 does, in its words. Numbers are doubles, as they are in
/// JavaScript: 1000.0 and 1e3 are whole.
final class Checks {

  private static final double MOST = 9_007_199_254_740_991.0;
  private static final double DEAREST = 1e9;
  private static final int LONGEST = 1_000;
  private static final String TYPES = "'user' | 'assistant' | 'summary'";
  private static final Pattern DATETIME =
      Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)(\\.\\d+)?Z");

  private final Map<?, ?> values;
  private final BiConsumer<String, String> objections;

  /// @param objections takes field and message
  Checks(Map<?, ?> values, BiConsumer<String, String> objections) {
    this.values = values;
    this.objections = objections;
  }

  /// A text; empty where there was an objection.
  ///
  /// @param shortest zod's `min`
  String text(String field, int shortest) {
    if (!(values.get(field) instanceof String text)) {
      object(field, expected("string", field));
      return "";
    }
    if (text.length() < shortest) {
      object(field, "String must contain at least " + shortest + " character(s)");
    }
    if (text.length() > LONGEST) {
      object(field, "String must contain at most " + LONGEST + " character(s)");
    }
    return text;
  }

  /// A text that may be absent, but not null.
  @Nullable String optionalText(String field) {
    return values.containsKey(field) ? text(field, 0) : null;
  }

  Instant instant(String field) {
    if (!(values.get(field) instanceof String text)) {
      object(field, expected("string", field));
      return Instant.EPOCH;
    }
    var match = DATETIME.matcher(text);
    try {
      if (match.matches()) {
        String fraction = match.group(2) == null ? "" : match.group(2);
        return Instant.parse(
            match.group(1) + fraction.substring(0, Math.min(10, fraction.length())) + "Z");
      }
    } catch (DateTimeException _) {
      // a day that is not in the calendar
    }
    object(field, "Invalid datetime");
    return Instant.EPOCH;
  }

  String type(String field) {
    if (!(values.get(field) instanceof String type)) {
      object(field, expected(TYPES, field));
      return "";
    }
    if (!List.of("user", "assistant", "summary").contains(type)) {
      String received = type.substring(0, Math.min(LONGEST, type.length()));
      object(field, "Invalid enum value. Expected " + TYPES + ", received '" + received + "'");
    }
    return type;
  }

  /// A whole number from 0, which it is where absent.
  long count(String field) {
    if (!values.containsKey(field)) {
      return 0;
    }
    double number = number(field);
    if (number != Math.rint(number) || Double.isInfinite(number)) {
      object(field, "Expected integer, received float");
    }
    notNegative(field, number);
    if (number > MOST) {
      object(field, "Number must be less than or equal to 9007199254740991");
    }
    return (long) number;
  }

  @Nullable BigDecimal cost(String field) {
    if (!values.containsKey(field)) {
      return null;
    }
    double number = number(field);
    notNegative(field, number);
    if (number > DEAREST) {
      object(field, "Number must be less than or equal to 1000000000");
      return null;
    }
    return Double.isInfinite(number) ? null : BigDecimal.valueOf(number);
  }

  /// Objects to what is not a list.
  void list(String field) {
    if (!(values.get(field) instanceof List<?>)) {
      object(field, expected("array", field));
    }
  }

  private double number(String field) {
    if (values.get(field) instanceof JsonNumber number) {
      return Double.parseDouble(number.text());
    }
    object(field, expected("number", field));
    return 0;
  }

  private void notNegative(String field, double number) {
    if (number < 0) {
      object(field, "Number must be greater than or equal to 0");
    }
  }

  private String expected(String type, String field) {
    return values.containsKey(field)
        ? "Expected " + type + ", received " + typeOf(values.get(field))
        : "Required";
  }

  private void object(String field, String message) {
    objections.accept(field, message);
  }

  /// The type of a value from JSON, as zod calls it.
  static String typeOf(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String _ -> "string";
      case JsonNumber _ -> "number";
      case Boolean _ -> "boolean";
      case List<?> _ -> "array";
      default -> "object";
    };
  }
}
