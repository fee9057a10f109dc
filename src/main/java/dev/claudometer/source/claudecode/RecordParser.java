package dev.claudometer.source.claudecode;

import dev.claudometer.source.claudecode.scan.FieldNames;
import dev.claudometer.source.claudecode.scan.Json;
import dev.claudometer.source.claudecode.scan.Json.Malformed;
import dev.claudometer.source.claudecode.scan.Names;
import dev.claudometer.source.claudecode.scan.Repeated;
import dev.claudometer.source.claudecode.scan.Scalars;

/// Reads one record into a [TranscriptRecord].
///
/// Of a record that cannot matter (a tool result, a snapshot) it reads no further than needed to
/// know that.
final class RecordParser {

  /// How far a record was read.
  enum Extent {
    WHOLE,
    HEAD
  }

  /// The fields up to the empty line are read, in the order of the numbers below; the others are
  /// known and not read.
  private static final FieldNames FIELDS =
      FieldNames.listed(
          """
          type subtype uuid sessionId requestSessionId requestId cwd gitBranch version agentId
          timestamp isSidechain isMeta isCompactSummary toolUseResult origin promptSource
          isApiErrorMessage error apiErrorStatus costUSD message id querySource retryAttempt
          durationMs compactMetadata microcompactMetadata prNumber prUrl prRepository
          totalCostUSD hasUnknownModelCost totalLinesAdded totalLinesRemoved startTime
          modelUsage data forkedFrom attachment params isVisibleInTranscriptOnly totalDuration
          parentUuid attributionAgent attributionSkill attributionMcpServer

          userType entrypoint slug session_id promptId permissionMode turnOrigin
          turnPosition effort perTurnEffort madeBy apiBlockIndex requestRef requestedModel
          promptCacheRequested thinkingDurationMs thinkingDisplay toolInputStreamMs
          apiErrorType failedResponseHadNoToolCall refusedMessageId refusingModel sessionKind
          isAbortedMidStream serverClassifierRequest attributionPlugin attributionMcpTool
          sourceToolAssistantUUID
          sourceToolUseID turnCompanion permissionDecision sandboxed queueSkipAttachments
          queueTranscriptOnly interruptedMessageId summarizedTurnPromptUuids thinkingMetadata
          todos level content cause retryInMs maxRetries source messageCount
          pendingBackgroundAgentCount pendingWorkflowCount logicalParentUuid commandRun
          toolUseID parentToolUseID originalModel fallbackModel trigger hookCount hookInfos
          hookErrors failedHookErrorIndexes hookAdditionalContext preventedContinuation
          stopReason hasOutput totalAPIDuration totalAPIDurationWithoutRetries
          totalToolDuration summary leafUuid shapeHash keep tail base cacheControl
          requestDigest wireToolInputs isReplay duration apiRefusalCategory
          apiRefusalExplanation refusedUserMessageUuid operation tools
          """);

  private static final int TYPE = 0;
  private static final int SUBTYPE = 1;
  private static final int UUID = 2;
  private static final int SESSION_ID = 3;
  private static final int REQUEST_SESSION_ID = 4;
  private static final int REQUEST_ID = 5;
  private static final int CWD = 6;
  private static final int GIT_BRANCH = 7;
  private static final int VERSION = 8;
  private static final int AGENT_ID = 9;
  private static final int TIMESTAMP = 10;
  private static final int IS_SIDECHAIN = 11;
  private static final int IS_META = 12;
  private static final int IS_COMPACT_SUMMARY = 13;
  private static final int TOOL_USE_RESULT = 14;
  private static final int ORIGIN = 15;
  private static final int PROMPT_SOURCE = 16;
  private static final int IS_API_ERROR_MESSAGE = 17;
  private static final int ERROR = 18;
  private static final int API_ERROR_STATUS = 19;
  private static final int COST_USD = 20;
  private static final int MESSAGE = 21;
  private static final int ID = 22;
  private static final int QUERY_SOURCE = 23;
  private static final int RETRY_ATTEMPT = 24;
  private static final int DURATION_MS = 25;
  private static final int COMPACT_METADATA = 26;
  private static final int MICROCOMPACT_METADATA = 27;
  private static final int PR_NUMBER = 28;
  private static final int PR_URL = 29;
  private static final int PR_REPOSITORY = 30;
  private static final int TOTAL_COST_USD = 31;
  private static final int HAS_UNKNOWN_MODEL_COST = 32;
  private static final int TOTAL_LINES_ADDED = 33;
  private static final int TOTAL_LINES_REMOVED = 34;
  private static final int START_TIME = 35;
  private static final int MODEL_USAGE = 36;
  private static final int DATA = 37;
  private static final int FORKED_FROM = 38;
  private static final int ATTACHMENT = 39;
  private static final int IS_VISIBLE_IN_TRANSCRIPT_ONLY = 41;
  private static final int TOTAL_DURATION = 42;
  private static final int PARENT_UUID = 43;
  private static final int ATTRIBUTION_AGENT = 44;
  private static final int ATTRIBUTION_SKILL = 45;
  private static final int ATTRIBUTION_MCP_SERVER = 46;
  private static final int USER_TYPE = 47;
  private static final int ENTRYPOINT = 48;
  private static final int SLUG = 49;

  private final Json json;
  private final Scalars scalars;
  private final Timestamps timestamps;
  private final MessageParser messages;
  private final CostStateParser costStates;
  private final MemberParser members;
  private final Envelope envelope = new Envelope();
  private final Repeated requestId = new Repeated();
  private final UnknownFields unknownFields = new UnknownFields();

  /// Fields of what a search tries to read as a record are not counted.
  private boolean countUnknown;

  RecordParser(Json json, Names names, Timestamps timestamps) {
    this.json = json;
    this.scalars = new Scalars(json, names);
    this.timestamps = timestamps;
    this.messages = new MessageParser(json, names, unknownFields);
    this.costStates = new CostStateParser(json, names);
    this.members = new MemberParser(json, scalars);
  }

  /// Reads the record at the scanner's position; `nested` receives what a progress line embeds.
  ///
  /// @param whole go to the record's end even where nothing of interest can follow
  Extent parse(TranscriptRecord to, TranscriptRecord nested, boolean whole) throws Malformed {
    to.clear();
    countUnknown = !whole;
    if (countUnknown) {
      unknownFields.lineBegins();
    }
    json.expect('{');
    boolean shares = false;
    for (boolean first = true; json.nextMember(first); first = false) {
      int field = nameOfMember();
      shares = shares && lasts(field);
      if (member(field, to, nested, whole) == Extent.HEAD) {
        return Extent.HEAD;
      }
      if (first && field == PARENT_UUID && !whole) {
        shares = !envelope.taken(json, to);
      } else if (shares) {
        envelope.grew(json, to);
      }
    }
    return Extent.WHOLE;
  }

  /// What mostly stays the same from line to line; see [Envelope], which has a value of each that
  /// is read.
  private static boolean lasts(int field) {
    return switch (field) {
      case SESSION_ID, CWD, GIT_BRANCH, VERSION, AGENT_ID, IS_SIDECHAIN -> true;
      case USER_TYPE, ENTRYPOINT, SLUG -> true;
      default -> false;
    };
  }

  /// Top-level fields that [#FIELDS] does not list.
  UnknownFields unknownFields() {
    return unknownFields;
  }

  /// True where the bytes at `at` begin as a record of a transcript does.
  static boolean looksLikeRecord(byte[] bytes, int at, int end) {
    if (at + 8 > end || bytes[at] != '{' || bytes[at + 1] != '"') {
      return false;
    }
    int to = at + 2;
    while (to < end && to < at + 32 && bytes[to] != '"') {
      to++;
    }
    return FIELDS.find(bytes, at + 2, to) != FieldNames.UNKNOWN;
  }

  private int nameOfMember() {
    int field = FIELDS.find(json.bytes, json.textFrom, json.textTo);
    if (field != FieldNames.UNKNOWN) {
      return field;
    }
    if (json.textEscaped) {
      byte[] plain = json.text().getBytes(java.nio.charset.StandardCharsets.UTF_8);
      field = FIELDS.find(plain, 0, plain.length);
    }
    if (field == FieldNames.UNKNOWN && countUnknown) {
      unknownFields.met(json);
    }
    return field;
  }

  private Extent member(int field, TranscriptRecord to, TranscriptRecord nested, boolean whole)
      throws Malformed {
    switch (field) {
      case TYPE -> {
        to.type = scalars.name(to.type);
        if (!whole && !LineTypes.readWhole(to.type)) {
          return Extent.HEAD;
        }
      }
      case SUBTYPE -> to.subtype = scalars.name(to.subtype);
      case UUID -> to.uuid = scalars.textOrNull();
      case PARENT_UUID -> parent(to);
      case SESSION_ID -> to.session = scalars.nameOrNull();
      case REQUEST_SESSION_ID -> to.requestSession = scalars.nameOrNull();
      case FORKED_FROM -> members.forkedFrom(to);
      case REQUEST_ID -> to.requestId = json.stringOrSkip() ? requestId.of(json) : to.requestId;
      case CWD -> to.directory = scalars.nameOrNull();
      case GIT_BRANCH -> to.branch = scalars.name(to.branch);
      case VERSION -> to.version = scalars.nameOrNull();
      case AGENT_ID -> to.agent = scalars.name(to.agent);
      case ATTRIBUTION_AGENT -> to.agentType = scalars.name(to.agentType);
      case ATTRIBUTION_SKILL -> to.skill = scalars.name(to.skill);
      case ATTRIBUTION_MCP_SERVER -> to.mcpServer = scalars.name(to.mcpServer);
      case TIMESTAMP -> {
        if (json.stringOrSkip()) {
          to.timestamp = timestamps.read(json);
        }
      }
      case IS_SIDECHAIN -> to.sidechain = json.booleanOrSkip();
      case IS_META, IS_COMPACT_SUMMARY, IS_VISIBLE_IN_TRANSCRIPT_ONLY ->
          to.aside |= json.booleanOrSkip();
      case TOOL_USE_RESULT -> {
        to.aside = true;
        json.skip();
      }
      case ORIGIN -> members.origin(to);
      case PROMPT_SOURCE -> to.promptOrigin = scalars.name(to.promptOrigin);
      case IS_API_ERROR_MESSAGE -> to.apiError = json.booleanOrSkip();
      case ERROR -> members.error(to);
      case API_ERROR_STATUS -> members.status(to);
      case COST_USD -> to.reportedCost = scalars.money();
      case MESSAGE -> {
        if (message(to, whole) == Extent.HEAD) {
          return Extent.HEAD;
        }
      }
      case ID -> to.id = scalars.text(to.id);
      case QUERY_SOURCE -> to.querySource = scalars.name(to.querySource);
      case RETRY_ATTEMPT, DURATION_MS, PR_NUMBER -> to.number = scalars.whole();
      case COMPACT_METADATA, MICROCOMPACT_METADATA -> members.compaction(to);
      case PR_URL -> to.pullRequestUrl = scalars.text(to.pullRequestUrl);
      case PR_REPOSITORY -> to.repository = scalars.name(to.repository);
      case TOTAL_COST_USD -> to.totalCost = scalars.money();
      case HAS_UNKNOWN_MODEL_COST -> to.costUnknown = json.booleanOrSkip();
      case TOTAL_LINES_ADDED -> to.linesAdded = Math.max(0, scalars.whole());
      case TOTAL_LINES_REMOVED -> to.linesRemoved = Math.max(0, scalars.whole());
      case START_TIME -> to.startedMillis = scalars.whole();
      case TOTAL_DURATION -> to.elapsedMillis = scalars.whole();
      case MODEL_USAGE -> costStates.models(to.models);
      case DATA -> {
        if (progress(to, nested, whole) == Extent.HEAD) {
          return Extent.HEAD;
        }
      }
      case ATTACHMENT -> {
        if (!whole) {
          to.type = "attachment";
          return Extent.HEAD;
        }
        json.skip();
      }
      default -> json.skip();
    }
    return Extent.WHOLE;
  }

  /// Its place only: few lines are asked for it.
  private void parent(TranscriptRecord to) throws Malformed {
    if (json.stringOrSkip()) {
      to.line = json.bytes;
      to.parentFrom = json.textFrom;
      to.parentTo = json.textTo;
    }
  }

  private Extent message(TranscriptRecord to, boolean whole) throws Malformed {
    if (json.peek() != '{') {
      json.skip();
      return Extent.WHOLE;
    }
    return messages.parse(to, whole);
  }

  /// `data` of a progress line embeds, for a subagent's answer, a record with a message of its own.
  private Extent progress(TranscriptRecord to, TranscriptRecord nested, boolean whole)
      throws Malformed {
    if (json.peek() != '{') {
      json.skip();
      return Extent.WHOLE;
    }
    json.expect('{');
    for (boolean first = true; json.nextMember(first); first = false) {
      if (json.textIs("message") && json.peek() == '{') {
        to.hasNested = true;
        parse(nested, nested, true);
      } else if (json.textIs("type") && json.peek() == '"') {
        to.subtype = scalars.name(to.subtype);
        if (!whole && !to.subtype.equals("agent_progress") && to.type.equals("progress")) {
          return Extent.HEAD;
        }
      } else if (json.textIs("agentId")) {
        to.agent = scalars.name(to.agent);
      } else {
        json.skip();
      }
    }
    return Extent.WHOLE;
  }
}
