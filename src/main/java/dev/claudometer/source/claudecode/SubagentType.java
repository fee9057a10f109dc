package dev.claudometer.source.claudecode;

import dev.claudometer.json.BadJson;
import dev.claudometer.json.JsonValue;
import dev.claudometer.source.claudecode.place.TranscriptFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The type of a subagent, which a file beside its transcript tells: `agent-a1.meta.json`. Nothing
/// else of that file is kept: its description is somebody's text.
final class SubagentType {

  private static final int MOST_BYTES = 64 << 10;
  private static final int LONGEST = 200;

  private SubagentType() {}

  /// Empty where nothing readable is beside the transcript.
  ///
  /// @param agent the subagent's id
  static String of(TranscriptFile transcript, String agent) {
    if (!agent.matches("[A-Za-z0-9_-]{1,100}")) {
      return "";
    }
    Path beside = Path.of(transcript.path()).resolveSibling("agent-" + agent + ".meta.json");
    try (var in = Files.newInputStream(beside)) {
      String type = JsonValue.parse(in.readNBytes(MOST_BYTES)).at("agentType").textOr("");
      return type.length() > LONGEST ? "" : type;
    } catch (IOException | BadJson nothing) {
      return "";
    }
  }
}
