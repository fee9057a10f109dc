package dev.claudometer.server.api.usage;

import static java.time.ZoneOffset.UTC;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.Measure;
import dev.claudometer.model.OrganizationEntry;
import dev.claudometer.model.OrganizationEntry.Kind;
import dev.claudometer.model.Usd;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Route;
import dev.claudometer.store.BilledSum;
import dev.claudometer.store.Billing;
import dev.claudometer.store.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What Anthropic says a whole organisation used and was billed.
public final class OrganizationApi {

  private final Billing billing;

  public OrganizationApi(Billing billing) {
    this.billing = billing;
  }

  /// How far a report is known. Outside of it usage is unknown, not none.
  ///
  /// @param revised buckets that were changed after they had ended
  public record ReportState(
      BilledReport report, @Nullable Instant from, @Nullable Instant to, int revised) {}

  public record Organization(String name, List<ReportState> reports) {}

  /// A part of a group.
  ///
  /// @param id null where Anthropic names nothing: `name` says what that means
  public record Part(@Nullable String id, String name) {}

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
      @Nullable Long rejected) {}

  /// An hour or a day of a report.
  ///
  /// @param group by dimension; one that the report is not grouped by is not in it
  public record Bucket(Instant at, Map<String, Part> group, Amounts amounts) {}

  public record Buckets(
      Instant from, Instant to, BilledReport report, String step, List<Bucket> buckets) {}

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/organization",
            Access.VIEWER,
            "How far it is known what Anthropic says the organisation used",
            this::organization),
        Route.get(
            "/api/v1/organization/buckets",
            Access.ADMIN,
            "What Anthropic says was used and billed, by UTC hour or day, split as asked",
            this::buckets));
  }

  public Organization organization(Call call) {
    String name =
        billing.entries().stream()
            .filter(entry -> entry.kind() == Kind.ORGANIZATION)
            .map(OrganizationEntry::name)
            .findFirst()
            .orElse("");
    return new Organization(name, Stream.of(BilledReport.values()).map(this::state).toList());
  }

  private ReportState state(BilledReport report) {
    TimeRange known = billing.known(report);
    return new ReportState(
        report,
        known == null ? null : known.from(),
        known == null ? null : known.to(),
        billing.revised(report, TimeRange.ALL).size());
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
    return buckets(
        call,
        call.choice("report", BilledReport.class, BilledReport.COST),
        dimensions(call.query("by")));
  }

  /// What a report tells of the period and the steps that the caller asks about.
  public Buckets buckets(Call call, BilledReport report, Set<BilledDimension> by) {
    Period period = Period.of(call, UTC);
    StepName step = call.choice("step", StepName.class, StepName.DAY);
    Map<String, String> names = new HashMap<>();
    billing.entries().forEach(entry -> names.put(entry.id(), entry.name()));
    List<Bucket> buckets =
        billing.sums(report, period.range(), step.length, by).stream()
            .map(sum -> bucket(sum, names))
            .sorted(
                Comparator.comparing(Bucket::at)
                    .thenComparing(bucket -> String.valueOf(bucket.group())))
            .toList();
    return new Buckets(
        period.range().from(),
        period.range().to(),
        report,
        step.name().toLowerCase(Locale.ROOT),
        buckets);
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

  private static Bucket bucket(BilledSum sum, Map<String, String> names) {
    return new Bucket(sum.at(), group(sum.group(), names), amounts(sum.amounts()));
  }

  private static Map<String, Part> group(BilledGroup group, Map<String, String> names) {
    Map<String, Part> parts = new LinkedHashMap<>();
    group
        .values()
        .forEach(
            (dimension, id) ->
                parts.put(
                    dimension.name().toLowerCase(Locale.ROOT),
                    id.isEmpty()
                        ? new Part(null, dimension.none())
                        : new Part(id, names.getOrDefault(id, id))));
    return parts;
  }

  private static Amounts amounts(BilledAmounts amounts) {
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
