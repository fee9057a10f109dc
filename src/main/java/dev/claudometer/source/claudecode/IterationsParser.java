package dev.claudometer.source.claudecode;

import dev.claudometer.source.claudecode.scan.FieldNames;
import dev.claudometer.source.claudecode.scan.Json;
import dev.claudometer.source.claudecode.scan.Json.Malformed;
import dev.claudometer.source.claudecode.scan.Names;
import dev.claudometer.source.claudecode.scan.Scalars;

/// Reads `iterations` of a usage: the rounds that a response took on the server.
final class IterationsParser {

  private static final FieldNames TYPES =
      FieldNames.of("message", "advisor_message", "compaction", "fallback_message");

  private final Json json;
  private final Scalars scalars;
  private final UnknownFields unknown;

  IterationsParser(Json json, Names names, UnknownFields unknown) {
    this.json = json;
    this.scalars = new Scalars(json, names);
    this.unknown = unknown;
  }

  void parse() throws Malformed {
    if (!json.accept('[')) {
      json.skip();
      return;
    }
    for (boolean first = true; json.nextElement(first); first = false) {
      if (json.accept('{')) {
        round();
      } else {
        json.skip();
      }
    }
  }

  private void round() throws Malformed {
    String type = "";
    boolean known = false;
    boolean billable = false;
    for (boolean first = true; json.nextMember(first); first = false) {
      if (json.textIs("type")) {
        type = scalars.name("");
        known = TYPES.find(json.bytes, json.textFrom, json.textTo) != FieldNames.UNKNOWN;
      } else {
        billable |= json.skipNumbers();
      }
    }
    if (!known && billable && !type.isEmpty()) {
      unknown.met("usage.iterations." + type);
    }
  }
}
