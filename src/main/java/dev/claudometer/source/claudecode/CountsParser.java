package dev.claudometer.source.claudecode;

import dev.claudometer.source.claudecode.scan.FieldNames;
import dev.claudometer.source.claudecode.scan.Json;
import dev.claudometer.source.claudecode.scan.Json.Malformed;
import dev.claudometer.source.claudecode.scan.Scalars;

/// Reads the fields that tell what was used, and on what terms: a usage has them, and so has each
/// of its rounds. What is not understood is noted by name.
final class CountsParser {

  /// They come first in the lists of fields of whoever has them.
  static final String FIELDS =
      "input_tokens output_tokens cache_creation_input_tokens cache_read_input_tokens"
          + " cache_creation server_tool_use service_tier speed inference_geo"
          + " output_tokens_details ";

  static final int COUNT = 10;

  private static final int INPUT = 0;
  private static final int OUTPUT = 1;
  private static final int CACHE_WRITE = 2;
  private static final int CACHE_READ = 3;
  private static final int CACHE_CREATION = 4;
  private static final int SERVER_TOOL_USE = 5;
  private static final int SERVICE_TIER = 6;
  private static final int SPEED = 7;
  private static final int INFERENCE_GEO = 8;

  private static final FieldNames CACHE_CLASSES =
      FieldNames.of("ephemeral_5m_input_tokens", "ephemeral_1h_input_tokens");

  private static final FieldNames SERVER_TOOLS =
      FieldNames.of("web_search_requests", "web_fetch_requests");

  private static final FieldNames OUTPUT_PARTS = FieldNames.of("thinking_tokens");

  /// Words whose price is known; others are noted by name.
  private static final FieldNames TIERS = FieldNames.of("standard", "batch", "priority");

  private static final FieldNames SPEEDS = FieldNames.of("standard", "fast");
  private static final FieldNames PLACES = FieldNames.of("not_available", "global", "us");

  private final Json json;
  private final Scalars scalars;
  private final UnknownFields unknown;

  CountsParser(Json json, Scalars scalars, UnknownFields unknown) {
    this.json = json;
    this.scalars = scalars;
    this.unknown = unknown;
  }

  /// Reads the value of one of [#FIELDS].
  void read(int field, Counts to) throws Malformed {
    switch (field) {
      case INPUT -> to.input = count("usage.input_tokens");
      case OUTPUT -> to.output = count("usage.output_tokens");
      case CACHE_WRITE -> to.cacheWrite = countOrZero("usage.cache_creation_input_tokens");
      case CACHE_READ -> to.cacheRead = countOrZero("usage.cache_read_input_tokens");
      case CACHE_CREATION -> cacheCreation(to);
      case SERVER_TOOL_USE -> serverToolUse(to);
      case SERVICE_TIER -> to.serviceTier = term("usage.service_tier.", TIERS);
      case SPEED -> to.speed = term("usage.speed.", SPEEDS);
      case INFERENCE_GEO -> to.inferenceGeo = term("usage.inference_geo.", PLACES);
      default -> outputDetails(to);
    }
  }

  private void cacheCreation(Counts to) throws Malformed {
    if (!json.accept('{')) {
      unknown.value(json, "usage.cache_creation");
      return;
    }
    for (boolean first = true; json.nextMember(first); first = false) {
      switch (CACHE_CLASSES.find(json.bytes, json.textFrom, json.textTo)) {
        case 0 -> to.cacheWrite5m = countOrZero("usage.cache_creation.ephemeral_5m_input_tokens");
        case 1 -> to.cacheWrite1h = countOrZero("usage.cache_creation.ephemeral_1h_input_tokens");
        default -> unknown.number(json, "usage.cache_creation.");
      }
    }
  }

  private void serverToolUse(Counts to) throws Malformed {
    if (!json.accept('{')) {
      unknown.value(json, "usage.server_tool_use");
      return;
    }
    for (boolean first = true; json.nextMember(first); first = false) {
      switch (SERVER_TOOLS.find(json.bytes, json.textFrom, json.textTo)) {
        case 0 -> to.webSearches = countOrZero("usage.server_tool_use.web_search_requests");
        case 1 -> to.webFetches = countOrZero("usage.server_tool_use.web_fetch_requests");
        default -> unknown.number(json, "usage.server_tool_use.");
      }
    }
  }

  private void outputDetails(Counts to) throws Malformed {
    if (!json.accept('{')) {
      unknown.value(json, "usage.output_tokens_details");
      return;
    }
    for (boolean first = true; json.nextMember(first); first = false) {
      switch (OUTPUT_PARTS.find(json.bytes, json.textFrom, json.textTo)) {
        case 0 -> to.thinking = count("usage.output_tokens_details.thinking_tokens");
        default -> unknown.number(json, "usage.output_tokens_details.");
      }
    }
  }

  /// One of the terms that a price goes by.
  private String term(String path, FieldNames known) throws Malformed {
    String word = scalars.name("");
    if (!word.isEmpty()
        && known.find(json.bytes, json.textFrom, json.textTo) == FieldNames.UNKNOWN) {
      unknown.met(path, word);
    }
    return word;
  }

  private long countOrZero(String name) throws Malformed {
    return Math.max(0, count(name));
  }

  /// How many; -1 where nobody says. What is no count is noted by its name.
  private long count(String name) throws Malformed {
    if (json.standsAtCount()) {
      return json.countOrNull();
    }
    json.skip();
    unknown.met(name);
    return -1;
  }
}
