package dev.claudometer.wire;

import dev.claudometer.model.DeviceId;
import java.io.IOException;
import java.io.InputStream;

/// The answer to an [EnrolmentRequest].
///
/// @param device id of the machine
/// @param key what the machine proves itself with; it is shown this once
public record Enrolled(DeviceId device, String name, String key) {

  /// Reads it.
  ///
  /// @throws MalformedDelivery where it is not such an answer
  public static Enrolled read(InputStream in) throws IOException {
    Fields answer = JsonBody.answer(in);
    try {
      return new Enrolled(
          new DeviceId(answer.id("device")), answer.nameOr("name", ""), answer.id("key"));
    } catch (BadElement wrong) {
      throw JsonBody.noAnswer(wrong);
    }
  }

  /// Without the key.
  @Override
  public String toString() {
    return "Enrolled[device=" + device + ", name=" + name + "]";
  }
}
