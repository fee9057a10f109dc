package dev.claudometer.wire;

import dev.claudometer.model.Usd;
import dev.claudometer.wire.body.Excerpt;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The fields of one element, each read as what it must be. What cannot be read so is a
/// [BadElement] that names the field. A null is a field that is not there.
final class Fields {

  static final int LONGEST_NAME = 1_000;
  static final int LONGEST_PATH = 4_096;

  /// Years of four digits: every store can hold them, in milliseconds too.
  private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private final String place;
  private final Map<?, ?> values;

  private Fields(String place, Map<?, ?> values) {
    this.place = place;
    this.values = values;
  }

  static Fields of(@Nullable Object element) {
    if (element instanceof Map<?, ?> values) {
      return new Fields("", values);
    }
    throw new BadElement("it is not an object");
  }

  boolean has(String field) {
    return values.get(field) != null;
  }

  /// A text of at most 1,000 characters.
  String name(String field) {
    return text(field, present(field), LONGEST_NAME);
  }

  /// A name that something is known by.
  String id(String field) {
    String id = name(field);
    if (id.isEmpty()) {
      throw bad(field, "is empty");
    }
    return id;
  }

  String nameOr(String field, String absent) {
    return has(field) ? name(field) : absent;
  }

  @Nullable String nameOrNull(String field) {
    return has(field) ? name(field) : null;
  }

  /// A text of at most 4,096 characters.
  String path(String field) {
    return text(field, present(field), LONGEST_PATH);
  }

  String pathOr(String field, String absent) {
    return has(field) ? path(field) : absent;
  }

  /// A whole number of any sign.
  long whole(String field) {
    Object value = present(field);
    if (!(value instanceof JsonNumber number) || !number.whole()) {
      throw bad(field, "is not a whole number: " + excerpt(value));
    }
    try {
      return Long.parseLong(number.text());
    } catch (NumberFormatException _) {
      throw bad(field, "does not fit in 64 bits: " + excerpt(value));
    }
  }

  /// A whole number, not negative.
  long count(String field) {
    long count = whole(field);
    if (count < 0) {
      throw bad(field, "is negative: " + count);
    }
    return count;
  }

  long countOr(String field, long absent) {
    return has(field) ? count(field) : absent;
  }

  int smallCountOr(String field, int absent) {
    long count = countOr(field, absent);
    if (count > Integer.MAX_VALUE) {
      throw bad(field, "does not fit in 31 bits: " + count);
    }
    return (int) count;
  }

  boolean flagOr(String field, boolean absent) {
    if (!has(field)) {
      return absent;
    }
    Object value = present(field);
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw bad(field, "is neither true nor false: " + excerpt(value));
  }

  Instant instant(String field) {
    Object value = present(field);
    if (!(value instanceof String text)) {
      throw bad(field, "is not a text with an instant: " + excerpt(value));
    }
    try {
      Instant instant = InstantText.of(text);
      if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
        throw bad(field, "is out of range: " + excerpt(text));
      }
      return instant;
    } catch (DateTimeException _) {
      throw bad(field, "is not an instant as 2026-11-20T12:00:00Z: " + excerpt(text));
    }
  }

  Instant instantOr(String field, Instant absent) {
    return has(field) ? instant(field) : absent;
  }

  @Nullable Instant instantOrNull(String field) {
    return has(field) ? instant(field) : null;
  }

  /// A number, zero or more, that is not infinite.
  double share(String field) {
    Object value = present(field);
    double share = value instanceof JsonNumber number ? Double.parseDouble(number.text()) : -1;
    if (share >= 0 && share <= Double.MAX_VALUE) {
      return share;
    }
    throw bad(field, "is not a number from 0: " + excerpt(value));
  }

  /// Dollars as decimal text or number, zero or more; rounded to nano-dollars.
  Usd cost(String field) {
    Object value = present(field);
    String text =
        switch (value) {
          case JsonNumber number -> number.text();
          case String string when string.length() <= 64 -> string;
          default -> throw bad(field, "is not an amount: " + excerpt(value));
        };
    try {
      return dollars(field, new BigDecimal(text));
    } catch (ArithmeticException _) {
      throw bad(field, "does not fit: " + excerpt(value));
    } catch (NumberFormatException _) {
      throw bad(field, "is not an amount as 0.0216: " + excerpt(value));
    }
  }

  private Usd dollars(String field, BigDecimal amount) {
    // an exponent may ask for thousands of millions of digits
    if (Math.abs((long) amount.scale()) > 400) {
      throw new ArithmeticException();
    }
    if (amount.signum() < 0) {
      throw bad(field, "is negative: " + Excerpt.quoted(amount.toString()));
    }
    return Usd.of(amount);
  }

  @Nullable Usd costOrNull(String field) {
    return has(field) ? cost(field) : null;
  }

  /// An object's own fields.
  Fields object(String field) {
    if (present(field) instanceof Map<?, ?> object) {
      return new Fields(place + field + ".", object);
    }
    throw bad(field, "is not an object");
  }

  /// A list of objects; none where it is absent.
  List<Fields> list(String field) {
    if (!has(field)) {
      return List.of();
    }
    Object value = present(field);
    if (!(value instanceof List<?> list)) {
      throw bad(field, "is not a list");
    }
    List<Fields> elements = new ArrayList<>();
    for (Object element : list) {
      if (!(element instanceof Map<?, ?> object)) {
        throw bad(field, "holds something that is not an object, at " + elements.size());
      }
      elements.add(new Fields(place + field + "[" + elements.size() + "].", object));
    }
    return elements;
  }

  /// What a list of objects says; nothing where it is absent.
  <T> List<T> list(String field, Function<Fields, T> reader) {
    List<Fields> elements = list(field);
    if (elements.isEmpty()) {
      return List.of();
    }
    List<T> read = new ArrayList<>(elements.size());
    for (Fields element : elements) {
      read.add(reader.apply(element));
    }
    return read;
  }

  BadElement bad(String field, String what) {
    return new BadElement("'" + place + field + "' " + what);
  }

  private Object present(String field) {
    Object value = values.get(field);
    if (value == null) {
      throw bad(field, "is missing");
    }
    return value;
  }

  private String text(String field, Object value, int longest) {
    if (!(value instanceof String text)) {
      throw bad(field, "is not a text: " + excerpt(value));
    }
    if (text.length() > longest) {
      throw bad(field, "is longer than " + longest + " characters");
    }
    return text;
  }

  private static String excerpt(Object value) {
    return switch (value) {
      case String text -> Excerpt.quoted(text);
      case JsonNumber number -> number.text();
      case Map<?, ?> _ -> "an object";
      case List<?> _ -> "a list";
      default -> value.toString();
    };
  }
}
