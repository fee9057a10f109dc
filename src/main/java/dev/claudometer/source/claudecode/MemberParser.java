package dev.claudometer.source.claudecode;

import dev.claudometer.source.claudecode.scan.Json;
import dev.claudometer.source.claudecode.scan.Json.Malformed;
import dev.claudometer.source.claudecode.scan.Scalars;

/// Reads the small objects among a record's members into a [TranscriptRecord].
final class MemberParser {

  private final Json json;
  private final Scalars scalars;

  MemberParser(Json json, Scalars scalars) {
    this.json = json;
    this.scalars = scalars;
  }

  void forkedFrom(TranscriptRecord to) throws Malformed {
    if (!json.accept('{')) {
      json.skip();
      return;
    }
    for (boolean first = true; json.nextMember(first); first = false) {
      if (json.textIs("sessionId")) {
        to.requestSession = scalars.nameOrNull();
      } else {
        json.skip();
      }
    }
  }

  void origin(TranscriptRecord to) throws Malformed {
    if (!json.accept('{')) {
      json.skip();
      return;
    }
    for (boolean first = true; json.nextMember(first); first = false) {
      if (json.textIs("kind")) {
        to.aside |= json.stringOrSkip() && !json.textIs("human");
      } else {
        json.skip();
      }
    }
  }

  /// A word on an answer that failed, an object with a status on a retry.
  void error(TranscriptRecord to) throws Malformed {
    if (!json.accept('{')) {
      to.error = scalars.name(to.error);
      return;
    }
    for (boolean first = true; json.nextMember(first); first = false) {
      if (json.textIs("status")) {
        status(to);
      } else if (json.textIs("connection") && json.peek() == '{') {
        to.error = to.error.isEmpty() ? "connection" : to.error;
        json.skip();
      } else {
        json.skip();
      }
    }
  }

  void status(TranscriptRecord to) throws Malformed {
    long status = scalars.whole();
    if (status > 0 && to.error.isEmpty()) {
      to.error = Long.toString(status);
    }
  }

  void compaction(TranscriptRecord to) throws Malformed {
    if (!json.accept('{')) {
      json.skip();
      return;
    }
    for (boolean first = true; json.nextMember(first); first = false) {
      if (json.textIs("preTokens")) {
        to.number = scalars.whole();
      } else if (json.textIs("trigger")) {
        to.label = scalars.name(to.label);
      } else {
        json.skip();
      }
    }
  }
}
