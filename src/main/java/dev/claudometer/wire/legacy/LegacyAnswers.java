package dev.claudometer.wire.legacy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/// The texts that the peer's server answers with, as JSON.
public final class LegacyAnswers {

  /// To a body without a key.
  public static final String KEY_REQUIRED =
      "API key required in X-Device-Key header or request body";

  /// To a key that is not known.
  public static final String KEY_INVALID = "Invalid API key";

  /// To a registration before the first administrator exists.
  public static final String SETUP_MISSING = "Server setup not completed";

  /// To a body that is not JSON, and to whatever fails.
  public static final String INTERNAL = "Internal server error";

  private LegacyAnswers() {}

  /// 200: so many entries were stored.
  public static String processed(long entries) {
    return json(
        json -> {
          json.writeBooleanField("success", true);
          json.writeNumberField("processed", entries);
        });
  }

  /// 201: the device's id and its new key.
  public static String registered(String deviceId, String apiKey) {
    return json(
        json -> {
          json.writeStringField("deviceId", deviceId);
          json.writeStringField("apiKey", apiKey);
        });
  }

  /// 400: the objections.
  public static String invalid(LegacyRequest.Invalid<?> objections) {
    return json(
        json -> {
          failure(json, "Invalid request body");
          json.writeObjectFieldStart("details");
          json.writeFieldName("formErrors");
          list(json, objections.formErrors());
          json.writeObjectFieldStart("fieldErrors");
          for (Map.Entry<String, List<String>> field : objections.fieldErrors().entrySet()) {
            json.writeFieldName(field.getKey());
            list(json, field.getValue());
          }
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  /// 429.
  public static String tooManyRequests(long retryAfterSeconds) {
    return json(
        json -> {
          failure(json, "Rate limit exceeded");
          json.writeNumberField("retryAfter", retryAfterSeconds);
        });
  }

  /// 401, 403 and 500.
  public static String failed(String error) {
    return json(json -> failure(json, error));
  }

  private static void failure(JsonGenerator json, String error) throws IOException {
    json.writeBooleanField("success", false);
    json.writeStringField("error", error);
  }

  private static void list(JsonGenerator json, List<String> texts) throws IOException {
    json.writeStartArray();
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static String json(Members members) {
    var text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return text.toString();
  }

  /// Writes the members of one object.
  @FunctionalInterface
  private interface Members {
    void write(JsonGenerator json) throws IOException;
  }
}
