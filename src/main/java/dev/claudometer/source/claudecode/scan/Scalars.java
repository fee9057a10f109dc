package dev.claudometer.source.claudecode.scan;

import dev.claudometer.model.Usd;
import dev.claudometer.source.claudecode.scan.Json.Malformed;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Reads the value at the scanner's position where it has the kind that is wanted, and steps over
/// it where it has another.
public final class Scalars {

  /// More characters than a number needs that anybody means.
  private static final int LONGEST_NUMBER = 60;

  private final Json json;
  private final Names names;

  public Scalars(Json json, Names names) {
    this.json = json;
    this.names = names;
  }

  /// A string that repeats on many lines.
  public String name(String otherwise) throws Malformed {
    return json.stringOrSkip() ? names.of(json) : otherwise;
  }

  public @Nullable String nameOrNull() throws Malformed {
    return json.stringOrSkip() ? names.of(json) : null;
  }

  /// A string of its own.
  public String text(String otherwise) throws Malformed {
    return json.stringOrSkip() ? json.text() : otherwise;
  }

  public @Nullable String textOrNull() throws Malformed {
    return json.stringOrSkip() ? json.text() : null;
  }

  /// How many, 0 where nobody says.
  public long count() throws Malformed {
    return Math.max(0, json.countOrNull());
  }

  /// A whole number, or -1 where something else stands.
  public long whole() throws Malformed {
    BigDecimal number = number();
    return number == null || digits(number) > 17 ? -1 : number.longValue();
  }

  /// An amount in dollars.
  public @Nullable Usd money() throws Malformed {
    BigDecimal dollars = number();
    return dollars == null || digits(dollars) > 9 ? null : Usd.of(dollars);
  }

  /// How many stand before the point.
  private static long digits(BigDecimal number) {
    return (long) number.precision() - number.scale();
  }

  private @Nullable BigDecimal number() throws Malformed {
    byte b = json.peek();
    if (b < '0' || b > '9') {
      json.skip();
      return null;
    }
    json.rawNumber();
    try {
      return json.textTo - json.textFrom > LONGEST_NUMBER ? null : new BigDecimal(json.text());
    } catch (NumberFormatException notANumber) {
      throw new Malformed();
    }
  }
}
