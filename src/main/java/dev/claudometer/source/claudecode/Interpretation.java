package dev.claudometer.source.claudecode;

import dev.claudometer.model.Activity;
import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.Attribution;
import dev.claudometer.model.Completion;
import dev.claudometer.model.Observation;
import dev.claudometer.model.Origin;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.SessionTotal;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usage;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import dev.claudometer.model.Work;
import dev.claudometer.source.claudecode.place.TranscriptFile;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Says what a record means: which observation it is, if any, or what is wrong with it.
final class Interpretation {

  private static final String SYNTHETIC = "<synthetic>";

  private final Consumer<Observation> observations;
  private final ResponseKeys keys;
  private final ForkedHistory forkedHistory;
  private final Projects projects = new Projects();
  private TranscriptFile file;
  private ProjectName project;
  private @Nullable String checkedDirectory;
  private String knownAgent = "";
  private Work workOfAgent = Work.UNTOLD;
  private SessionId session = SessionId.NONE;
  private SessionId asking = SessionId.NONE;
  private final Map<ProjectName, String> projectPaths = new HashMap<>();

  Interpretation(TranscriptFile file, Consumer<Observation> observations) {
    this.file = file;
    this.project = file.project();
    this.observations = observations;
    var earlier = new EarlierLines();
    keys = new ResponseKeys(earlier);
    forkedHistory = new ForkedHistory(earlier);
  }

  /// Continues with the lines of another file, from `start` on.
  void over(TranscriptFile other, long start) {
    file = other;
    project = other.project();
    checkedDirectory = null;
    knownAgent = "";
    keys.over(other.path(), start);
    forkedHistory.over(other.path(), start);
  }

  /// Working directories that lines have confirmed since the last call, by project name.
  Map<ProjectName, String> takeProjectPaths() {
    Map<ProjectName, String> taken = Map.copyOf(projectPaths);
    projectPaths.clear();
    checkedDirectory = null;
    return taken;
  }

  /// Passes on what the record says; answers what makes it useless, or null.
  @Nullable String interpret(TranscriptRecord record, TranscriptRecord nested, long offset) {
    forkedHistory.see(record);
    return switch (record.type) {
      case "assistant" -> assistant(record, record, false, offset);
      case "progress" ->
          record.hasNested && nested.type.equals("assistant") && nested.hasUsage
              ? assistant(record, nested, true, offset)
              : told(record, offset, null);
      case "user" -> {
        String wrong = prompt(record);
        yield record.mentionsUsage ? "usage on a line of type user" : wrong;
      }
      case "system" -> told(record, offset, system(record));
      case "api-request" ->
          activity(record, ActivityKind.ATTEMPT, record.id, record.querySource, 1);
      case "pr-link" -> pullRequest(record);
      case "cost-state" -> sessionTotal(record, offset);
      default -> told(record, offset, null);
    };
  }

  /// Converters leave the type out, or have another one: what says that tokens were used counts.
  private @Nullable String told(TranscriptRecord record, long offset, @Nullable String wrong) {
    return record.mentionsUsage ? assistant(record, record, false, offset) : wrong;
  }

  /// `record` is the line, `answer` the record with the message: the same, or nested in a progress
  /// line.
  private @Nullable String assistant(
      TranscriptRecord record, TranscriptRecord answer, boolean progress, long offset) {
    if (answer.model.equals(SYNTHETIC)) {
      String key = record.uuid != null ? record.uuid : file.path() + "@" + offset;
      return record.apiError ? error(record, answer.limitResetSeconds, key) : null;
    }
    if (!answer.hasUsage) {
      return "an answer without readable usage";
    }
    Instant at = answer.timestamp != null ? answer.timestamp : record.timestamp;
    if (at == null) {
      return "usage without a valid time";
    }
    var origin = new Origin.Line(file.path(), offset);
    Attribution attribution = attribution(record, progress, at, origin);
    var response =
        new UsageEvent(
            keys.of(answer, attribution.session(), at, offset),
            new Completion(at, answer.counts.output),
            usage(answer),
            attribution,
            progress,
            origin,
            answer.tools);
    observations.accept(response);
    answer.rounds.parts(response, observations);
    return null;
  }

  private @Nullable String error(TranscriptRecord record, long limitResetSeconds, String key) {
    String wrong = activity(record, ActivityKind.API_ERROR, key, record.error, 1);
    return wrong != null || limitResetSeconds == 0
        ? wrong
        : activity(record, ActivityKind.LIMIT_REACHED, key, "", limitResetSeconds);
  }

  private static Usage usage(TranscriptRecord answer) {
    TokenCounts tokens = answer.counts.tokens();
    return answer.counts.usage(
        answer.model,
        answer.counts.terms(),
        answer.stopReason,
        reported(answer.reportedCost, tokens),
        answer.rounds.own(tokens));
  }

  /// A client that knew no price wrote 0: tokens never cost nothing.
  private static @Nullable Usd reported(@Nullable Usd cost, TokenCounts tokens) {
    return Usd.ZERO.equals(cost) && tokens.total() > 0 ? null : cost;
  }

  private Attribution attribution(
      TranscriptRecord record, boolean progress, Instant at, Origin place) {
    SessionId session = session(record);
    SessionId origin = record.requestSession == null ? session : asking(record.requestSession);
    String agent = record.agent.isEmpty() ? file.agent() : record.agent;
    return new Attribution(
        origin,
        project(record.directory),
        record.branch,
        agent,
        record.sidechain || progress,
        !origin.equals(session) || forkedHistory.copied(at),
        at,
        place,
        work(record, agent));
  }

  /// Clients before 2.1.270 do not name a subagent's type on its lines.
  private Work work(TranscriptRecord record, String agent) {
    Work told = record.work();
    if (file.agent().isEmpty() || !told.agent().isEmpty()) {
      return told;
    }
    if (!agent.equals(knownAgent)) {
      String type = SubagentType.of(file, agent);
      workOfAgent = type.isEmpty() ? Work.UNTOLD : new Work(type, "", "");
      knownAgent = agent;
    }
    return told.equals(Work.UNTOLD)
        ? workOfAgent
        : new Work(workOfAgent.agent(), told.skill(), told.mcpServer());
  }

  private SessionId session(TranscriptRecord record) {
    if (record.session == null || record.session.isEmpty()) {
      return file.session();
    }
    session = same(session, record.session);
    return session;
  }

  private SessionId asking(String id) {
    asking = same(asking, id);
    return asking;
  }

  /// Lines that follow each other share an object.
  private static SessionId same(SessionId last, String id) {
    return last.text().equals(id) ? last : new SessionId(id);
  }

  /// A directory is a project's path only where its name is what Claude Code makes of that
  /// directory.
  private ProjectName project(@Nullable String directory) {
    if (directory != null && !directory.equals(checkedDirectory)) {
      checkedDirectory = directory;
      Projects.Project confirmed = projects.of(file, directory);
      if (confirmed != null) {
        project = confirmed.name();
        projectPaths.put(project, confirmed.path());
      }
    }
    return project;
  }

  private @Nullable String prompt(TranscriptRecord record) {
    return record.prompt && !record.aside && !record.sidechain
        ? activity(record, ActivityKind.PROMPT, record.uuid, record.promptOrigin, 1)
        : null;
  }

  private @Nullable String system(TranscriptRecord record) {
    return switch (record.subtype) {
      case "api_error" -> activity(record, ActivityKind.API_RETRY, record.uuid, record.error, 1);
      case "turn_duration" ->
          activity(record, ActivityKind.TURN, record.uuid, "", Math.max(0, record.number));
      case "compact_boundary" ->
          activity(
              record,
              ActivityKind.COMPACTION,
              record.uuid,
              record.label,
              Math.max(0, record.number));
      case "microcompact_boundary" ->
          activity(
              record,
              ActivityKind.COMPACTION,
              record.uuid,
              "micro-" + record.label,
              Math.max(0, record.number));
      default -> null;
    };
  }

  private @Nullable String pullRequest(TranscriptRecord record) {
    String key = record.pullRequestUrl;
    String name = record.repository + "#" + Math.max(0, record.number);
    return activity(record, ActivityKind.PULL_REQUEST, key.isEmpty() ? name : key, name, 1);
  }

  private @Nullable String activity(
      TranscriptRecord record, ActivityKind kind, @Nullable String id, String name, long value) {
    if (record.timestamp == null) {
      return "a " + record.type + " line without a valid time";
    }
    SessionId session = session(record);
    String key = id == null || id.isEmpty() ? session + "@" + record.timestamp : id;
    observations.accept(
        new Activity(kind, key, record.timestamp, session, project(record.directory), name, value));
    return null;
  }

  private @Nullable String sessionTotal(TranscriptRecord record, long offset) {
    if (record.totalCost == null || record.startedMillis < 0) {
      return "a session total without cost or start";
    }
    observations.accept(
        new SessionTotal(
            session(record),
            project(record.directory),
            Instant.ofEpochMilli(record.startedMillis),
            Duration.ofMillis(Math.max(0, record.elapsedMillis)),
            new Origin.Line(file.path(), offset),
            record.totalCost,
            !record.costUnknown,
            record.linesAdded,
            record.linesRemoved,
            List.copyOf(record.models)));
    return null;
  }
}
