package dev.claudometer.bench;

/// Who writes a transcript.
///
/// @param agent the subagent's id, or empty in the main conversation
record Speaker(Era era, String version, String session, String cwd, String branch, String agent) {

  boolean isAgent() {
    return !agent.isEmpty();
  }

  /// The fields that every conversation line repeats.
  String envelope() {
    String entrypoint = era.envelopeLast() ? ",'entrypoint':'cli'" : "";
    String agentId = isAgent() && era != Era.FIRST ? ",'agentId':'" + agent + "'" : "";
    return (",'userType':'external'"
            + entrypoint
            + (",'cwd':'" + cwd + "','sessionId':'" + session + "'")
            + (",'version':'" + version + "','gitBranch':'" + branch + "'")
            + agentId)
        .replace('\'', '"');
  }
}
