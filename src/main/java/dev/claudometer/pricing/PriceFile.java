package dev.claudometer.pricing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.claudometer.json.JsonTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The price book as a file: see `prices.json` beside this class.
final class PriceFile {

  private static final BigDecimal DEAREST = new BigDecimal(10_000);

  private final String place;

  private PriceFile(String place) {
    this.place = place;
  }

  /// @param place names the content in messages
  /// @throws PriceFileException where it is not a price book; nothing of it is used
  static PriceBook read(InputStream in, String place) {
    try {
      return new PriceFile(place).book(JsonTree.read(in));
    } catch (IOException notJson) {
      throw new PriceFileException(
          place
              + " is not JSON; 'claudometer prices update --reset' goes back to the built-in"
              + " prices",
          notJson);
    }
  }

  /// The first of the month that the prices are of.
  static Instant asOf(InputStream in) throws IOException {
    Map<?, ?> file = new PriceFile("the built-in prices").object(JsonTree.read(in), "the file");
    return YearMonth.parse(String.valueOf(file.get("asOf")))
        .atDay(1)
        .atStartOfDay(ZoneOffset.UTC)
        .toInstant();
  }

  private PriceBook book(@Nullable Object tree) {
    List<ModelPrice> rows = new ArrayList<>();
    for (Object model : list(object(tree, "the file").get("models"), "models")) {
      rows.add(model(object(model, "a model")));
    }
    if (rows.isEmpty()) {
      throw wrong("it has no models");
    }
    return new PriceBook(rows);
  }

  private ModelPrice model(Map<?, ?> json) {
    String id = text(json.get("id"), "a model's id");
    List<String> aliases = new ArrayList<>();
    if (json.get("aliases") != null) {
      list(json.get("aliases"), id + ".aliases").forEach(alias -> aliases.add(text(alias, id)));
    }
    List<PricePeriod> periods = new ArrayList<>();
    for (Object period : list(json.get("periods"), id + ".periods")) {
      periods.add(period(id, object(period, id + ".periods")));
    }
    if (periods.isEmpty() || periods.getLast().until() != null) {
      throw wrong(id + " needs a last period without 'until'");
    }
    String source = json.get("source") == null ? "" : text(json.get("source"), id + ".source");
    return new ModelPrice(id, aliases, source, periods);
  }

  private PricePeriod period(String id, Map<?, ?> json) {
    Object fast = json.get("fast");
    return new PricePeriod(
        json.get("until") == null ? null : day(id, text(json.get("until"), id + ".until")),
        tariff(id, json),
        fast == null ? null : tariff(id, object(fast, id + ".fast")));
  }

  private Instant day(String id, String text) {
    try {
      return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException notADay) {
      throw wrong(id + ".until is not a date as 2026-10-07: " + text);
    }
  }

  private Tariff tariff(String id, Map<?, ?> json) {
    Rates rates = rates(id, object(json.get("rates"), id + ".rates"));
    if (json.get("tier") == null) {
      return new Tariff(rates, 0, null);
    }
    Map<?, ?> tier = object(json.get("tier"), id + ".tier");
    if (!(tier.get("promptOver") instanceof BigDecimal over) || over.signum() <= 0) {
      throw wrong(id + ".tier.promptOver is not a number of tokens");
    }
    return new Tariff(rates, over.longValue(), rates(id, object(tier.get("rates"), id + ".tier")));
  }

  private Rates rates(String id, Map<?, ?> json) {
    return new Rates(
        rate(id, json, "input"),
        rate(id, json, "output"),
        rate(id, json, "cacheWrite5m"),
        rate(id, json, "cacheWrite1h"),
        rate(id, json, "cacheRead"));
  }

  private long rate(String id, Map<?, ?> json, String name) {
    try {
      return rate(json.get(name));
    } catch (ArithmeticException noRate) {
      throw wrong(id + "." + name + " is not dollars per million tokens: " + json.get(name));
    }
  }

  /// Dollars per million tokens as picodollars per token; unknown where there is nothing.
  ///
  /// @throws ArithmeticException where it is no such price
  static long rate(@Nullable Object rate) {
    if (rate == null) {
      return Rates.UNKNOWN;
    }
    if (!(rate instanceof BigDecimal dollars)
        || dollars.signum() < 0
        || dollars.compareTo(DEAREST) > 0
        || dollars.stripTrailingZeros().scale() > 6) {
      throw new ArithmeticException("no dollars per million tokens");
    }
    return dollars.movePointRight(6).longValueExact();
  }

  private Map<?, ?> object(@Nullable Object json, String what) {
    if (json instanceof Map<?, ?> map) {
      return map;
    }
    throw wrong(what + " is not an object");
  }

  private List<?> list(@Nullable Object json, String what) {
    if (json instanceof List<?> list) {
      return list;
    }
    throw wrong(what + " is not a list");
  }

  private String text(@Nullable Object json, String what) {
    if (json instanceof String text && !text.isBlank()) {
      return text;
    }
    throw wrong(what + " is not a text");
  }

  private PriceFileException wrong(String what) {
    return new PriceFileException(place + " is not a price book: " + what);
  }

  /// The book as a file that [#read] takes.
  static byte[] write(List<ModelPrice> rows) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
      json.writeStartObject();
      json.writeStringField("unit", "USD per million tokens");
      json.writeArrayFieldStart("models");
      for (ModelPrice row : rows) {
        write(json, row);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, ModelPrice row) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", row.id());
    json.writeArrayFieldStart("aliases");
    for (String alias : row.aliases()) {
      json.writeString(alias);
    }
    json.writeEndArray();
    json.writeStringField("source", row.source());
    json.writeArrayFieldStart("periods");
    for (PricePeriod period : row.periods()) {
      json.writeStartObject();
      if (period.until() != null) {
        json.writeStringField(
            "until", LocalDate.ofInstant(period.until(), ZoneOffset.UTC).toString());
      }
      write(json, period.standard());
      if (period.fast() != null) {
        json.writeObjectFieldStart("fast");
        write(json, period.fast());
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Tariff tariff) throws IOException {
    write(json, tariff.rates());
    Rates over = tariff.overRates();
    if (over != null) {
      json.writeObjectFieldStart("tier");
      json.writeNumberField("promptOver", tariff.promptOver());
      write(json, over);
      json.writeEndObject();
    }
  }

  private static void write(JsonGenerator json, Rates rates) throws IOException {
    json.writeObjectFieldStart("rates");
    write(json, "input", rates.input());
    write(json, "cacheWrite5m", rates.cacheWrite5m());
    write(json, "cacheWrite1h", rates.cacheWrite1h());
    write(json, "cacheRead", rates.cacheRead());
    write(json, "output", rates.output());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, long rate) throws IOException {
    if (rate == Rates.UNKNOWN) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, PriceBook.perMillion(rate));
    }
  }
}
