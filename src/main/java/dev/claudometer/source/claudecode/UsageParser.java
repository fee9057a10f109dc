package dev.claudometer.source.claudecode;

import dev.claudometer.source.claudecode.scan.FieldNames;
import dev.claudometer.source.claudecode.scan.Json;
import dev.claudometer.source.claudecode.scan.Json.Malformed;
import dev.claudometer.source.claudecode.scan.Names;
import dev.claudometer.source.claudecode.scan.Scalars;

/// Reads the `usage` of a message. Numbers in it that we do not understand are noted by name: they
/// may be billed.
final class UsageParser {

  private static final FieldNames FIELDS =
      FieldNames.listed(
          CountsParser.FIELDS
              + "server_tool_use service_tier speed inference_geo iterations"
              + " output_tokens_details");

  private static final int SERVER_TOOL_USE = CountsParser.COUNT;
  private static final int SERVICE_TIER = SERVER_TOOL_USE + 1;
  private static final int SPEED = SERVER_TOOL_USE + 2;
  private static final int INFERENCE_GEO = SERVER_TOOL_USE + 3;
  private static final int ITERATIONS = SERVER_TOOL_USE + 4;

  private static final int OUTPUT_DETAILS = SERVER_TOOL_USE + 5;

  /// Words whose price is known; others are noted by name.
  private static final FieldNames TIERS = FieldNames.of("standard", "batch", "priority");

  private static final FieldNames SPEEDS = FieldNames.of("standard", "fast");
  private static final FieldNames PLACES = FieldNames.of("not_available", "global", "us");

  private static final FieldNames OUTPUT_PARTS = FieldNames.of("thinking_tokens");

  private static final FieldNames SERVER_TOOLS =
      FieldNames.of("web_search_requests", "web_fetch_requests");

  private final Json json;
  private final Scalars scalars;
  private final UnknownFields unknown;
  private final CountsParser counts;
  private final IterationsParser iterations;

  UsageParser(Json json, Names names, UnknownFields unknown) {
    this.json = json;
    this.scalars = new Scalars(json, names);
    this.unknown = unknown;
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
        case 0, 1, 2, 3, 4 -> counts.read(field, to.counts);
        case SERVER_TOOL_USE -> serverToolUse(to);
        case SERVICE_TIER -> to.serviceTier = term("service_tier", TIERS);
        case SPEED -> to.speed = term("speed", SPEEDS);
        case INFERENCE_GEO -> to.inferenceGeo = term("inference_geo", PLACES);
        case ITERATIONS -> iterations.parse(to.rounds);
        case OUTPUT_DETAILS -> outputDetails(to);
        default -> unknown.number(json, "usage.");
      }
    }
    to.hasUsage = to.counts.readable();
  }

  /// One of the terms that a price goes by.
  private String term(String field, FieldNames known) throws Malformed {
    String word = scalars.name("");
    if (!word.isEmpty()
        && known.find(json.bytes, json.textFrom, json.textTo) == FieldNames.UNKNOWN) {
      unknown.met("usage." + field + "." + word);
    }
    return word;
  }

  private void outputDetails(TranscriptRecord to) throws Malformed {
    if (!json.accept('{')) {
      json.skip();
      return;
    }
    for (boolean first = true; json.nextMember(first); first = false) {
      switch (OUTPUT_PARTS.find(json.bytes, json.textFrom, json.textTo)) {
        case 0 -> to.thinking = json.countOrNull();
        default -> unknown.number(json, "usage.output_tokens_details.");
      }
    }
  }

  private void serverToolUse(TranscriptRecord to) throws Malformed {
    if (!json.accept('{')) {
      json.skip();
      return;
    }
    for (boolean first = true; json.nextMember(first); first = false) {
      switch (SERVER_TOOLS.find(json.bytes, json.textFrom, json.textTo)) {
        case 0 -> to.webSearches = scalars.count();
        case 1 -> to.webFetches = scalars.count();
        default -> unknown.number(json, "usage.server_tool_use.");
      }
    }
  }
}
