package dev.claudometer.source.claudecode;

import dev.claudometer.source.claudecode.scan.FieldNames;
import dev.claudometer.source.claudecode.scan.Json;
import dev.claudometer.source.claudecode.scan.Json.Malformed;
import dev.claudometer.source.claudecode.scan.Names;
import dev.claudometer.source.claudecode.scan.Scalars;

/// Reads the `usage` of a message. Numbers in it that we do not understand are noted by name: they
/// may be billed.
final class UsageParser {

  private static final FieldNames FIELDS = FieldNames.listed(CountsParser.FIELDS + "iterations");

  private static final int ITERATIONS = CountsParser.COUNT;

  private final Json json;
  private final UnknownFields unknown;
  private final CountsParser counts;
  private final IterationsParser iterations;

  UsageParser(Json json, Names names, UnknownFields unknown) {
    this.json = json;
    this.unknown = unknown;
    var scalars = new Scalars(json, names);
    this.counts = new CountsParser(json, scalars, unknown);
    this.iterations = new IterationsParser(json, scalars, counts, unknown);
  }

  void parse(TranscriptRecord to) throws Malformed {
    to.clearUsage();
    if (!json.accept('{')) {
      json.skip();
      return;
    }
    to.mentionsUsage = true;
    for (boolean first = true; json.nextMember(first); first = false) {
      int field = FIELDS.find(json.bytes, json.textFrom, json.textTo);
      switch (field) {
        case ITERATIONS -> iterations.parse(to.rounds);
        case FieldNames.UNKNOWN -> unknown.number(json, "usage.");
        default -> counts.read(field, to.counts);
      }
    }
    to.hasUsage = to.counts.readable();
    if (!to.rounds.addUp(to.counts)) {
      unknown.met("usage.iterations.sum");
    }
  }
}
