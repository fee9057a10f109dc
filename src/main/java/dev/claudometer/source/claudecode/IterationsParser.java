package dev.claudometer.source.claudecode;

import dev.claudometer.source.claudecode.Rounds.Kind;
import dev.claudometer.source.claudecode.scan.FieldNames;
import dev.claudometer.source.claudecode.scan.Json;
import dev.claudometer.source.claudecode.scan.Json.Malformed;
import dev.claudometer.source.claudecode.scan.Scalars;

/// Reads `iterations` of a usage.
final class IterationsParser {

  private static final FieldNames FIELDS =
      FieldNames.listed(
          CountsParser.FIELDS
              + "type model speed service_tier inference_geo output_tokens_details"
              + " server_tool_use");

  private static final int TYPE = CountsParser.COUNT;
  private static final int MODEL = TYPE + 1;
  private static final int SPEED = TYPE + 2;

  private static final Kind[] KINDS = {
    Kind.MESSAGE, Kind.ADVISOR_MESSAGE, Kind.COMPACTION, Kind.FALLBACK_MESSAGE
  };

  private static final FieldNames TYPES =
      FieldNames.of("message", "advisor_message", "compaction", "fallback_message");

  private final Json json;
  private final Scalars scalars;
  private final CountsParser counts;
  private final UnknownFields unknown;

  IterationsParser(Json json, Scalars scalars, CountsParser counts, UnknownFields unknown) {
    this.json = json;
    this.scalars = scalars;
    this.counts = counts;
    this.unknown = unknown;
  }

  void parse(Rounds to) throws Malformed {
    to.clear();
    if (!json.accept('[')) {
      json.skip();
      return;
    }
    for (boolean first = true; json.nextElement(first); first = false) {
      if (json.accept('{')) {
        round(to.next());
      } else {
        json.skip();
      }
    }
  }

  /// A round without a type is one of the response's own.
  private void round(Rounds.Round to) throws Malformed {
    String type = "";
    to.kind = Kind.MESSAGE;
    for (boolean first = true; json.nextMember(first); first = false) {
      int field = FIELDS.find(json.bytes, json.textFrom, json.textTo);
      switch (field) {
        case 0, 1, 2, 3, 4 -> counts.read(field, to.counts);
        case TYPE -> {
          type = scalars.name("");
          to.kind = kind();
        }
        case MODEL -> to.model = scalars.name("");
        case SPEED -> to.speed = scalars.name("");
        case FieldNames.UNKNOWN -> unknown.number(json, "usage.iterations.");
        default -> json.skip();
      }
    }
    if (to.kind == Kind.UNKNOWN && to.counts.tokens().total() > 0) {
      unknown.met("usage.iterations." + type);
    }
  }

  private Kind kind() {
    int known = TYPES.find(json.bytes, json.textFrom, json.textTo);
    return known == FieldNames.UNKNOWN ? Kind.UNKNOWN : KINDS[known];
  }
}
