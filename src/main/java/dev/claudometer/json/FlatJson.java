package dev.claudometer.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/// Reads a small JSON object into paths: `{"cost":{"total_cost_usd":1}}` becomes
/// `cost.total_cost_usd` → `1`.
public final class FlatJson {

  private FlatJson() {}

  /// The scalar values of the object by path.
  ///
  /// @throws IOException where the bytes are not JSON
  public static Map<String, String> read(InputStream in) throws IOException {
    var values = new HashMap<String, String>();
    try (JsonParser parser = new JsonFactory().createParser(in)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
          values.put(
              parser.getParsingContext().pathAsPointer().toString().substring(1).replace('/', '.'),
              parser.getText());
        }
      }
    } catch (StringIndexOutOfBoundsException notAnObject) {
      throw new IOException("not a JSON object", notAnObject);
    }
    return values;
  }
}
