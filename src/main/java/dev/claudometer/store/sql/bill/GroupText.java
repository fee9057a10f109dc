package dev.claudometer.store.sql.bill;

import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/// A group as a text: `API_KEY=apikey_01` and so on, one dimension per line, in one order. So a
/// group is a number in the database, and asking by fewer dimensions needs no other table.
final class GroupText {

  private GroupText() {}

  static String of(BilledGroup group) {
    return group.values().entrySet().stream()
        .map(value -> value.getKey() + "=" + escaped(value.getValue()))
        .collect(Collectors.joining("\n"));
  }

  static BilledGroup group(String text) {
    Map<BilledDimension, String> values = new EnumMap<>(BilledDimension.class);
    text.lines()
        .forEach(
            line -> {
              int end = line.indexOf('=');
              values.put(
                  BilledDimension.valueOf(line.substring(0, end)), plain(line.substring(end + 1)));
            });
    return new BilledGroup(values);
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }

  private static String plain(String escaped) {
    var plain = new StringBuilder();
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c == '\\') {
        i++;
        plain.append(
            switch (escaped.charAt(i)) {
              case 'n' -> '\n';
              case 'r' -> '\r';
              default -> '\\';
            });
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
