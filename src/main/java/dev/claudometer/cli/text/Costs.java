package dev.claudometer.cli.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `--no-cost` leaves out: all that has "cost" in its name.
final class Costs {

  private Costs() {}

  static boolean named(String key) {
    return key.toLowerCase(Locale.ROOT).contains("cost");
  }

  /// The same document without any cost in it.
  static @Nullable Object without(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        var rest = new LinkedHashMap<String, @Nullable Object>();
        map.forEach(
            (key, member) -> {
              if (!named(String.valueOf(key))) {
                rest.put(String.valueOf(key), without(member));
              }
            });
        yield rest;
      }
      case List<?> list -> list.stream().map(Costs::without).toList();
      case null, default -> value;
    };
  }
}
