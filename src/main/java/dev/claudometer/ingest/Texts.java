package dev.claudometer.ingest;

import dev.claudometer.model.Activity;
import dev.claudometer.model.ApiCall;
import dev.claudometer.model.Attribution;
import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.Completion;
import dev.claudometer.model.Damage;
import dev.claudometer.model.EventKey;
import dev.claudometer.model.FileCursor;
import dev.claudometer.model.FileRead;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.Origin;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.SessionTotal;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.ToolUse;
import dev.claudometer.model.Usage;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Work;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// Brings the texts of observations into a form that every store keeps as it is: see
/// [StorableText].
final class Texts {

  /// An event without texts.
  static final UsageEvent BLANK =
      new UsageEvent(
          new EventKey("", ""),
          new Completion(Instant.EPOCH, 0),
          new Usage("", TokenCounts.ZERO, 0, 0, BillingTerms.UNSTATED, null, null),
          new Attribution(
              SessionId.NONE,
              ProjectName.NONE,
              "",
              "",
              false,
              false,
              Instant.EPOCH,
              new Origin.Line("", 0)),
          false,
          new Origin.Line("", 0),
          List.of());

  private Texts() {}

  /// @param good one that is storable: successive events share most texts, which need no other look
  static UsageEvent storable(UsageEvent event, UsageEvent good) {
    boolean fine =
        storable(event.key(), good.key())
            && storable(event.usage(), good.usage())
            && storable(event.attribution(), good.attribution())
            && storable(event.origin(), good.origin())
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

  private static boolean storable(EventKey key, EventKey good) {
    return storable(key.messageId(), good.messageId())
        && storable(key.requestId(), good.requestId());
  }

  private static boolean storable(Usage usage, Usage good) {
    BillingTerms terms = usage.terms();
    return storable(usage.model(), good.model())
        && storable(terms.serviceTier(), good.terms().serviceTier())
        && storable(terms.speed(), good.terms().speed())
        && storable(terms.inferenceGeo(), good.terms().inferenceGeo())
        && (usage.stopReason() == null || storable(usage.stopReason(), good.stopReason()));
  }

  private static boolean storable(Attribution attribution, Attribution good) {
    return storable(attribution.session().text(), good.session().text())
        && storable(attribution.project().text(), good.project().text())
        && storable(attribution.branch(), good.branch())
        && storable(attribution.agent(), good.agent())
        && storable(attribution.origin(), good.origin())
        && storable(attribution.work(), good.work());
  }

  private static boolean storable(Origin origin, Origin good) {
    return storable(text(origin), text(good));
  }

  private static String text(Origin origin) {
    return switch (origin) {
      case Origin.Line line -> line.file();
      case Origin.Sent sent -> sent.sender();
    };
  }

  private static boolean storable(Work work, Work good) {
    return storable(work.agent(), good.agent())
        && storable(work.skill(), good.skill())
        && storable(work.mcpServer(), good.mcpServer());
  }

  private static boolean storable(String text, @Nullable String good) {
    return text.equals(good) || StorableText.fits(text);
  }

  private static boolean storable(List<ToolUse> tools) {
    for (int i = 0; i < tools.size(); i++) {
      ToolUse tool = tools.get(i);
      if (!StorableText.fits(tool.id()) || !StorableText.fits(tool.name())) {
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
    return StorableText.fits(project.text()) ? project : new ProjectName(mended(project.text()));
  }

  private static SessionId mended(SessionId session) {
    return StorableText.fits(session.text()) ? session : new SessionId(mended(session.text()));
  }

  private static String mended(String text) {
    return StorableText.of(text);
  }
}
