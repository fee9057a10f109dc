package dev.claudometer.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.claudometer.model.Claim;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Writes a [Delivery] so that [DeliveryReader] gives back its entries. What is not written here
/// and in the classes of the elements never leaves a machine.
public final class DeliveryWriter {

  private DeliveryWriter() {}

  /// Writes the entries in their order, whatever their index. What was rejected is not written. The
  /// stream is flushed and stays open.
  public static void write(Delivery delivery, OutputStream out) throws IOException {
    JsonGenerator json = JsonBody.generator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.writeStartObject();
    json.writeNumberField("protocol", Delivery.PROTOCOL);
    json.writeStringField("agent", delivery.agent());
    claim(delivery.claim(), json);
    json.writeArrayFieldStart("observations");
    for (DeliveryEntry entry : delivery.entries()) {
      json.writeStartObject();
      Elements.write(entry, new FieldWriter(json));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.close();
  }

  private static void claim(@Nullable Claim claim, JsonGenerator json) throws IOException {
    if (claim != null) {
      json.writeObjectFieldStart("claim");
      json.writeStringField("sender", claim.sender());
      json.writeNumberField("after", claim.after());
      json.writeNumberField("upTo", claim.upTo());
      json.writeNumberField("generation", claim.generation());
      json.writeEndObject();
    }
  }
}
