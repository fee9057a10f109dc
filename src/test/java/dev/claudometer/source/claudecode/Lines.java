package dev.claudometer.source.claudecode;

/// Lines as Claude Code writes them, with short texts.
public final class Lines {

  /// Stands wherever a person or a model wrote something: it must never leave the parser.
  public static final String SECRET = "CANARY-7f3a";

  private Lines() {}

  /// A finished answer: input 3, cache read 25517, one-hour write 17083.
  public static String answer(String message, long output) {
    return answer(message, "req_" + message, "session-1", "2026-11-20T10:00:01.000Z", output);
  }

  public static String answer(
      String message, String request, String session, String at, long output) {
    return """
    {"parentUuid":"p","isSidechain":false,"userType":"external","cwd":"/home/me/x.y",\
    "sessionId":"SESSION","version":"2.1.329","gitBranch":"main","type":"assistant",\
    "message":{"model":"claude-opus-5","id":"MESSAGE","type":"message","role":"assistant",\
    "content":[{"type":"thinking","thinking":"CANARY-7f3a","signature":"CANARY-7f3a"},\
    {"type":"text","text":"CANARY-7f3a"}],"stop_reason":"end_turn","stop_sequence":null,\
    "usage":{"input_tokens":3,"cache_creation_input_tokens":17083,\
    "cache_read_input_tokens":25517,"cache_creation":{"ephemeral_5m_input_tokens":0,\
    "ephemeral_1h_input_tokens":17083},"output_tokens":OUTPUT,"server_tool_use":\
    {"web_search_requests":0,"web_fetch_requests":0},"service_tier":"standard",\
    "inference_geo":"not_available","iterations":[{"input_tokens":3,"output_tokens":OUTPUT,\
    "cache_read_input_tokens":25517,"cache_creation":{"ephemeral_1h_input_tokens":17083}}],\
    "speed":"standard"}},"requestId":"REQUEST","uuid":"u-MESSAGE","timestamp":"AT"}\
    """
        .replace("SESSION", session)
        .replace("MESSAGE", message)
        .replace("REQUEST", request)
        .replace("OUTPUT", Long.toString(output))
        .replace("\"AT\"", "\"" + at + "\"");
  }

  /// A user line: `message` is the message's content as JSON, `more` further members with a leading
  /// comma.
  public static String user(String uuid, String content, String more) {
    return """
    {"parentUuid":null,"isSidechain":false,"userType":"external","cwd":"/home/me/x.y",\
    "sessionId":"session-1","version":"2.1.329","gitBranch":"main","type":"user","message":\
    {"role":"user","content":CONTENT},"uuid":"UUID","timestamp":"2026-11-20T10:00:00.000Z"MORE}\
    """
        .replace("CONTENT", content)
        .replace("UUID", uuid)
        .replace("MORE", more);
  }

  /// A line about the session itself.
  public static String system(String uuid, String subtype, String more) {
    return """
    {"parentUuid":null,"isSidechain":false,"type":"system","subtype":"SUBTYPE",\
    "content":"CANARY-7f3a","uuid":"UUID","timestamp":"2026-11-20T10:00:02.000Z",\
    "sessionId":"session-1","version":"2.1.329"MORE}\
    """
        .replace("SUBTYPE", subtype)
        .replace("UUID", uuid)
        .replace("MORE", more);
  }
}
