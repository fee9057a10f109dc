package dev.claudometer.server.http;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.claudometer.json.VisibleEscapes;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.Usd;
import dev.claudometer.report.Figure;
import dev.claudometer.report.Interval;
import dev.claudometer.text.Foreign;
import dev.claudometer.usage.Totals;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Records to JSON and back. Money is a decimal number of dollars, exact; instants are ISO 8601.
public final class RecordJson {

  private static final int MOST_BYTES = 64 << 10;

  private final ObjectMapper mapper;

  public RecordJson() {
    var factory =
        new JsonFactoryBuilder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxNumberLength(64)
                    .maxStringLength(MOST_BYTES)
                    .maxNameLength(256)
                    .build())
            .characterEscapes(new VisibleEscapes())
            .build();
    mapper =
        JsonMapper.builder(factory)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .addModule(
                new SimpleModule()
                    .addSerializer(new AsText<>(DeviceId.class))
                    .addSerializer(new AsText<>(SessionId.class))
                    .addSerializer(new AsText<>(ProjectName.class))
                    .addSerializer(new AsText<>(Instant.class))
                    .addSerializer(new AsText<>(Duration.class))
                    .addSerializer(new AsText<>(ZoneId.class))
                    .addSerializer(new InLowerCase<>(Interval.class))
                    .addSerializer(new InLowerCase<>(DayOfWeek.class))
                    .addSerializer(new AsSums())
                    .addSerializer(new Dollars()))
            .build();
  }

  /// Reads a request.
  ///
  /// @throws Problem 413 or 422, with what is wrong
  <T> T read(InputStream body, Class<T> type) throws IOException {
    byte[] bytes = body.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw Problem.of(413, "the body is larger than 64 KiB");
    }
    try {
      T request = mapper.readValue(bytes, type);
      if (request == null) {
        throw Problem.of(422, "the body has to be a JSON object");
      }
      return request;
    } catch (JsonProcessingException wrong) {
      throw Problem.of(422, reason(wrong));
    } catch (CharConversionException wrong) {
      throw Problem.of(422, "the body is not text in UTF-8");
    }
  }

  /// Makes a request of the fields of a form.
  ///
  /// @throws Problem 422, with what is wrong
  <T> T of(Map<String, String> fields, Class<T> type) {
    try {
      return mapper.convertValue(fields, type);
    } catch (IllegalArgumentException wrong) {
      throw Problem.of(422, "a field of the form does not have a value that is expected here");
    }
  }

  /// Says what is wrong in the caller's words: names of fields, never of classes.
  private static String reason(JsonProcessingException wrong) {
    String what = "the body is not the JSON that is expected here";
    if (!(wrong instanceof JsonMappingException mapping)) {
      return what + ": it cannot be read " + place(wrong);
    }
    String field =
        mapping.getPath().stream()
            .map(Reference::getFieldName)
            .filter(Objects::nonNull)
            .collect(Collectors.joining("."));
    boolean word =
        wrong instanceof InvalidFormatException format && format.getTargetType().isEnum();
    String expected =
        word
            ? "has to be one of "
                + Arrays.toString(
                    ((InvalidFormatException) wrong).getTargetType().getEnumConstants())
            : "has another kind of value there";
    return field.isEmpty() ? what : what + ": '" + Foreign.cut(field, 100) + "' " + expected;
  }

  private static String place(JsonProcessingException wrong) {
    JsonLocation at = wrong.getLocation();
    return at == null ? "" : "at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  public byte[] write(Object answer) {
    try {
      return mapper.writeValueAsBytes(answer);
    } catch (JsonProcessingException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }

  private static final class AsText<T> extends StdSerializer<T> {
    private static final long serialVersionUID = 1L;

    AsText(Class<T> type) {
      super(type);
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(String.valueOf(value));
    }
  }

  private static final class InLowerCase<T extends Enum<T>> extends StdSerializer<T> {

    private static final long serialVersionUID = 1L;

    InLowerCase(Class<T> type) {
      super(type);
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(value.name().toLowerCase(Locale.ROOT));
    }
  }

  /// All that is told of sums, by its names.
  private static final class AsSums extends StdSerializer<Totals> {

    private static final long serialVersionUID = 1L;

    AsSums() {
      super(Totals.class);
    }

    @Override
    public void serialize(Totals totals, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeStartObject();
      for (Figure figure : Figure.ALL) {
        provider.defaultSerializeField(figure.field(), figure.of(totals), out);
      }
      out.writeEndObject();
    }
  }

  private static final class Dollars extends StdSerializer<Usd> {
    private static final long serialVersionUID = 1L;

    Dollars() {
      super(Usd.class);
    }

    @Override
    public void serialize(Usd money, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeNumber(money.dollars());
    }
  }
}
