package dev.claudometer.ingest;

import dev.claudometer.model.Activity;
import dev.claudometer.model.ApiCall;
import dev.claudometer.model.Attribution;
import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.Damage;
import dev.claudometer.model.EventKey;
import dev.claudometer.model.FileCursor;
import dev.claudometer.model.FileRead;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.Origin;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.SessionTotal;
import dev.claudometer.model.ToolUse;
import dev.claudometer.model.Usage;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Work;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/// Brings texts into a form that every store keeps as it is, so that copies still meet.
///
/// Databases refuse NUL and halves of surrogate pairs, and index at most some 2,600 bytes. Such
/// texts do not occur but by accident or malice: they are changed, always in the same way.
final class Texts {

  private static final int MOST_CHARS = 850;
  private static final int KEPT_CHARS = 800;
  private static final char REPLACEMENT = '\uFFFD';

  private Texts() {}

  static UsageEvent storable(UsageEvent event) {
    boolean fine =
        storable(event.key())
            && storable(event.usage())
            && storable(event.attribution())
            && storable(event.origin())
            && storable(event.tools());
    return fine
        ? event
        : new UsageEvent(
            new EventKey(
                mended(event.key().messageId()),
                mended(event.key().requestId()),
                event.key().part()),
            event.completion(),
            mended(event.usage()),
            mended(event.attribution()),
            event.progress(),
            mended(event.origin()),
            mended(event.tools()));
  }

  static Activity storable(Activity activity) {
    return new Activity(
        activity.kind(),
        mended(activity.key()),
        activity.at(),
        mended(activity.session()),
        mended(activity.project()),
        mended(activity.name()),
        activity.value());
  }

  static SessionTotal storable(SessionTotal total) {
    return new SessionTotal(
        mended(total.session()),
        mended(total.project()),
        total.startedAt(),
        total.elapsed(),
        mended(total.origin()),
        total.cost(),
        total.costKnown(),
        total.linesAdded(),
        total.linesRemoved(),
        total.models().stream()
            .map(
                share ->
                    new SessionTotal.ModelTotal(
                        mended(share.model()),
                        share.tokens(),
                        share.webSearches(),
                        share.cost(),
                        share.basis()))
            .toList());
  }

  static ApiCall storable(ApiCall call) {
    return new ApiCall(
        mended(call.id()),
        mended(call.requestId()),
        mended(call.session()),
        call.at(),
        call.duration(),
        mended(call.model()),
        call.tokens(),
        call.split(),
        call.fast(),
        mended(call.source()),
        mended(call.agent()),
        mended(call.effort()),
        call.cost());
  }

  static LimitReading storable(LimitReading reading) {
    return new LimitReading(
        mended(reading.window()),
        reading.utilization(),
        reading.resetsAt(),
        reading.at(),
        mended(reading.origin()),
        mended(reading.session()));
  }

  static FileRead storable(FileRead reading) {
    FileCursor cursor = reading.cursor();
    return new FileRead(
        new FileCursor(
            mended(cursor.file()),
            mended(cursor.identity()),
            cursor.size(),
            cursor.modified(),
            cursor.offset(),
            cursor.fingerprint()),
        reading.fromStart(),
        reading.bytesRead(),
        mended(reading.lineTypes(), Long::sum),
        mended(reading.unknownFields(), Long::sum),
        mended(reading.versions(), Long::sum),
        paths(reading.projectPaths()),
        reading.damages().stream().map(Texts::mended).toList());
  }

  private static <T> Map<String, T> mended(Map<String, T> byName, BinaryOperator<T> both) {
    var mended = new TreeMap<String, T>();
    byName.forEach((name, value) -> mended.merge(mended(name), value, both));
    return mended;
  }

  private static Map<ProjectName, String> paths(Map<ProjectName, String> byProject) {
    var paths = new TreeMap<ProjectName, String>();
    byProject.forEach((project, path) -> paths.putIfAbsent(mended(project), mended(path)));
    return paths;
  }

  private static Damage mended(Damage damage) {
    return new Damage(
        mended(damage.origin()), damage.bytes(), mended(damage.why()), damage.recovered());
  }

  private static boolean storable(EventKey key) {
    return storable(key.messageId()) && storable(key.requestId());
  }

  private static boolean storable(Usage usage) {
    BillingTerms terms = usage.terms();
    return storable(usage.model())
        && storable(terms.serviceTier())
        && storable(terms.speed())
        && storable(terms.inferenceGeo())
        && (usage.stopReason() == null || storable(usage.stopReason()));
  }

  private static boolean storable(Attribution attribution) {
    return storable(attribution.session().text())
        && storable(attribution.project().text())
        && storable(attribution.branch())
        && storable(attribution.agent())
        && storable(attribution.origin());
  }

  private static boolean storable(Origin origin) {
    return switch (origin) {
      case Origin.Line line -> storable(line.file());
      case Origin.Sent sent -> storable(sent.sender());
    };
  }

  private static boolean storable(List<ToolUse> tools) {
    for (int i = 0; i < tools.size(); i++) {
      ToolUse tool = tools.get(i);
      if (!storable(tool.id()) || !storable(tool.name())) {
        return false;
      }
    }
    return true;
  }

  /// A plain loop: this sees every character of every event. Whole surrogate pairs are refused as
  /// well at this look, and kept by the next.
  private static boolean storable(String text) {
    int length = text.length();
    if (length > MOST_CHARS) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  private static Usage mended(Usage usage) {
    BillingTerms terms = usage.terms();
    String stopReason = usage.stopReason();
    return new Usage(
        mended(usage.model()),
        usage.tokens(),
        usage.webSearches(),
        usage.webFetches(),
        usage.thinking(),
        new BillingTerms(
            mended(terms.serviceTier()), mended(terms.speed()), mended(terms.inferenceGeo())),
        stopReason == null ? null : mended(stopReason),
        usage.reportedCost(),
        usage.rounds());
  }

  private static Attribution mended(Attribution attribution) {
    return new Attribution(
        mended(attribution.session()),
        mended(attribution.project()),
        mended(attribution.branch()),
        mended(attribution.agent()),
        attribution.sidechain(),
        attribution.forked(),
        attribution.at(),
        mended(attribution.origin()),
        mended(attribution.work()));
  }

  private static Work mended(Work work) {
    return work.equals(Work.UNTOLD)
        ? work
        : new Work(mended(work.agent()), mended(work.skill()), mended(work.mcpServer()));
  }

  private static Origin mended(Origin origin) {
    return switch (origin) {
      case Origin.Line line -> mended(line);
      case Origin.Sent sent -> new Origin.Sent(mended(sent.sender()), sent.at());
    };
  }

  private static Origin.Line mended(Origin.Line line) {
    return new Origin.Line(mended(line.file()), line.offset());
  }

  private static List<ToolUse> mended(List<ToolUse> tools) {
    return tools.stream().map(tool -> new ToolUse(mended(tool.id()), mended(tool.name()))).toList();
  }

  private static ProjectName mended(ProjectName project) {
    return storable(project.text()) ? project : new ProjectName(mended(project.text()));
  }

  private static SessionId mended(SessionId session) {
    return storable(session.text()) ? session : new SessionId(mended(session.text()));
  }

  /// The text itself where it can be stored; else without what cannot, and cut to a length at which
  /// a checksum keeps different texts apart.
  static String mended(String text) {
    if (storable(text)) {
      return text;
    }
    var clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c ->
                clean.appendCodePoint(
                    c == 0 || (c <= Character.MAX_VALUE && Character.isSurrogate((char) c))
                        ? REPLACEMENT
                        : c));
    if (clean.length() <= MOST_CHARS) {
      return clean.toString();
    }
    int end = Character.isHighSurrogate(clean.charAt(KEPT_CHARS - 1)) ? KEPT_CHARS - 1 : KEPT_CHARS;
    return clean.substring(0, end) + "…" + checksum(clean.toString());
  }

  private static String checksum(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
