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
      FieldNames.of(
          "input_tokens",
          "output_tokens",
          "cache_creation_input_tokens",
          "cache_read_input_tokens",
          "cache_creation",
          "server_tool_use",
          "service_tier",
          "speed",
          "inference_geo",
          "iterations",
          "output_tokens_details");

  private static final FieldNames CACHE_CREATION =
      FieldNames.of("ephemeral_5m_input_tokens", "ephemeral_1h_input_tokens");

  private static final FieldNames OUTPUT_DETAILS = FieldNames.of("thinking_tokens");

  private static final FieldNames SERVER_TOOL_USE =
      FieldNames.of("web_search_requests", "web_fetch_requests");

  private final Json json;
  private final Scalars scalars;
  private final UnknownFields unknown;
  private final IterationsParser iterations;

  UsageParser(Json json, Names names, UnknownFields unknown) {
    this.json = json;
    this.scalars = new Scalars(json, names);
    this.unknown = unknown;
    this.iterations = new IterationsParser(json, names, unknown);
  }

  void parse(TranscriptRecord to) throws Malformed {
    to.clearUsage();
    if (!json.accept('{')) {
      json.skip();
      return;
    }
    to.mentionsUsage = true;
    for (boolean first = true; json.nextMember(first); first = false) {
      switch (FIELDS.find(json.bytes, json.textFrom, json.textTo)) {
        case 0 -> to.input = json.countOrNull();
        case 1 -> to.output = json.countOrNull();
        case 2 -> to.cacheWrite = scalars.count();
        case 3 -> to.cacheRead = scalars.count();
        case 4 -> cacheCreation(to);
        case 5 -> serverToolUse(to);
        case 6 -> to.serviceTier = scalars.name("");
        case 7 -> to.speed = scalars.name("");
        case 8 -> to.inferenceGeo = scalars.name("");
        case 9 -> iterations.parse();
        case 10 -> outputDetails(to);
        default -> unknown.number(json, "usage.");
      }
    }
    to.hasUsage = to.input >= 0 && to.output >= 0;
  }

  private void cacheCreation(TranscriptRecord to) throws Malformed {
    if (!json.accept('{')) {
      json.skip();
      return;
    }
    for (boolean first = true; json.nextMember(first); first = false) {
      switch (CACHE_CREATION.find(json.bytes, json.textFrom, json.textTo)) {
        case 0 -> to.cacheWrite5m = scalars.count();
        case 1 -> to.cacheWrite1h = scalars.count();
        default -> unknown.number(json, "usage.cache_creation.");
      }
    }
  }

  private void outputDetails(TranscriptRecord to) throws Malformed {
    if (!json.accept('{')) {
      json.skip();
      return;
    }
    for (boolean first = true; json.nextMember(first); first = false) {
      switch (OUTPUT_DETAILS.find(json.bytes, json.textFrom, json.textTo)) {
        case 0 -> to.thinking = json.countOrNull();
        default -> json.skip(); // a part of the output tokens
      }
    }
  }

  private void serverToolUse(TranscriptRecord to) throws Malformed {
    if (!json.accept('{')) {
      json.skip();
      return;
    }
    for (boolean first = true; json.nextMember(first); first = false) {
      switch (SERVER_TOOL_USE.find(json.bytes, json.textFrom, json.textTo)) {
        case 0 -> to.webSearches = scalars.count();
        case 1 -> to.webFetches = scalars.count();
        default -> unknown.number(json, "usage.server_tool_use.");
      }
    }
  }
}
