package dev.claudometer.source.adminapi;

import dev.claudometer.json.JsonValue;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// What the API calls the dimensions.
final class Dimensions {

  private Dimensions() {}

  /// `api_key_id` for a key; those with an id end in `_id`.
  static String of(BilledDimension dimension) {
    String word = dimension.name().toLowerCase(Locale.ROOT);
    return switch (dimension) {
      case ACCOUNT, API_KEY, SERVICE_ACCOUNT, WORKSPACE -> word + "_id";
      default -> word;
    };
  }

  /// The group of a line that was asked to be grouped: a null was asked for, and nothing is named.
  static BilledGroup group(JsonValue line, Collection<BilledDimension> asked) {
    Map<BilledDimension, String> values = new EnumMap<>(BilledDimension.class);
    for (BilledDimension dimension : asked) {
      values.put(dimension, line.at(of(dimension)).textOr(""));
    }
    return new BilledGroup(values);
  }
}
