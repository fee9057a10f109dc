package dev.claudometer.source.claudecode;

import dev.claudometer.source.claudecode.scan.FieldNames;
import dev.claudometer.source.claudecode.scan.Json;
import dev.claudometer.source.claudecode.scan.Json.Malformed;
import dev.claudometer.source.claudecode.scan.Scalars;

/// Reads the fields that tell tokens: a usage has them, and so has each of its rounds.
final class CountsParser {

  /// They come first in the lists of fields of whoever has them.
  static final String FIELDS =
      "input_tokens output_tokens cache_creation_input_tokens cache_read_input_tokens"
          + " cache_creation ";

  static final int COUNT = 5;

  private static final FieldNames CACHE_CREATION =
      FieldNames.of("ephemeral_5m_input_tokens", "ephemeral_1h_input_tokens");

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
      case 0 -> to.input = json.countOrNull();
      case 1 -> to.output = json.countOrNull();
      case 2 -> to.cacheWrite = scalars.count();
      case 3 -> to.cacheRead = scalars.count();
      default -> cacheCreation(to);
    }
  }

  private void cacheCreation(Counts to) throws Malformed {
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
}
