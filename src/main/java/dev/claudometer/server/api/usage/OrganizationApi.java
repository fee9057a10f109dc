package dev.claudometer.server.api.usage;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.Measure;
import dev.claudometer.model.Usd;
import dev.claudometer.report.Question;
import dev.claudometer.report.bill.BillAnswers;
import dev.claudometer.report.bill.BillAnswers.GroupSum;
import dev.claudometer.report.bill.BillAnswers.Organization;
import dev.claudometer.report.bill.BillAnswers.Part;
import dev.claudometer.report.bill.BillComparison;
import dev.claudometer.report.bill.ConfiguredLimit;
import dev.claudometer.report.bill.MemberSpending;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What Anthropic says a whole organisation used and was billed.
public final class OrganizationApi {

  private final BillAnswers answers;
  private final BillComparison comparison;
  private final Questions questions;

  public OrganizationApi(BillAnswers answers, BillComparison comparison, Questions questions) {
    this.answers = answers;
    this.comparison = comparison;
    this.questions = questions;
  }

  /// Amounts; null is unknown.
  public record Amounts(
      @Nullable Long input,
      @Nullable Long output,
      @Nullable Long cacheWrite5m,
      @Nullable Long cacheWrite1h,
      @Nullable Long cacheRead,
      @Nullable Long webSearches,
      @Nullable Long requests,
      @Nullable Usd cost,
      @Nullable Long sessions,
      @Nullable Long linesAdded,
      @Nullable Long linesRemoved,
      @Nullable Long commits,
      @Nullable Long pullRequests,
      @Nullable Long accepted,
      @Nullable Long rejected) {

    static Amounts of(BilledAmounts amounts) {
      return new Amounts(
          amounts.of(Measure.INPUT),
          amounts.of(Measure.OUTPUT),
          amounts.of(Measure.CACHE_WRITE_5M),
          amounts.of(Measure.CACHE_WRITE_1H),
          amounts.of(Measure.CACHE_READ),
          amounts.of(Measure.WEB_SEARCHES),
          amounts.of(Measure.REQUESTS),
          amounts.cost(),
          amounts.of(Measure.SESSIONS),
          amounts.of(Measure.LINES_ADDED),
          amounts.of(Measure.LINES_REMOVED),
          amounts.of(Measure.COMMITS),
          amounts.of(Measure.PULL_REQUESTS),
          amounts.of(Measure.ACCEPTED),
          amounts.of(Measure.REJECTED));
    }
  }

  /// An hour or a day of a report.
  ///
  /// @param group by dimension; one that the report is not grouped by is not in it
  /// @param unbilledTokens of a report of cost: tokens whose dollars it does not tell
  public record Bucket(Instant at, Map<String, Part> group, Amounts amounts, long unbilledTokens) {

    static Bucket of(BillAnswers.Bucket bucket) {
      Map<String, Part> group = new LinkedHashMap<>();
      bucket
          .group()
          .forEach((dimension, part) -> group.put(dimension.name().toLowerCase(Locale.ROOT), part));
      return new Bucket(bucket.at(), group, Amounts.of(bucket.amounts()), bucket.unbilledTokens());
    }
  }

  public record Buckets(
      Instant from, Instant to, BilledReport report, String step, List<Bucket> buckets) {}

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/organization",
            Access.FLEET,
            "How far it is known what Anthropic says the organisation used",
            _ -> organization()),
        Route.get(
            "/api/v1/organization/buckets",
            Access.FINANCE,
            "What Anthropic says was used and billed, by UTC hour or day, split as asked",
            this::buckets),
        Route.get(
            "/api/v1/organization/spend-limits",
            Access.FINANCE,
            "What members of the organisation may spend and have spent, and the limits that are"
                + " configured",
            _ -> spending()));
  }

  /// What members may spend, and the limits that are configured.
  public record Spending(List<MemberSpending> members, List<ConfiguredLimit> configured) {}

  public Spending spending() {
    return new Spending(answers.spending(), answers.configured());
  }

  public Organization organization() {
    return answers.organization();
  }

  /// The organisation's; empty where it is not known.
  public String name() {
    return answers.name();
  }

  private enum StepName {
    HOUR(Duration.ofHours(1)),
    DAY(Duration.ofDays(1));

    private final Duration length;

    StepName(Duration length) {
      this.length = length;
    }
  }

  private Buckets buckets(Call call) {
    Question question = period(call);
    BilledReport report = call.choice("report", BilledReport.class, BilledReport.COST);
    StepName step = call.choice("step", StepName.class, StepName.DAY);
    return new Buckets(
        question.range().from(),
        question.range().to(),
        report,
        step.name().toLowerCase(Locale.ROOT),
        answers
            .buckets(report, question.range(), step.length, dimensions(call.query("by")))
            .stream()
            .map(Bucket::of)
            .toList());
  }

  private static Set<BilledDimension> dimensions(@Nullable String list) {
    Set<BilledDimension> by = EnumSet.noneOf(BilledDimension.class);
    for (String word : list == null ? new String[0] : list.split(",", -1)) {
      by.add(
          Stream.of(BilledDimension.values())
              .filter(dimension -> dimension.name().equalsIgnoreCase(word.strip()))
              .findFirst()
              .orElseThrow(
                  () ->
                      Problem.of(
                          422, "'by' has to be some of " + List.of(BilledDimension.values()))));
    }
    return by;
  }

  /// The period that the caller asks about, in UTC days.
  public Question period(Call call) {
    return questions.ofUtcDays(call);
  }

  /// What was billed on each day.
  public List<GroupSum> days(Question question) {
    return answers.days(BilledReport.COST, question.range());
  }

  /// What a report tells of each of its groups.
  public List<GroupSum> groups(Question question, BilledReport report, BilledDimension by) {
    return answers.groups(report, question.range(), by);
  }

  /// What was counted beside it.
  public List<BillComparison.Row> compared(Question question) {
    return comparison.rows(question);
  }
}
