package dev.claudometer.source.claudecode;

import dev.claudometer.model.ToolUse;
import dev.claudometer.source.claudecode.RecordParser.Extent;
import dev.claudometer.source.claudecode.scan.FieldNames;
import dev.claudometer.source.claudecode.scan.Json;
import dev.claudometer.source.claudecode.scan.Json.Malformed;
import dev.claudometer.source.claudecode.scan.Names;
import dev.claudometer.source.claudecode.scan.Repeated;
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

  /// How user lines begin that the program wrote, not a person.
  private static final String[] MACHINE_TEXTS = {
    "<local-command-",
    "<command-",
    "<bash-",
    "<task-notification",
    "<system-reminder",
    "[Request interrupted"
  };

  /// How the client says that the plan's limit is reached; behind it stands when it begins anew.
  private static final String LIMIT_REACHED = "Claude AI usage limit reached|";

  private static final int LONGEST_INSTANT = 12;

  private final Json json;
  private final Scalars scalars;
  private final UsageParser usage;

  /// The lines of one answer follow each other.
  private final Repeated id = new Repeated();

  MessageParser(Json json, Names names, UnknownFields unknown) {
    this.json = json;
    this.scalars = new Scalars(json, names);
    this.usage = new UsageParser(json, names, unknown);
  }

  Extent parse(TranscriptRecord to, boolean whole) throws Malformed {
    to.clearMessage();
    to.hasMessage = true;
    json.expect('{');
    for (boolean first = true; json.nextMember(first); first = false) {
      switch (FIELDS.find(json.bytes, json.textFrom, json.textTo)) {
        case ID -> to.messageId = json.stringOrSkip() ? id.of(json) : null;
        case MODEL -> to.model = scalars.name("");
        case ROLE -> to.role = scalars.name("");
        case STOP_REASON -> to.stopReason = scalars.nameOrNull();
        case CONTENT -> {
          if (content(to, whole) == Extent.HEAD) {
            return Extent.HEAD;
          }
        }
        case USAGE -> usage.parse(to);
        default -> json.skip();
      }
    }
    return Extent.WHOLE;
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
        text(to);
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

  private void text(TranscriptRecord to) throws Malformed {
    if (!json.stringOrSkip()) {
      return;
    }
    if (to.role.equals("user")) {
      to.prompt |= typedByAPerson();
    } else if (json.textStarts(LIMIT_REACHED)) {
      to.limitResetSeconds = seconds(json.textFrom + LIMIT_REACHED.length());
    }
  }

  /// The digits up to the end of the text; 0 where something else stands there.
  private long seconds(int from) {
    long seconds = 0;
    if (json.textTo - from > LONGEST_INSTANT) {
      return 0;
    }
    for (int i = from; i < json.textTo; i++) {
      int digit = json.bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return 0;
      }
      seconds = seconds * 10 + digit;
    }
    return seconds;
  }

  private boolean typedByAPerson() {
    for (String machineText : MACHINE_TEXTS) {
      if (json.textStarts(machineText)) {
        return false;
      }
    }
    return true;
  }
}
