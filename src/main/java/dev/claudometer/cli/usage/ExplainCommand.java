package dev.claudometer.cli.usage;

import dev.claudometer.app.LocalData;
import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.options.Day;
import dev.claudometer.cli.options.HomeOptions;
import dev.claudometer.cli.options.PrintsJson;
import dev.claudometer.cli.options.ReportOptions;
import dev.claudometer.cli.text.Explanation;
import dev.claudometer.model.Cause;
import dev.claudometer.model.SessionId;
import dev.claudometer.report.session.Explained;
import dev.claudometer.report.session.ResponseAnswers;
import dev.claudometer.source.claudecode.CopyFinder;
import dev.claudometer.source.claudecode.place.TranscriptTree;
import dev.claudometer.store.TimeRange;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `explain`: from a number down to the line that it comes from.
@Command(
    name = "explain",
    description = {
      "Why a number is what it is: from a day, a session or a response down to its lines.",
      "A response shows all its copies, which of them counts, and how its price is calculated."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ExplainCommand implements Callable<Integer>, PrintsJson {

  private final Surroundings surroundings;

  @Mixin private HomeOptions home = new HomeOptions();

  @Parameters(
      paramLabel = "EVENT|SESSION|DAY",
      description = "msg_… or req_…, a session's id or its beginning, or a date.")
  private String subject = "";

  @Option(
      names = {"-z", "--timezone"},
      paramLabel = "ZONE",
      description = "Time zone of a day. Default: the system's.")
  private @Nullable String timezone;

  @Option(
      names = {"-j", "--json"},
      description = "Print JSON.")
  private boolean json;

  public ExplainCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /// @param subject as it would be typed
  public ExplainCommand(Surroundings surroundings, String subject) {
    this(surroundings);
    this.subject = subject;
  }

  @Override
  public void printJson() {
    json = true;
  }

  @Override
  public Integer call() {
    var zoned = new ReportOptions();
    zoned.timezone = timezone;
    ZoneId zone = zoned.zone(surroundings);
    return LocalData.use(
        surroundings,
        home.homes,
        data -> {
          explanation(data, zone).print(surroundings.out(), json);
          return Exit.DONE;
        });
  }

  private Explanation explanation(LocalData data, ZoneId zone) {
    ResponseAnswers responses = SessionLookup.responses(data);
    if (subject.matches("\\d{8}|\\d{4}-\\d{2}-\\d{2}|today|yesterday")) {
      LocalDate today = LocalDate.ofInstant(surroundings.clock().instant(), zone);
      LocalDate day = Day.of("explain", subject, today);
      var range =
          new TimeRange(
              day.atStartOfDay(zone).toInstant(), day.plusDays(1).atStartOfDay(zone).toInstant());
      return Explanation.ofMany("Day " + day + " (" + zone + ")", responses.stored(range));
    }
    List<Explained> message = responses.message(subject);
    if (!message.isEmpty()) {
      String id = message.getFirst().stored().event().key().messageId();
      return Explanation.ofOne(message, CopyFinder.copies(tree(data), id));
    }
    SessionId session = SessionLookup.find(SessionLookup.answers(data), subject);
    return Explanation.ofMany("Session " + session, responses.stored(session));
  }

  private static TranscriptTree tree(LocalData data) {
    try {
      return TranscriptTree.below(data.search().homes());
    } catch (IOException failure) {
      throw new Failed("cannot walk the transcripts: " + Cause.of(failure), failure);
    }
  }
}
