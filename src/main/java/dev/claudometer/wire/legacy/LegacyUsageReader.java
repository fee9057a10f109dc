package dev.claudometer.wire.legacy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.claudometer.wire.JsonBody;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the fields of a [LegacyUsage], entry by entry.
final class LegacyUsageReader {

  private static final Set<String> FIELDS =
      Set.of(
          "sessionId",
          "project",
          "timestamp",
          "type",
          "model",
          "inputTokens",
          "outputTokens",
          "cacheCreationTokens",
          "cacheReadTokens",
          "costUSD");

  /// More than a body of 32 MiB can hold of real ones.
  private static final int MOST_ENTRIES = 200_000;

  private final JsonParser parser;
  private final Map<String, @Nullable Object> members = new HashMap<>();

  /// The same few names stand in thousands of entries.
  private final Map<String, String> names = new HashMap<>();

  private final List<LegacyEntry> entries = new ArrayList<>();
  private final List<BadEntry> bad = new ArrayList<>();
  private int count;

  LegacyUsageReader(JsonParser parser) {
    this.parser = parser;
  }

  LegacyRequest<LegacyUsage> read() throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return Objections.notAnObject(Checks.typeOf(JsonBody.flat(parser, Set.of())));
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken first = parser.nextToken();
      if (name.equals("entries") && first == JsonToken.START_ARRAY) {
        entries();
        members.put(name, List.of());
      } else if (name.equals("entries") || name.equals("deviceApiKey")) {
        members.put(name, JsonBody.flat(parser, Set.of()));
      } else {
        parser.skipChildren();
      }
    }
    return request();
  }

  private void entries() throws IOException {
    entries.clear();
    bad.clear();
    count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (count++ < MOST_ENTRIES) {
        entry(count - 1, JsonBody.flat(parser, FIELDS));
      } else {
        parser.skipChildren();
      }
    }
  }

  private void entry(int index, @Nullable Object value) {
    int before = bad.size();
    if (!(value instanceof Map<?, ?> fields)) {
      bad.add(new BadEntry(index, "", "Expected object, received " + Checks.typeOf(value)));
      return;
    }
    var checks =
        new Checks(fields, (field, message) -> bad.add(new BadEntry(index, field, message)));
    LegacyEntry entry =
        new LegacyEntry(
            once(checks.text("sessionId", 0)),
            once(checks.text("project", 0)),
            checks.instant("timestamp"),
            checks.type("type"),
            checks.optionalText("model"),
            checks.count("inputTokens"),
            checks.count("outputTokens"),
            checks.count("cacheCreationTokens"),
            checks.count("cacheReadTokens"),
            checks.cost("costUSD"));
    if (bad.size() == before) {
      entries.add(entry);
    }
  }

  private String once(String name) {
    String known = names.putIfAbsent(name, name);
    return known == null ? name : known;
  }

  private LegacyRequest<LegacyUsage> request() {
    var objections = new Objections();
    var checks = new Checks(members, objections::add);
    String key = checks.optionalText("deviceApiKey");
    checks.list("entries");
    if (count > MOST_ENTRIES) {
      objections.add("entries", "Array must contain at most " + MOST_ENTRIES + " element(s)");
    }
    if (objections.none()) {
      return new LegacyRequest.Accepted<>(new LegacyUsage(key, entries, bad));
    }
    if (members.get("entries") instanceof List<?>) {
      bad.forEach(each -> objections.add("entries", each.message()));
    }
    return objections.refusal();
  }
}
