package dev.claudometer.source.adminapi;

import dev.claudometer.fetch.Answer;
import dev.claudometer.fetch.Answer.Failed;
import dev.claudometer.fetch.Answer.Given;
import dev.claudometer.fetch.Answer.Reason;
import dev.claudometer.fetch.GetRequest;
import dev.claudometer.fetch.GetRequest.Pair;
import dev.claudometer.fetch.Patience;
import dev.claudometer.fetch.Service;
import dev.claudometer.json.JsonValue;
import dev.claudometer.model.OrganizationEntry;
import dev.claudometer.model.SpendCap;
import dev.claudometer.model.SpendLimit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Anthropic's Admin API. Questions are asked one after another.
public final class AdminApi implements AutoCloseable {

  private static final String ORGANIZATION = "/v1/organizations/";

  /// Of every question: `2026-10-21` is out, and what it changes is not known here.
  static final String VERSION = "2023-06-01";

  private static final String ANALYTICS_BETA = "analytics-usage-cost-2026-08-24";

  /// Of the list of limits that are configured alone.
  private static final String LIMITS_BETA = "spend-limit-reads-2026-09-26";

  private final Service service;
  private final AdminKey key;
  private final String userAgent;
  private final Patience patience;
  private final NewerUsage newer = new NewerUsage();
  private Grouping grouping = Grouping.FULL;

  /// @param userAgent `claudometer/1.0`
  public AdminApi(Service service, AdminKey key, String userAgent, Patience patience) {
    this.service = service;
    this.key = key;
    this.userAgent = userAgent;
    this.patience = patience;
  }

  /// The next part of a report.
  ///
  /// @param from a bucket begins here
  /// @param mark what the part before named; null to begin at `from`
  /// @param now decides which day is the last one
  public Answer<ReportPart> next(Report report, Instant from, @Nullable Mark mark, Instant now)
      throws InterruptedException {
    return switch (report) {
      case MESSAGES -> messages(from, mark, now);
      case COST -> cost(from, mark, now);
      case CLAUDE_CODE -> new ClaudeCodeDay(this).of(from, now);
      case REQUESTS -> AnalyticsDay.requests(this).of(from, now);
      case KEY_COST -> AnalyticsDay.cost(this).of(from, now);
    };
  }

  /// The newer analytics, else the older report. A mark is of the older one, which goes on.
  private Answer<ReportPart> messages(Instant from, @Nullable Mark mark, Instant now)
      throws InterruptedException {
    Answer<ReportPart> answer = mark == null ? newer.of(this, from, now) : null;
    return answer == null ? older(from, mark, now) : answer;
  }

  /// Older services do not know every dimension: then fewer are asked for.
  private Answer<ReportPart> older(Instant from, @Nullable Mark mark, Instant now)
      throws InterruptedException {
    Answer<ReportPart> answer = messages(grouping, from, mark, now);
    boolean refused =
        answer instanceof Failed<ReportPart> failed && failed.reason() == Reason.UNKNOWN;
    if (refused && grouping.equals(Grouping.FULL) && mark == null) {
      Answer<ReportPart> second = messages(Grouping.FIRST, from, null, now);
      if (second instanceof Given<ReportPart>) {
        grouping = Grouping.FIRST;
        return second;
      }
    }
    return answer;
  }

  private Answer<ReportPart> messages(Grouping by, Instant from, @Nullable Mark mark, Instant now)
      throws InterruptedException {
    Instant begins = mark == null ? from : mark.from();
    List<Pair> parameters = new ArrayList<>();
    parameters.add(new Pair("starting_at", begins.toString()));
    parameters.add(new Pair("bucket_width", "1h"));
    // a day at a time: an hour of a large organisation has thousands of lines
    parameters.add(new Pair("limit", "24"));
    by.dimensions()
        .forEach(dimension -> parameters.add(new Pair("group_by[]", Dimensions.of(dimension))));
    var reader = new ReportReader(from, begins, now);
    return ask(
        "usage_report/messages", marked(parameters, mark), json -> reader.messages(json, by));
  }

  private Answer<ReportPart> cost(Instant from, @Nullable Mark mark, Instant now)
      throws InterruptedException {
    Instant begins = mark == null ? from : mark.from();
    List<Pair> parameters = new ArrayList<>();
    parameters.add(new Pair("starting_at", begins.toString()));
    parameters.add(new Pair("bucket_width", "1d"));
    parameters.add(new Pair("limit", "31"));
    parameters.add(new Pair("group_by[]", "workspace_id"));
    parameters.add(new Pair("group_by[]", "description"));
    var reader = new ReportReader(from, begins, now);
    return ask("cost_report", marked(parameters, mark), reader::cost);
  }

  private static List<Pair> marked(List<Pair> parameters, @Nullable Mark mark) {
    if (mark != null) {
      parameters.add(new Pair("page", mark.token()));
    }
    return parameters;
  }

  /// The organisation whose key it is.
  public Answer<OrganizationEntry> organization() throws InterruptedException {
    return new EntryLists(this).organization();
  }

  /// Dimensions of keys, people and workspaces.
  public Answer<List<OrganizationEntry>> entries() throws InterruptedException {
    return new EntryLists(this).all();
  }

  /// What members may spend, and have spent.
  public Answer<List<SpendLimit>> spendLimits(Instant now) throws InterruptedException {
    return new SpendLimits(this, now).all();
  }

  /// The spend limits that are configured.
  public Answer<List<SpendCap>> spendCaps(Instant now) throws InterruptedException {
    return new SpendLimits(this, now).configured();
  }

  <T> Answer<T> ask(String path, List<Pair> parameters, Function<JsonValue, T> reader)
      throws InterruptedException {
    var headers =
        List.of(
            new Pair("x-api-key", key.text()),
            new Pair("anthropic-version", VERSION),
            new Pair("anthropic-beta", beta(path)),
            new Pair("User-Agent", userAgent));
    var question =
        new GetRequest(
            ORGANIZATION + path,
            parameters,
            headers.stream().filter(header -> !header.value().isEmpty()).toList());
    return patience.ask(() -> service.ask(question, reader));
  }

  private static String beta(String path) {
    return path.startsWith("analytics/")
        ? ANALYTICS_BETA
        : path.equals(SpendLimits.CONFIGURED) ? LIMITS_BETA : "";
  }

  @Override
  public void close() {
    service.close();
  }
}
