package dev.claudometer.pricing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/// Writes a price book that [PriceFile] reads.
final class PriceFileWriter {

  private PriceFileWriter() {}

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
