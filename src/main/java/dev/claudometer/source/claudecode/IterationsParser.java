package dev.claudometer.source.claudecode;

import dev.claudometer.source.claudecode.Rounds.Kind;
import dev.claudometer.source.claudecode.scan.FieldNames;
import dev.claudometer.source.claudecode.scan.Json;
import dev.claudometer.source.claudecode.scan.Json.Malformed;
import dev.claudometer.source.claudecode.scan.Scalars;

/// Reads `iterations` of a usage.
final class IterationsParser {

  private static final String PATH = "usage.iterations";

  private static final FieldNames FIELDS = FieldNames.listed(CountsParser.FIELDS + "type model");

  private static final int TYPE = CountsParser.COUNT;
  private static final int MODEL = TYPE + 1;

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
      unknown.value(json, PATH);
      return;
    }
    for (boolean first = true; json.nextElement(first); first = false) {
      if (json.accept('{')) {
        round(to.next());
      } else {
        unknown.value(json, PATH);
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
        case TYPE -> {
          type = scalars.name("");
          to.kind = type.isEmpty() ? Kind.MESSAGE : kind();
        }
        case MODEL -> to.model = scalars.name("");
        case FieldNames.UNKNOWN -> unknown.number(json, PATH + ".");
        default -> counts.read(field, to.counts);
      }
    }
    if (to.kind == Kind.UNKNOWN && to.saysSomething()) {
      unknown.met(PATH + ".", type);
    }
  }

  private Kind kind() {
    int known = TYPES.find(json.bytes, json.textFrom, json.textTo);
    return known == FieldNames.UNKNOWN ? Kind.UNKNOWN : KINDS[known];
  }
}
