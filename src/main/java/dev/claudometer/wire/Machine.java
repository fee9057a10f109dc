package dev.claudometer.wire;

import dev.claudometer.model.DeviceId;
import java.io.IOException;
import java.io.InputStream;

/// The answer to `GET /api/v1/device`: whose key that is.
///
/// @param id that the server knows the machine by
/// @param name that people see
public record Machine(DeviceId id, String name) {

  /// Reads it.
  ///
  /// @throws MalformedDelivery where it is not such an answer
  public static Machine read(InputStream in) throws IOException {
    Fields answer = JsonBody.answer(in);
    try {
      return new Machine(new DeviceId(answer.id("id")), answer.nameOr("name", ""));
    } catch (BadElement wrong) {
      throw JsonBody.noAnswer(wrong);
    }
  }
}
