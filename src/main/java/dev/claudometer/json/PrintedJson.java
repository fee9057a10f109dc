package dev.claudometer.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Writes maps, lists, strings, numbers, instants and nulls as JSON, two blanks deep, keys in the
/// maps' order: `"totalCost": 3.48`, as text tools look for it.
public final class PrintedJson {

  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final int MOST_NAMES = 500;

  private static final Map<String, SerializedString> NAMES = new ConcurrentHashMap<>();

  private PrintedJson() {}

  /// Writes a document and the end of its line; the stream is flushed and stays open.
  public static void print(OutputStream out, @Nullable Object value) {
    var start = new LineStart();
    var printer =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
    printer.indentObjectsWith(start);
    printer.indentArraysWith(start);
    try (JsonGenerator generator = new JsonFactory().createGenerator(out)) {
      generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      generator.enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
      generator.setPrettyPrinter(printer);
      generator.setCharacterEscapes(new VisibleEscapes());
      write(generator, value);
      generator.writeRaw('\n');
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// `2026-11-21T08:00:00.000Z`: some parsers want the fraction, JavaScript writes three digits.
  public static String instant(Instant at) {
    LocalDateTime time = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
    return time.getYear() < 1 || time.getYear() > 9_999 ? INSTANT.format(at) : digits(time);
  }

  private static String digits(LocalDateTime time) {
    char[] text = "0000-00-00T00:00:00.000Z".toCharArray();
    digits(text, 3, time.getYear());
    digits(text, 6, time.getMonthValue());
    digits(text, 9, time.getDayOfMonth());
    digits(text, 12, time.getHour());
    digits(text, 15, time.getMinute());
    digits(text, 18, time.getSecond());
    digits(text, 22, time.getNano() / 1_000_000);
    return new String(text);
  }

  /// Writes a number that ends at a place.
  private static void digits(char[] text, int end, int number) {
    int rest = number;
    for (int i = end; rest > 0; i--) {
      text[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /// Not a switch over types: its first use takes a few milliseconds, which is a short command's
  /// whole answer.
  private static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      write(generator, map);
    } else if (value instanceof List<?> list) {
      generator.writeStartArray();
      for (Object element : list) {
        write(generator, element);
      }
      generator.writeEndArray();
    } else if (value instanceof String text) {
      generator.writeString(text);
    } else if (value instanceof Instant at) {
      generator.writeString(instant(at));
    } else if (value instanceof Boolean truth) {
      generator.writeBoolean(truth);
    } else if (value == null) {
      generator.writeNull();
    } else {
      writeNumber(generator, value);
    }
  }

  private static void write(JsonGenerator generator, Map<?, ?> map) throws IOException {
    generator.writeStartObject();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      writeName(generator, String.valueOf(entry.getKey()));
      write(generator, entry.getValue());
    }
    generator.writeEndObject();
  }

  /// A long answer has the same few names thousands of times.
  private static void writeName(JsonGenerator generator, String name) throws IOException {
    SerializedString known = NAMES.get(name);
    if (known == null && NAMES.size() < MOST_NAMES && isWord(name)) {
      known = new SerializedString(name);
      NAMES.put(name, known);
    }
    if (known == null) {
      generator.writeFieldName(name);
    } else {
      generator.writeFieldName(known);
    }
  }

  /// Whether nothing in it has to be escaped.
  private static boolean isWord(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  private static void writeNumber(JsonGenerator generator, Object value) throws IOException {
    if (value instanceof Integer number) {
      generator.writeNumber(number);
    } else if (value instanceof Long number) {
      generator.writeNumber(number);
    } else if (value instanceof Double number) {
      // 0.0000004 and not 4.0E-7: not everybody reads an exponent
      generator.writeNumber(new BigDecimal(Double.toString(number)));
    } else if (value instanceof BigDecimal number) {
      generator.writeNumber(number);
    } else {
      throw new IllegalArgumentException("no JSON for " + value.getClass());
    }
  }
}
