package dev.claudometer.agent.forward;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.model.Claim;
import dev.claudometer.store.Changes;
import dev.claudometer.wire.Delivery;
import dev.claudometer.wire.DeliveryWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// What leaves the machine in one request: this, and nothing else.
public final class Parcel {

  /// Elements in one parcel at most, but for a reading that carries paths.
  public static final int MOST_ELEMENTS = 2_000;

  private final byte[] json;

  private Parcel(byte[] json) {
    this.json = json;
  }

  /// Packs changes.
  ///
  /// @param agent who sends, as `claudometer/0.1.0`
  /// @param claim what the server is believed to have, null where nothing is said of that
  public static Parcel of(String agent, @Nullable Claim claim, Changes changes) {
    var out = new ByteArrayOutputStream();
    try {
      Delivery delivery = Delivery.of(agent, changes.observations(), changes.readings());
      DeliveryWriter.write(claim == null ? delivery : delivery.with(claim), out);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return new Parcel(out.toByteArray());
  }

  /// The body before it is compressed.
  public String json() {
    return new String(json, UTF_8);
  }

  /// The body as it travels.
  public byte[] gzip() {
    var out = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(out)) {
      zip.write(json);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }
}
