package dev.claudometer.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.claudometer.model.Held;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of a delivery's elements. The account balances, always: `received = joined + added +
/// replaced + unchanged + rejected.size()`.
///
/// Elements sent are `received + other`: each is counted once.
///
/// @param store what the server keeps its data in, empty where it does not say: another store than
///   the last time knows nothing of what was sent before
/// @param held how far the server's database has come, null where it does not say
/// @param received `usage` elements, and rejected elements of every type
/// @param joined copies of a response that were joined with another in the same delivery
/// @param added responses that are new to the server
/// @param replaced responses that the server knew less well
/// @param unchanged responses that the server knew as well or better
/// @param other elements of another type than `usage` that were stored; known ones too
/// @param rejected by index, at most one for each element; sending them again changes nothing
public record DeliveryAnswer(
    String store,
    @Nullable Held held,
    long received,
    long joined,
    long added,
    long replaced,
    long unchanged,
    long other,
    List<Rejected> rejected) {

  /// Takes the counts only where they balance.
  ///
  /// @throws IllegalArgumentException where they do not, or one is negative
  public DeliveryAnswer {
    rejected = List.copyOf(rejected);
    if (joined < 0 || added < 0 || replaced < 0 || unchanged < 0 || other < 0) {
      throw new IllegalArgumentException("a negative count");
    }
    if (received != joined + added + replaced + unchanged + rejected.size()) {
      throw new IllegalArgumentException("received " + received + " does not balance");
    }
  }

  /// Writes it as JSON; the stream is flushed and stays open.
  public void write(OutputStream out) throws IOException {
    JsonGenerator json = JsonBody.generator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.writeStartObject();
    var fields = new FieldWriter(json);
    fields.text("store", store, "");
    held(json);
    fields.required("received", received);
    fields.required("joined", joined);
    fields.required("added", added);
    fields.required("replaced", replaced);
    fields.required("unchanged", unchanged);
    fields.required("other", other);
    json.writeArrayFieldStart("rejected");
    for (Rejected each : rejected) {
      json.writeStartObject();
      fields.required("index", each.index());
      fields.required("reason", each.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.close();
  }

  private void held(JsonGenerator json) throws IOException {
    if (held != null) {
      json.writeObjectFieldStart("held");
      json.writeNumberField("upTo", held.upTo());
      json.writeNumberField("revision", held.revision());
      json.writeNumberField("generation", held.generation());
      json.writeEndObject();
    }
  }

  /// Reads what [#write] wrote; fields that it does not know are passed over.
  ///
  /// @throws MalformedDelivery where it is not such an answer
  public static DeliveryAnswer read(InputStream in) throws IOException {
    Fields answer = JsonBody.answer(in);
    try {
      return answer(answer);
    } catch (BadElement | IllegalArgumentException wrong) {
      throw JsonBody.noAnswer(wrong);
    }
  }

  private static Held held(Fields in) {
    return new Held(in.count("upTo"), in.count("revision"), in.count("generation"));
  }

  private static DeliveryAnswer answer(Fields in) {
    return new DeliveryAnswer(
        in.nameOr("store", ""),
        in.has("held") ? held(in.object("held")) : null,
        in.count("received"),
        in.count("joined"),
        in.count("added"),
        in.count("replaced"),
        in.count("unchanged"),
        in.count("other"),
        in.list("rejected").stream()
            .map(each -> new Rejected(each.smallCountOr("index", 0), each.name("reason")))
            .toList());
  }
}
