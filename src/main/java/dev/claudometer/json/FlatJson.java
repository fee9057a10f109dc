package dev.claudometer.json;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a JSON object into paths: `{"cost":{"total_cost_usd":1}}` becomes `cost.total_cost_usd` →
/// `1`.
public final class FlatJson {

  private static final int MOST_BYTES = 16 << 20;

  private FlatJson() {}

  /// The scalar values of the object by path, as they are written. Nulls are left out, and so are
  /// numbers beyond all measure.
  ///
  /// @throws IOException where the bytes are not JSON, or more than 16 MiB
  public static Map<String, String> read(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new IOException("more than 16 MiB of JSON");
    }
    if (!(JsonTree.read(new ByteArrayInputStream(bytes)) instanceof Map<?, ?> object)) {
      throw new IOException("not a JSON object");
    }
    var values = new HashMap<String, String>();
    object.forEach((name, value) -> put(values, String.valueOf(name), value));
    return values;
  }

  private static void put(Map<String, String> values, String path, @Nullable Object value) {
    // not a switch: its first use takes as long as to read it all
    if (value instanceof Map<?, ?> object) {
      object.forEach((name, each) -> put(values, path + "." + name, each));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        put(values, path + "." + i, list.get(i));
      }
    } else if (value instanceof String text) {
      values.put(path, text);
    } else if (value instanceof BigDecimal number) {
      values.put(path, number.toPlainString());
    } else if (value instanceof Boolean truth) {
      values.put(path, truth.toString());
    }
  }
}
