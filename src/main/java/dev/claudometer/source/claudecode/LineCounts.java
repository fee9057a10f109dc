package dev.claudometer.source.claudecode;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How many lines there were of which type and of which client, since they were last taken.
///
/// What a type is called is remembered from line to line and from file to file: most lines are of a
/// few types.
final class LineCounts {

  private static final int MOST_TYPES = 200;
  private static final int SLOTS = 16;

  private static final class Count {
    private long lines;
  }

  /// A type that was met, and its count since the last taking.
  private static final class Met {
    private final String type;
    private final String subtype;
    private final String name;
    private @Nullable Count count;

    Met(String type, String subtype, String name) {
      this.type = type;
      this.subtype = subtype;
      this.name = name;
    }
  }

  private final Map<String, Count> types = new HashMap<>();
  private final Map<String, Count> versions = new HashMap<>();
  private final @Nullable Met[] met = new Met[SLOTS];
  private @Nullable String version;
  private Count ofVersion = new Count();

  void sound(TranscriptRecord line) {
    Met known = met(line.type, line.subtype);
    Count count = known.count;
    if (count == null) {
      count = ofType(known.name);
      known.count = count;
    }
    count.lines++;
    if (line.version != null) {
      version(line.version);
    }
  }

  void damaged() {
    types.computeIfAbsent("(damaged)", _ -> new Count()).lines++;
  }

  private Met met(String type, String subtype) {
    int slot = (type.length() + 5 * subtype.length()) % SLOTS;
    Met known = met[slot];
    if (known == null || !known.type.equals(type) || !known.subtype.equals(subtype)) {
      known = new Met(type, subtype, name(type, subtype));
      met[slot] = known;
    }
    return known;
  }

  private static String name(String type, String subtype) {
    String name = subtype.isEmpty() ? type : type + "/" + subtype;
    if (name.isEmpty()) {
      return "(none)";
    }
    return LineTypes.couldBeAName(name) ? name : "(other)";
  }

  /// Of a type that is one too many, nobody asks for the count.
  private Count ofType(String name) {
    return types.size() < MOST_TYPES || types.containsKey(name)
        ? types.computeIfAbsent(name, _ -> new Count())
        : new Count();
  }

  private void version(String told) {
    if (!told.equals(version)) {
      version = told;
      ofVersion =
          LineTypes.couldBeAName(told)
              ? versions.computeIfAbsent(told, _ -> new Count())
              : new Count();
    }
    ofVersion.lines++;
  }

  Map<String, Long> takeTypes() {
    for (Met known : met) {
      if (known != null) {
        known.count = null;
      }
    }
    return take(types);
  }

  Map<String, Long> takeVersions() {
    version = null;
    return take(versions);
  }

  private static Map<String, Long> take(Map<String, Count> counts) {
    Map<String, Long> taken = HashMap.newHashMap(counts.size());
    counts.forEach((name, count) -> taken.put(name, count.lines));
    counts.clear();
    return taken;
  }
}
