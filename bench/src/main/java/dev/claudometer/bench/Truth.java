package dev.claudometer.bench;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What a correct reader reports for the home: every response once, on the day of its completion.
final class Truth {

  /// Responses of one model on one day.
  private record Tally(long responses, long unfinalised, Tokens tokens) {
    static final Tally NONE = new Tally(0, 0, Tokens.NONE);

    Tally plus(Tally other) {
      return new Tally(
          responses + other.responses, unfinalised + other.unfinalised, tokens.plus(other.tokens));
    }
  }

  private final Map<String, Map<String, Tally>> days = new TreeMap<>();
  private final Map<String, Long> traps = new TreeMap<>();
  private long files;
  private long bytes;
  private long usageLines;

  /// @param completion the earliest line with the highest output, milliseconds since 1970
  /// @param finalised whether any of its lines has a stop reason
  void response(long completion, String model, Tokens tokens, boolean finalised) {
    String day = Instant.ofEpochMilli(completion).toString().substring(0, 10);
    days.computeIfAbsent(day, _ -> new TreeMap<>())
        .merge(model, new Tally(1, finalised ? 0 : 1, tokens), Tally::plus);
  }

  void usageLine() {
    usageLines++;
  }

  void trap(String name) {
    traps.merge(name, 1L, Long::sum);
  }

  void file(long size) {
    files++;
    bytes += size;
  }

  String manifest(Options options) {
    Tally all = Tally.NONE;
    StringBuilder perDay = new StringBuilder();
    for (var day : days.entrySet()) {
      StringBuilder perModel = new StringBuilder();
      for (var model : day.getValue().entrySet()) {
        all = all.plus(model.getValue());
        separate(perModel, ",\n   ").append(quoted(model.getKey())).append(json(model.getValue()));
      }
      separate(perDay, ",\n  ").append(quoted(day.getKey())).append("{\n   ");
      perDay.append(perModel).append("}");
    }
    StringBuilder perTrap = new StringBuilder();
    traps.forEach((name, count) -> separate(perTrap, ", ").append(quoted(name)).append(count));
    return String.format(
        Locale.ROOT,
        """
        {
         "size": %d, "fileCount": %d, "dayCount": %d, "seed": %d, "end": "%s", "damage": %b,
         "files": %d,
         "bytes": %d,
         "usageLines": %d,
         "traps": {%s},
         "totals": %s,
         "days": {
          %s}
        }
        """,
        options.size(),
        options.files(),
        options.days(),
        options.seed(),
        options.end(),
        options.damage(),
        files,
        bytes,
        usageLines,
        perTrap,
        json(all),
        perDay);
  }

  private static String json(Tally tally) {
    Tokens tokens = tally.tokens;
    return ("{'responses': " + tally.responses)
        .concat(", 'unfinalisedResponses': " + tally.unfinalised)
        .concat(", 'inputTokens': " + tokens.input())
        .concat(", 'outputTokens': " + tokens.output())
        .concat(", 'cacheCreation5mTokens': " + tokens.cacheWrite5m())
        .concat(", 'cacheCreation1hTokens': " + tokens.cacheWrite1h())
        .concat(", 'cacheCreationTokens': " + tokens.cacheWrite())
        .concat(", 'cacheReadTokens': " + tokens.cacheRead())
        .concat(", 'totalTokens': " + tokens.total() + "}")
        .replace('\'', '"');
  }

  private static StringBuilder separate(StringBuilder text, String separator) {
    return text.isEmpty() ? text : text.append(separator);
  }

  private static String quoted(String key) {
    return "\"" + key + "\": ";
  }
}
