package dev.claudometer.source.claudecode;

import dev.claudometer.model.ToolUse;
import dev.claudometer.source.claudecode.RecordParser.Extent;
import dev.claudometer.source.claudecode.scan.FieldNames;
import dev.claudometer.source.claudecode.scan.Json;
import dev.claudometer.source.claudecode.scan.Json.Malformed;
import dev.claudometer.source.claudecode.scan.Names;
import dev.claudometer.source.claudecode.scan.Scalars;

/// Reads the API message of a record: who spoke, what was used, which tools were called. Content is
/// stepped over.
final class MessageParser {

  private static final FieldNames FIELDS =
      FieldNames.of("id", "model", "role", "stop_reason", "content", "usage");

  private static final int ID = 0;
  private static final int MODEL = 1;
  private static final int ROLE = 2;
  private static final int STOP_REASON = 3;
  private static final int CONTENT = 4;
  private static final int USAGE = 5;

  private static final FieldNames COUNTS =
      FieldNames.of(
          "input_tokens",
          "output_tokens",
          "cache_creation_input_tokens",
          "cache_read_input_tokens",
          "cache_creation",
          "server_tool_use",
          "service_tier",
          "speed",
          "inference_geo");

  /// How user lines begin that the program wrote, not a person.
  private static final String[] MACHINE_TEXTS = {
    "<local-command-",
    "<command-",
    "<bash-",
    "<task-notification",
    "<system-reminder",
    "[Request interrupted"
  };

  private final Json json;
  private final Scalars scalars;
  private String lastId = "";

  MessageParser(Json json, Names names) {
    this.json = json;
    this.scalars = new Scalars(json, names);
  }

  Extent parse(TranscriptRecord to, boolean whole) throws Malformed {
    to.clearMessage();
    to.hasMessage = true;
    json.expect('{');
    for (boolean first = true; json.nextMember(first); first = false) {
      switch (FIELDS.find(json.bytes, json.textFrom, json.textTo)) {
        case ID -> to.messageId = json.stringOrSkip() ? id() : null;
        case MODEL -> to.model = scalars.name("");
        case ROLE -> to.role = scalars.name("");
        case STOP_REASON -> to.stopReason = scalars.nameOrNull();
        case CONTENT -> {
          if (content(to, whole) == Extent.HEAD) {
            return Extent.HEAD;
          }
        }
        case USAGE -> usage(to);
        default -> json.skip();
      }
    }
    return Extent.WHOLE;
  }

  /// The lines of one answer follow each other: the same id is the same string.
  private String id() {
    if (json.textEscaped || !json.textIs(lastId)) {
      lastId = json.text();
    }
    return lastId;
  }

  private Extent content(TranscriptRecord to, boolean whole) throws Malformed {
    byte b = json.peek();
    if (b == '"') {
      json.string();
      to.prompt = typedByAPerson();
      return Extent.WHOLE;
    }
    if (b != '[') {
      json.skip();
      return Extent.WHOLE;
    }
    json.expect('[');
    for (boolean first = true; json.nextElement(first); first = false) {
      if (json.peek() != '{') {
        json.skip();
      } else if (block(to, whole) == Extent.HEAD) {
        return Extent.HEAD;
      }
    }
    return Extent.WHOLE;
  }

  /// One content block: a tool result makes its line irrelevant.
  private Extent block(TranscriptRecord to, boolean whole) throws Malformed {
    String type = "";
    String id = "";
    String name = "";
    json.expect('{');
    for (boolean first = true; json.nextMember(first); first = false) {
      if (json.textIs("type")) {
        type = scalars.name("");
      } else if (json.textIs("id")) {
        id = scalars.text("");
      } else if (json.textIs("name")) {
        name = scalars.name("");
      } else if (json.textIs("tool_use_id") && to.role.equals("user")) {
        type = "tool_result";
        json.skip();
      } else if (json.textIs("text")) {
        to.prompt |= json.stringOrSkip() && to.role.equals("user") && typedByAPerson();
      } else {
        json.skip();
      }
      if (type.equals("tool_result") && to.role.equals("user")) {
        to.aside = true;
        if (!whole) {
          return Extent.HEAD;
        }
      }
    }
    if (type.equals("tool_use") && !id.isEmpty()) {
      to.tools.add(new ToolUse(id, name));
    }
    return Extent.WHOLE;
  }

  private boolean typedByAPerson() {
    for (String machineText : MACHINE_TEXTS) {
      if (json.textStarts(machineText)) {
        return false;
      }
    }
    return true;
  }

  private void usage(TranscriptRecord to) throws Malformed {
    to.clearUsage();
    if (json.peek() != '{') {
      json.skip();
      return;
    }
    json.expect('{');
    for (boolean first = true; json.nextMember(first); first = false) {
      switch (COUNTS.find(json.bytes, json.textFrom, json.textTo)) {
        case 0 -> to.input = json.countOrNull();
        case 1 -> to.output = json.countOrNull();
        case 2 -> to.cacheWrite = scalars.count();
        case 3 -> to.cacheRead = scalars.count();
        case 4 -> cacheCreation(to);
        case 5 -> serverToolUse(to);
        case 6 -> to.serviceTier = scalars.name("");
        case 7 -> to.speed = scalars.name("");
        case 8 -> to.inferenceGeo = scalars.name("");
        default -> json.skip();
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
      if (json.textIs("ephemeral_5m_input_tokens")) {
        to.cacheWrite5m = scalars.count();
      } else if (json.textIs("ephemeral_1h_input_tokens")) {
        to.cacheWrite1h = scalars.count();
      } else {
        json.skip();
      }
    }
  }

  private void serverToolUse(TranscriptRecord to) throws Malformed {
    if (!json.accept('{')) {
      json.skip();
      return;
    }
    for (boolean first = true; json.nextMember(first); first = false) {
      if (json.textIs("web_search_requests")) {
        to.webSearches = scalars.count();
      } else if (json.textIs("web_fetch_requests")) {
        to.webFetches = scalars.count();
      } else {
        json.skip();
      }
    }
  }
}
