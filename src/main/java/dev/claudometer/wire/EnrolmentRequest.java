package dev.claudometer.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;

/// The body of `POST /api/v1/enrol`: a machine asks for its key.
///
/// @param code that somebody was shown, and works once
/// @param name that people will see, unless the code says another
public record EnrolmentRequest(String code, String name, String hostname) {

  /// Writes it as JSON; the stream is flushed and stays open.
  public void write(OutputStream out) throws IOException {
    JsonGenerator json = JsonBody.generator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.writeStartObject();
    var fields = new FieldWriter(json);
    fields.required("code", code);
    fields.required("name", name);
    fields.required("hostname", hostname);
    json.writeEndObject();
    json.close();
  }

  /// Without the code.
  @Override
  public String toString() {
    return "EnrolmentRequest[name=" + name + ", hostname=" + hostname + "]";
  }
}
