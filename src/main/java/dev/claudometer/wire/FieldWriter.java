package dev.claudometer.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usd;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Writes the fields of one element; those that have their default value are left out.
final class FieldWriter {

  private final JsonGenerator json;

  FieldWriter(JsonGenerator json) {
    this.json = json;
  }

  /// A field that is always written.
  void required(String field, String text) throws IOException {
    json.writeStringField(field, text);
  }

  void required(String field, long number) throws IOException {
    json.writeNumberField(field, number);
  }

  void required(String field, double number) throws IOException {
    json.writeNumberField(field, number);
  }

  void required(String field, Instant at) throws IOException {
    json.writeStringField(field, at.toString());
  }

  void required(String field, Usd cost) throws IOException {
    json.writeStringField(field, cost.dollars().toPlainString());
  }

  void text(String field, @Nullable String text, @Nullable String absent) throws IOException {
    if (text != null && !text.equals(absent)) {
      json.writeStringField(field, text);
    }
  }

  void number(String field, long number, long absent) throws IOException {
    if (number != absent) {
      json.writeNumberField(field, number);
    }
  }

  void flag(String field, boolean flag, boolean absent) throws IOException {
    if (flag != absent) {
      json.writeBooleanField(field, flag);
    }
  }

  void instant(String field, @Nullable Instant at, @Nullable Instant absent) throws IOException {
    if (at != null && !at.equals(absent)) {
      required(field, at);
    }
  }

  void cost(String field, @Nullable Usd cost) throws IOException {
    if (cost != null) {
      required(field, cost);
    }
  }

  void tokens(TokenCounts tokens) throws IOException {
    required("input", tokens.input());
    required("output", tokens.output());
    number("cacheWrite5m", tokens.cacheWrite5m(), 0);
    number("cacheWrite1h", tokens.cacheWrite1h(), 0);
    number("cacheRead", tokens.cacheRead(), 0);
  }

  /// A list of objects, left out where it is empty.
  <T> void list(String field, Collection<T> values, Each<T> each) throws IOException {
    if (values.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart(field);
    for (T value : values) {
      json.writeStartObject();
      each.write(value);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /// Writes the fields of one object in a list.
  @FunctionalInterface
  interface Each<T> {
    void write(T value) throws IOException;
  }
}
