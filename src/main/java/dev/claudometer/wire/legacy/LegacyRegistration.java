package dev.claudometer.wire.legacy;

import com.fasterxml.jackson.core.JsonParser;
import dev.claudometer.wire.JsonBody;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The body of the peer's `POST /api/devices/register`.
///
/// @param name of the device, not empty
/// @param hostname not empty
/// @param code our addition: an enrolment code, null where none is sent
public record LegacyRegistration(String name, String hostname, @Nullable String code) {

  private static final Set<String> FIELDS = Set.of("name", "hostname", "code");

  /// Reads a body.
  ///
  /// @throws IOException where the connection fails
  public static LegacyRequest<LegacyRegistration> read(InputStream body) throws IOException {
    return LegacyBody.read(body, LegacyRegistration::request);
  }

  private static LegacyRequest<LegacyRegistration> request(JsonParser parser) throws IOException {
    Object value = JsonBody.flat(parser, FIELDS);
    if (!(value instanceof Map<?, ?> fields)) {
      return Objections.notAnObject(Checks.typeOf(value));
    }
    var objections = new Objections();
    var checks = new Checks(fields, objections::add);
    var registration =
        new LegacyRegistration(
            checks.text("name", 1), checks.text("hostname", 1), checks.optionalText("code"));
    return objections.none() ? new LegacyRequest.Accepted<>(registration) : objections.refusal();
  }
}
