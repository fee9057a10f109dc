package dev.claudometer.source.claudecode;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.model.SessionTotal.ModelTotal;
import dev.claudometer.model.ToolUse;
import dev.claudometer.model.Usd;
import dev.claudometer.model.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one record of a transcript says, as far as we read it. Reused from record to record: never
/// kept.
final class TranscriptRecord {

  String type = "";
  String subtype = "";
  @Nullable String uuid;
  @Nullable String session;
  @Nullable String requestSession;
  String requestId = "";
  @Nullable String directory;
  String branch = "";
  @Nullable String version;
  String agent = "";
  String agentType = "";
  String skill = "";
  String mcpServer = "";
  @Nullable Instant timestamp;
  boolean sidechain;

  /// Where `parentUuid` stands in the line's bytes; an empty range where there is none.
  byte[] line = {};

  int parentFrom;
  int parentTo;

  // user
  boolean prompt;
  boolean aside;
  String promptOrigin = "";

  // assistant
  boolean apiError;
  String error = "";
  long limitResetSeconds;
  @Nullable Usd reportedCost;
  boolean hasMessage;
  @Nullable String messageId;
  String model = "";
  String role = "";
  @Nullable String stopReason;
  final List<ToolUse> tools = new ArrayList<>();
  boolean mentionsUsage;
  boolean hasUsage;
  final Counts counts = new Counts();
  final Rounds rounds = new Rounds();

  // system, api-request, pr-link
  String id = "";
  String querySource = "";
  long number = -1;
  String label = "";
  String pullRequestUrl = "";
  String repository = "";

  // cost-state
  @Nullable Usd totalCost;
  boolean costUnknown;
  long linesAdded;
  long linesRemoved;
  long startedMillis = -1;
  long elapsedMillis;
  final List<ModelTotal> models = new ArrayList<>();

  // progress
  boolean hasNested;

  void clear() {
    type = "";
    subtype = "";
    uuid = null;
    session = null;
    requestSession = null;
    requestId = "";
    directory = null;
    branch = "";
    version = null;
    agent = "";
    agentType = "";
    skill = "";
    mcpServer = "";
    timestamp = null;
    sidechain = false;
    parentFrom = 0;
    parentTo = 0;
    prompt = false;
    aside = false;
    promptOrigin = "";
    apiError = false;
    error = "";
    reportedCost = null;
    id = "";
    querySource = "";
    number = -1;
    label = "";
    pullRequestUrl = "";
    repository = "";
    totalCost = null;
    costUnknown = false;
    linesAdded = 0;
    linesRemoved = 0;
    startedMillis = -1;
    elapsedMillis = 0;
    models.clear();
    hasNested = false;
    clearMessage();
  }

  void clearMessage() {
    hasMessage = false;
    messageId = null;
    model = "";
    role = "";
    stopReason = null;
    tools.clear();
    limitResetSeconds = 0;
    clearUsage();
  }

  void clearUsage() {
    mentionsUsage = false;
    hasUsage = false;
    counts.clear();
    rounds.clear();
  }

  /// Whether the line before this one in the conversation is the one with this id.
  boolean follows(@Nullable String id) {
    return id != null
        && id.length() == parentTo - parentFrom
        && id.equals(new String(line, parentFrom, parentTo - parentFrom, UTF_8));
  }

  Work work() {
    return agentType.isEmpty() && skill.isEmpty() && mcpServer.isEmpty()
        ? Work.UNTOLD
        : new Work(agentType, skill, mcpServer);
  }
}
